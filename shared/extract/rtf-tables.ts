import { codePageOf } from './rtf-codepage'

// What stands at the head of an RTF file: fonts, which say how bytes are meant, and styles, whose
// names and levels say what is a heading.

export interface RtfFont {
  name: string
  /** `null` where the document's code page holds. */
  page: number | null
  isSymbol: boolean
}

export interface RtfStyle {
  name: string
  /** 0 to 8 for headings; `null` where the style says nothing. */
  outline: number | null
  basedOn: number | null
}

/** What a paragraph of a style is. */
export interface StyleMeaning {
  readonly isTitle: boolean
  readonly isCaption: boolean
  readonly isContents: boolean
  /** 1 to 9, or `null`. */
  readonly heading: number | null
}

export function newFont(): RtfFont {
  return { name: '', page: null, isSymbol: false }
}

export function newStyle(): RtfStyle {
  return { name: '', outline: null, basedOn: null }
}

/** Takes a font's `\fcharset`. */
export function setCharset(font: RtfFont, charset: number): void {
  font.isSymbol = charset === 2
  font.page = codePageOf(charset)
}

/** What paragraphs of a style are, following the styles that it is based on. */
export function meaningOf(styles: ReadonlyMap<number, RtfStyle>, id: number): StyleMeaning {
  let style = styles.get(id)
  let meaning = NOTHING
  for (let depth = 0; style && depth < 12; depth++) {
    meaning = ownMeaning(style)
    if (meaning !== NOTHING) break
    style = style.basedOn === null ? undefined : styles.get(style.basedOn)
  }
  return meaning
}

const NOTHING: StyleMeaning = {
  isTitle: false,
  isCaption: false,
  isContents: false,
  heading: null,
}

function ownMeaning({ name, outline }: RtfStyle): StyleMeaning {
  const plain = name.replace(/;.*$/, '').trim().toLowerCase()
  const named = /^(?:heading|\u6807\u9898|\u6a19\u984c)\s*([1-9])$/.exec(plain)
  if (named) return { ...NOTHING, heading: Number(named[1]) }
  if (/^(?:title|\u6807\u9898|\u6587\u6863\u6807\u9898)$/.test(plain)) {
    return { ...NOTHING, isTitle: true }
  }
  if (/^(?:caption|\u9898\u6ce8)$/.test(plain)) return { ...NOTHING, isCaption: true }
  if (/^(?:toc|\u76ee\u5f55)\s*[1-9]$/.test(plain)) return { ...NOTHING, isContents: true }
  return outline !== null && outline <= 8 ? { ...NOTHING, heading: outline + 1 } : NOTHING
}
