import { childrenOf, type XmlElement } from './xml'

/** What a style of OpenDocument comes to with the styles that it is based on. */
export interface OdtStyle {
  readonly isBold: boolean
  readonly isItalic: boolean
  readonly isHidden: boolean
  readonly role: 'title' | 'caption' | 'quote' | null
}

/** One level of a list style, or of the outline. */
export interface OdtListLevel {
  /** As OOXML names formats; `bullet` for bullets and pictures, `none` for no number. */
  readonly format: string
  /** With `%1` for the number of the first level. */
  readonly text: string
  /** `tab`, `space` or `nothing`. */
  readonly suffix: string
  readonly start: number
}

/** The levels by number, counted from 0. */
export type OdtListStyle = readonly (OdtListLevel | undefined)[]

/** The styles of a document, from both of its parts. */
export interface OdtStyles {
  /** Takes in a part's styles. Later ones of a name go first, as automatic styles should. */
  add(styles: XmlElement): void
  style(family: 'paragraph' | 'text' | 'section', name: string | undefined): OdtStyle
  list(name: string | undefined): OdtListStyle
  /** The numbering of headings that stand in no list. */
  outline(): OdtListStyle
}

export function odtStyles(): OdtStyles {
  const styles = new Map<string, XmlElement>()
  const lists = new Map<string, OdtListStyle>()
  const resolved = new Map<string, OdtStyle>()
  let outline: OdtListStyle = []

  function resolve(family: string, name: string): OdtStyle {
    const found: { -readonly [K in keyof OdtStyle]?: OdtStyle[K] } = {}
    const seen = new Set<string>()
    for (let next: string | undefined = name; next !== undefined && !seen.has(next); ) {
      seen.add(next)
      // Some programs use the names of styles that they do not define.
      found.role ??= roleOf(next)
      const style: XmlElement | undefined = styles.get(`${family} ${next}`)
      if (!style) break
      for (const { name: kind, attributes } of childrenOf(style)) {
        if (kind === 'style:section-properties')
          found.isHidden ??= attributes['text:display'] === 'none'
        if (kind !== 'style:text-properties') continue
        // Chinese characters go by the asian one, which programs set beside the other.
        const weight = attributes['style:font-weight-asian'] ?? attributes['fo:font-weight']
        if (weight !== undefined) found.isBold ??= weight === 'bold' || Number(weight) >= 600
        const slant = attributes['style:font-style-asian'] ?? attributes['fo:font-style']
        if (slant !== undefined) found.isItalic ??= slant !== 'normal'
        const display = attributes['text:display']
        if (display !== undefined) found.isHidden ??= display === 'none'
      }
      next = style.attributes['style:parent-style-name']
    }
    const { isBold = false, isItalic = false, isHidden = false, role = null } = found
    return { isBold, isItalic, isHidden, role }
  }

  return {
    add(element) {
      for (const style of childrenOf(element)) {
        const { attributes } = style
        const name = attributes['style:name'] ?? ''
        if (style.name === 'style:style') styles.set(`${attributes['style:family']} ${name}`, style)
        else if (style.name === 'text:list-style') lists.set(name, levelsOf(style))
        else if (style.name === 'text:outline-style') outline = levelsOf(style)
      }
      resolved.clear()
    },
    style(family, name) {
      const key = `${family} ${name ?? ''}`
      let style = resolved.get(key)
      if (!style) {
        style = resolve(family, name ?? '')
        resolved.set(key, style)
      }
      return style
    },
    list: name => lists.get(name ?? '') ?? [],
    outline: () => outline,
  }
}

/** The role of a style that LibreOffice and others build in, by its name. */
function roleOf(name: string): OdtStyle['role'] {
  if (name === 'Title') return 'title'
  if (name === 'Quotations') return 'quote'
  return CAPTIONS.has(name) ? 'caption' : null
}

const CAPTIONS: ReadonlySet<string> = new Set([
  'Caption',
  'TableCaption',
  'FigureCaption',
  'Illustration',
  'Table',
  'Drawing',
  'Figure',
])

function levelsOf(style: XmlElement): OdtListStyle {
  const levels: (OdtListLevel | undefined)[] = []
  for (const element of childrenOf(style)) {
    const index = Number(element.attributes['text:level']) - 1
    if (index >= 0 && index < 10) levels[index] = levelOf(element, index)
  }
  return levels
}

function levelOf(element: XmlElement, index: number): OdtListLevel {
  const { name, attributes } = element
  const isNumber = name === 'text:list-level-style-number' || name === 'text:outline-level-style'
  const format = isNumber ? formatOf(attributes) : 'bullet'
  const [properties] = childrenOf(element, 'style:list-level-properties')
  const [alignment] = childrenOf(properties, 'style:list-level-label-alignment')
  const followedBy = alignment?.attributes['text:label-followed-by'] ?? 'listtab'
  return {
    format,
    text: patternOf(attributes, index),
    suffix: followedBy === 'listtab' ? 'tab' : followedBy,
    start: Number(attributes['text:start-value'] ?? 1),
  }
}

/** The levels that a number names, from `display-levels`, or as LibreOffice says more exactly. */
function patternOf(attributes: Readonly<Record<string, string>>, index: number): string {
  const exact = attributes['loext:num-list-format'] ?? attributes['style:num-list-format']
  if (exact !== undefined) return exact.replace(/%(\d{1,2})%/g, '%$1')
  const shown = Math.min(
    Math.max(Number(attributes['text:display-levels'] ?? 1) || 1, 1),
    index + 1,
  )
  const numbers = Array.from({ length: shown }, (_, at) => `%${index + 2 - shown + at}`)
  return (
    (attributes['style:num-prefix'] ?? '') +
    numbers.join('.') +
    (attributes['style:num-suffix'] ?? '')
  )
}

/** OpenDocument names a format by how it begins: `一, 二, 三, ...`. */
function formatOf(attributes: Readonly<Record<string, string>>): string {
  const stated = (attributes['style:num-format'] ?? '').trim()
  if (stated === '') return 'none'
  const spreads = attributes['style:num-letter-sync'] !== 'true'
  if (stated === 'a') return spreads ? 'lowerLetterSpread' : 'lowerLetter'
  if (stated === 'A') return spreads ? 'upperLetterSpread' : 'upperLetter'
  const [first = '', second = ''] = stated.split(/[,\uFF0C\u3001]\s*/)
  if (first === '壹')
    return second === '貳' ? 'ideographLegalTraditional' : 'chineseLegalSimplified'
  return FORMATS[first] ?? 'decimal'
}

const FORMATS: Readonly<Record<string, string>> = {
  i: 'lowerRoman',
  I: 'upperRoman',
  '01': 'decimalZero',
  一: 'chineseCountingThousand',
  甲: 'ideographTraditional',
  子: 'ideographZodiac',
  '①': 'decimalEnclosedCircle',
  '⑴': 'decimalEnclosedParen',
  '⒈': 'decimalEnclosedFullstop',
  '㊀': 'ideographEnclosedCircle',
  '１': 'decimalFullWidth',
}
