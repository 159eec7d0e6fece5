import { encodeLatin } from './encode'

// PDF files built by hand: for what no program would write, and for pages of which every place is
// known. Streams are not compressed, so that a failing test can be read.

/** What a file is made of, beside the pages. */
export interface PdfPlan {
  /** The content of each page, A4 and upright, as operators. */
  readonly pages: readonly string[]
  /** Further entries of the catalogue, such as `/OpenAction`, and of each page. */
  readonly catalog?: string
  readonly page?: string
  /** Further objects, by their numbers from 100 on. */
  readonly objects?: Readonly<Record<number, string>>
}

/** A file with two fonts that are not embedded: `F1` has Latin letters, `F2` Chinese ones. */
export function pdfOf({ pages, catalog = '', page = '', objects = {} }: PdfPlan): Uint8Array {
  const parts = new Map<number, string>()
  const kids = pages.map((_, i) => `${1000 + i * 2} 0 R`).join(' ')
  parts.set(1, `<</Type/Catalog/Pages 2 0 R ${catalog}>>`)
  parts.set(2, `<</Type/Pages/Count ${pages.length}/Kids[${kids}]>>`)
  parts.set(3, '<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>')
  parts.set(
    4,
    '<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UCS2-H/DescendantFonts[5 0 R]>>',
  )
  parts.set(
    5,
    '<</Type/Font/Subtype/CIDFontType0/BaseFont/STSong-Light/CIDSystemInfo<</Registry(Adobe)' +
      '/Ordering(GB1)/Supplement 2>>/DW 1000/W[1 95 500]/FontDescriptor 6 0 R>>',
  )
  parts.set(
    6,
    '<</Type/FontDescriptor/FontName/STSong-Light/Flags 4/FontBBox[0 -200 1000 900]' +
      '/ItalicAngle 0/Ascent 880/Descent -120/CapHeight 700/StemV 80>>',
  )
  for (const [number, body] of Object.entries(objects)) parts.set(Number(number), body)
  pages.forEach((content, i) => {
    parts.set(
      1000 + i * 2,
      `<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents ${1001 + i * 2} 0 R` +
        `/Resources<</Font<</F1 3 0 R/F2 4 0 R>>/XObject<</I1 100 0 R>>>>${page}>>`,
    )
    parts.set(1001 + i * 2, streamOf('', content))
  })
  return fileOf(parts)
}

/** A stream object with further entries in its dictionary. */
export function streamOf(entries: string, content: string): string {
  return `<<${entries}/Length ${content.length}>>stream\n${content}\nendstream`
}

/** A picture of one grey dot, to be drawn as large as a page. */
export const PICTURE = streamOf(
  '/Type/XObject/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceGray/BitsPerComponent 8',
  'x',
)

/** Operators that draw the picture of object 100 over the page. */
export const DRAW_PICTURE = 'q 595 0 0 842 0 0 cm /I1 Do Q'

interface Place {
  readonly x: number
  /** From the page's lower edge to the baseline, as PDF counts. */
  readonly y: number
  readonly size?: number
}

/** Operators that write a line of Chinese; letters and digits are half as wide. */
export function line(text: string, { x, y, size = 16 }: Place): string {
  return `BT /F2 ${size} Tf 1 0 0 1 ${x} ${y} Tm <${hexOf(text)}> Tj ET\n`
}

/** The same from a given place at an angle, in degrees against the clock. */
export function slanting(text: string, place: Place & { readonly degrees: number }): string {
  const { x, y, size = 16, degrees } = place
  const [cos, sin] = [Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)]
  const matrix = [cos, sin, -sin, cos, x, y].map(number => number.toFixed(4)).join(' ')
  return `BT /F2 ${size} Tf ${matrix} Tm <${hexOf(text)}> Tj ET\n`
}

/** A line of Latin letters. */
export function latin(text: string, { x, y, size = 12 }: Place): string {
  return `BT /F1 ${size} Tf 1 0 0 1 ${x} ${y} Tm (${text}) Tj ET\n`
}

/** A rule from one place to another. */
export function rule(from: readonly [number, number], to: readonly [number, number]): string {
  return `0.5 w ${from[0]} ${from[1]} m ${to[0]} ${to[1]} l S\n`
}

function hexOf(text: string): string {
  let hex = ''
  for (let i = 0; i < text.length; i++) hex += text.charCodeAt(i).toString(16).padStart(4, '0')
  return hex
}

function fileOf(parts: ReadonlyMap<number, string>): Uint8Array {
  const pieces: string[] = ['%PDF-1.7\n']
  const offsets = new Map<number, number>()
  let length = pieces[0]!.length
  const add = (piece: string) => {
    pieces.push(piece)
    length += piece.length
  }
  for (const [number, body] of parts) {
    offsets.set(number, length)
    add(`${number} 0 obj\n${body}\nendobj\n`)
  }
  const start = length
  add('xref\n')
  for (const [number, offset] of offsets) {
    add(`${number} 1\n${String(offset).padStart(10, '0')} 00000 n \n`)
  }
  add(`trailer<</Size ${Math.max(...parts.keys()) + 1}/Root 1 0 R>>\nstartxref\n${start}\n%%EOF\n`)
  return encodeLatin(pieces.join(''))
}
