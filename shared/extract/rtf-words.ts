/** Destinations whose content is no text of the document, named as their control words. */
export const LEFT_OUT: ReadonlySet<string> = new Set(
  (
    'aftncn aftnsep aftnsepc annotation atnauthor atndate atnicn atnid atnparent atnref atntime ' +
    'atrfend atrfstart blipuid bkmkend bkmkstart colorschememapping colortbl comment company ' +
    'datafield datastore do docvar dptxbxtext factoidname falt filetbl fldinst footer footerf ' +
    'footerl footerr formfield ftncn ftnsep ftnsepc g generator gridtbl header headerf headerl ' +
    'headerr hlinkbase htmltag keywords latentstyles levelnumbers leveltext list listlevel ' +
    'listname listoverride listoverridetable listpicture liststylename listtable mailmerge ' +
    'manager moMathPr nesttableprops nextfile nonesttables nonshppict objalias objclass objdata ' +
    'objname objsect objtime oldcprops oldpprops oldsprops oldtprops operator panose password ' +
    'passwordhash pgp pgptbl picprop pict pn pnseclvl private propname protusertbl revtbl rsidtbl ' +
    'rxe shpinst shprslt shppict sn sp staticval subject sv svb tc template themedata txe ' +
    'userprops wgrffmtfilter windowcaption writereservation xe xform xmlattrname xmlattrvalue ' +
    'xmlclose xmlname xmlnstbl xmlopen'
  ).split(' '),
)

/** Destinations marked as ignorable that hold text all the same. */
export const KEPT: ReadonlySet<string> = new Set(['moMath', 'moMathPara', 'result', 'shptxt', 'ud'])

/** Control words that are a character. */
export const CHARACTERS: ReadonlyMap<string, string> = new Map([
  ['tab', '\t'],
  ['emdash', '\u2014'],
  ['endash', '\u2013'],
  ['emspace', '\u2003'],
  ['enspace', '\u2002'],
  ['qmspace', '\u2005'],
  ['bullet', '\u2022'],
  ['lquote', '\u2018'],
  ['rquote', '\u2019'],
  ['ldblquote', '\u201c'],
  ['rdblquote', '\u201d'],
  ['zwj', '\u200d'],
  ['zwnj', '\u200c'],
  ['zwbo', '\u200b'],
  ['line', '\n'],
  ['lbr', '\n'],
])

/** Control symbols that are a character. */
export const SYMBOLS: ReadonlyMap<string, string> = new Map([
  ['~', '\u00a0'],
  ['_', '\u2011'],
])

/** Fields of a document's properties, and their names. */
export const FIELDS: ReadonlyMap<string, string> = new Map([
  ['title', 'title'],
  ['author', 'author'],
  ['subject', 'subject'],
  ['company', 'company'],
])
