import { childOf, childrenOf, type XmlElement } from './xml'

/** Which of the formats that matter here a style or run sets; `undefined` for those it leaves. */
export interface RunFormat {
  readonly isBold?: boolean
  readonly isItalic?: boolean
  readonly isHidden?: boolean
  /** The font for Latin letters, which symbol fonts are set by. */
  readonly font?: string
}

/** What a paragraph or its style says of its numbering. */
export interface NumberRef {
  /** `0` takes the numbering of a style away. */
  readonly numId?: string
  /** Counted from 0. */
  readonly level?: number
}

/** What a paragraph style comes to with all styles that it is based on. */
export interface ParagraphStyle {
  readonly run: RunFormat
  /** Whether it is a title, a caption or the like. */
  readonly role: 'title' | 'caption' | 'quote' | 'contents' | null
  /** Of a heading, 1 to 9; else 0. */
  readonly headingLevel: number
  readonly number: NumberRef
  /** Its id and those of the styles that it is based on, as far as the one with the numbering. */
  readonly numberedBy: readonly string[]
}

/** The styles of a document. Those that are missing, or based on themselves, set nothing. */
export interface Styles {
  paragraph(id: string | undefined): ParagraphStyle
  character(id: string | undefined): RunFormat
  /** The numbering that a list style stands for. */
  listNumId(id: string): string | undefined
}

/** Reads `styles.xml`; without one there are no styles. */
export function stylesOf(root: XmlElement | undefined): Styles {
  const byId = new Map<string, XmlElement>()
  let defaultParagraph: string | undefined
  for (const style of childrenOf(root, 'w:style')) {
    const id = style.attributes['w:styleId']
    if (id === undefined) continue
    byId.set(id, style)
    const isDefault = isOn(style.attributes['w:default'] ?? 'off')
    if (isDefault && style.attributes['w:type'] === 'paragraph') defaultParagraph = id
  }
  const defaults = childOf(childOf(childOf(root, 'w:docDefaults'), 'w:rPrDefault'), 'w:rPr')
  const baseRun = runFormatOf(defaults)

  /** A style and those that it is based on, from the nearest on. */
  function chainOf(id: string | undefined): XmlElement[] {
    const chain: XmlElement[] = []
    const seen = new Set<string>()
    for (let next = id; next !== undefined && !seen.has(next); ) {
      seen.add(next)
      const style = byId.get(next)
      if (!style) break
      chain.push(style)
      next = settingOf(style, 'w:basedOn')
    }
    return chain
  }

  const paragraphs = new Map<string, ParagraphStyle>()
  const characters = new Map<string, RunFormat>()
  return {
    paragraph(id) {
      const key = id !== undefined && byId.has(id) ? id : (defaultParagraph ?? '')
      let style = paragraphs.get(key)
      if (!style) {
        style = paragraphStyleOf(chainOf(key), baseRun)
        paragraphs.set(key, style)
      }
      return style
    },
    character(id) {
      if (id === undefined) return {}
      let format = characters.get(id)
      if (!format) {
        format = mergedRun(chainOf(id))
        characters.set(id, format)
      }
      return format
    },
    listNumId: id => numberRefOf(childOf(byId.get(id), 'w:pPr')).numId,
  }
}

/** The formats that a `w:rPr` sets. */
export function runFormatOf(properties: XmlElement | undefined): RunFormat {
  const format: { -readonly [K in keyof RunFormat]: RunFormat[K] } = {}
  for (const { name, attributes } of childrenOf(properties)) {
    if (name === 'w:b') format.isBold = isOn(attributes['w:val'])
    else if (name === 'w:i') format.isItalic = isOn(attributes['w:val'])
    else if (name === 'w:vanish') format.isHidden = isOn(attributes['w:val'])
    else if (name === 'w:rFonts') {
      const font = attributes['w:ascii'] ?? attributes['w:hAnsi']
      if (font !== undefined) format.font = font
    }
  }
  return format
}

/** The numbering that a `w:pPr` sets. */
export function numberRefOf(properties: XmlElement | undefined): NumberRef {
  const number = childOf(properties, 'w:numPr')
  const numId = settingOf(number, 'w:numId')
  const level = wholeNumberOf(settingOf(number, 'w:ilvl'))
  return {
    ...(numId === undefined ? {} : { numId }),
    ...(level === undefined ? {} : { level }),
  }
}

/** The outline level that a `w:pPr` sets as a heading level, 0 for body text, or `undefined`. */
export function outlineOf(properties: XmlElement | undefined): number | undefined {
  const level = wholeNumberOf(settingOf(properties, 'w:outlineLvl'))
  if (level === undefined) return undefined
  return level <= 8 ? level + 1 : 0
}

/** The `w:val` of a child element. */
export function settingOf(element: XmlElement | undefined, name: string): string | undefined {
  return childOf(element, name)?.attributes['w:val']
}

/** A number as Office writes it, or `undefined` for none or one that is none. */
export function wholeNumberOf(value: string | undefined): number | undefined {
  return value !== undefined && /^\s*-?\d{1,9}\s*$/.test(value) ? Number(value) : undefined
}

/** Whether a switch is on; one without a value is. */
export function isOn(value: string | undefined): boolean {
  return value === undefined || !/^(?:0|false|off|none)$/i.test(value)
}

function mergedRun(chain: readonly XmlElement[]): RunFormat {
  let format: RunFormat = {}
  for (const style of chain) format = { ...runFormatOf(childOf(style, 'w:rPr')), ...format }
  return format
}

function paragraphStyleOf(chain: readonly XmlElement[], base: RunFormat): ParagraphStyle {
  const number: { numId?: string; level?: number } = {}
  const numberedBy: string[] = []
  let headingLevel: number | undefined
  let role: ParagraphStyle['role'] = null
  for (const style of chain) {
    const properties = childOf(style, 'w:pPr')
    if (number.numId === undefined) {
      const { numId, level } = numberRefOf(properties)
      numberedBy.push(style.attributes['w:styleId'] ?? '')
      if (numId !== undefined) number.numId = numId
      if (level !== undefined) number.level ??= level
    }
    headingLevel ??= outlineOf(properties) ?? namedLevelOf(style)
    role ??= roleOf(style)
  }
  return {
    run: { ...base, ...mergedRun(chain) },
    role,
    headingLevel: headingLevel ?? 0,
    number,
    numberedBy,
  }
}

/** The level of a built-in heading style, by its name; Word's own names are English in any file. */
function namedLevelOf(style: XmlElement): number | undefined {
  const level = [settingOf(style, 'w:name'), style.attributes['w:styleId']]
    .map(name => /^\s*(?:heading|\u6807\u9898)\s*([1-9])\s*$/i.exec(name ?? '')?.[1])
    .find(found => found !== undefined)
  return level === undefined ? undefined : Number(level)
}

function roleOf(style: XmlElement): ParagraphStyle['role'] {
  const name = (settingOf(style, 'w:name') ?? '').trim().toLowerCase()
  if (name === 'title' || name === '\u6807\u9898') return 'title'
  if (name === 'caption' || name === '\u9898\u6ce8') return 'caption'
  if (QUOTES.has(name)) return 'quote'
  if (/^(?:toc|\u76ee\u5f55)\s*[1-9]$/.test(name)) return 'contents'
  return null
}

const QUOTES: ReadonlySet<string> = new Set([
  'quote',
  'intense quote',
  'block text',
  '\u5f15\u7528',
])
