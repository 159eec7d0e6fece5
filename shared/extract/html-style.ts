import { elementsOf, type HtmlElement, rawTextOf } from './html-tree'

// As much of CSS as decides what of a page is text: what is hidden, what breaks lines, what is
// bold. Inline styles are read; of style sheets only what single classes and ids hide.

/** What an element's own style says; `null` where it says nothing. */
export interface HtmlStyle {
  readonly isHidden: boolean
  /** Hidden by a program for its own ends, such as Word's paragraph marks. */
  readonly isFiller: boolean
  readonly isBlock: boolean | null
  readonly isStrong: boolean | null
  readonly isSlanted: boolean | null
  readonly isPreformatted: boolean | null
  /** Of an item in a list that Word made, 1 to 9. */
  readonly listLevel: number | null
  readonly listType: string | null
  /** In a font whose letters are pictures. */
  readonly isSymbol: boolean
  /** What Word writes before an item: a number or bullet. */
  readonly isListSign: boolean
  readonly isNote: boolean
  readonly isComment: boolean
}

/** What a page's style sheets say. */
export interface Sheet {
  readonly hiddenClasses: ReadonlySet<string>
  readonly hiddenIds: ReadonlySet<string>
  /** Ordered lists show no numbers. */
  readonly hidesNumbers: boolean
}

export function styleOf(element: HtmlElement): HtmlStyle {
  const style = element.attributes.get('style')
  return style === undefined || style === '' ? PLAIN : readStyle(style.toLowerCase())
}

export function sheetOf(root: HtmlElement): Sheet {
  const hiddenClasses = new Set<string>()
  const hiddenIds = new Set<string>()
  let hidesNumbers = false
  for (const element of elementsOf(root, 'style')) {
    for (const { selectors, body } of rulesIn(withoutComments(rawTextOf(element)))) {
      const isHiding = /(?:^|[;\s])display\s*:\s*none/i.test(body)
      const isBare = /(?:^|[;\s])list-style(?:-type)?\s*:[^;]*\bnone\b/i.test(body)
      if (!isHiding && !isBare) continue
      for (const selector of selectors.split(',').map(part => part.trim())) {
        if (isBare && /^(?:\*|ol|li|ol\s+li)$/i.test(selector)) hidesNumbers = true
        if (!isHiding) continue
        const simple = /^[a-z]*([.#])([\w-]+)$/i.exec(selector)
        if (simple) (simple[1] === '.' ? hiddenClasses : hiddenIds).add(simple[2]!)
      }
    }
  }
  return { hiddenClasses, hiddenIds, hidesNumbers }
}

/** Whether nothing of an element is text that the page shows. */
export function isSkipped(element: HtmlElement, style: HtmlStyle, sheet: Sheet): boolean {
  if (SKIPPED.has(element.tag)) return true
  if (style.isHidden || style.isComment) return true
  const { attributes } = element
  if (attributes.size === 0) return false
  if (attributes.get('role') === 'doc-backlink') return true
  if (attributes.has('hidden') || attributes.get('aria-hidden') === 'true') return true
  if (sheet.hiddenIds.size > 0 && sheet.hiddenIds.has(attributes.get('id') ?? '')) return true
  const names = attributes.get('class')
  if (names === undefined) return false
  if (/^msodel$/i.test(names)) return true
  return (
    sheet.hiddenClasses.size > 0 && names.split(/\s+/).some(name => sheet.hiddenClasses.has(name))
  )
}

const SKIPPED = new Set(
  (
    'applet area audio base basefont bgsound button canvas col colgroup datalist embed frame ' +
    'iframe input keygen link meta meter noembed noframes noscript object ' +
    'optgroup option param progress rp rt script select source style svg template textarea title ' +
    'track video xml'
  ).split(' '),
)

const PLAIN: HtmlStyle = {
  isHidden: false,
  isFiller: false,
  isBlock: null,
  isStrong: null,
  isSlanted: null,
  isPreformatted: null,
  listLevel: null,
  listType: null,
  isSymbol: false,
  isListSign: false,
  isNote: false,
  isComment: false,
}

function readStyle(style: string): HtmlStyle {
  const display = /(?:^|[;\s])display\s*:\s*([a-z-]+)/.exec(style)?.[1]
  const weight = /font-weight\s*:\s*([a-z0-9]+)/.exec(style)?.[1]
  const slant = /font-style\s*:\s*([a-z]+)/.exec(style)?.[1]
  const space = /white-space\s*:\s*([a-z-]+)/.exec(style)?.[1]
  const level = /mso-list\s*:\s*\S+\s+level([1-9])/.exec(style)?.[1]
  const list = /list-style(?:-type)?\s*:\s*([^;]+)/.exec(style)?.[1]
  const isFiller = /mso-hide\s*:\s*all/.test(style)
  return {
    // Invisible is another matter: pages show such text once their script has run.
    isHidden: display === 'none' || isFiller,
    isFiller,
    isBlock: display === undefined ? null : (BREAKS[display] ?? null),
    isStrong: weight === undefined ? null : /^(?:bold|bolder|[6-9]00)$/.test(weight),
    isSlanted: slant === undefined ? null : slant !== 'normal',
    isPreformatted:
      space === undefined ? null : /^(?:pre|pre-wrap|pre-line|break-spaces)$/.test(space),
    listLevel: level === undefined ? null : Number(level),
    listType: list === undefined ? null : listTypeOf(list),
    isSymbol: /font(?:-family)?\s*:[^;]*(?:wingdings|symbol|webdings)/.test(style),
    isListSign: /mso-list\s*:\s*ignore/.test(style),
    isNote: /mso-element\s*:\s*(?:foot|end)note(?:;|$)/.test(style),
    isComment: /mso-element\s*:\s*comment/.test(style),
  }
}

const BREAKS: Readonly<Record<string, boolean>> = {
  block: true,
  flex: true,
  grid: true,
  'list-item': true,
  table: true,
  inline: false,
  'inline-block': false,
  contents: false,
}

function listTypeOf(value: string): string | null {
  const known =
    /none|disc|decimal-leading-zero|decimal|lower-alpha|upper-alpha|lower-latin|upper-latin|lower-roman|upper-roman|cjk-ideographic|cjk-decimal|simp-chinese-informal|trad-chinese-informal/
  return known.exec(value)?.[0] ?? null
}

/** Longer selectors and declarations are none that single classes would stand in. */
const MAX_RULE_LENGTH = 2_000

/** Rules without others in them; those of another medium than the screen do not count. */
function* rulesIn(css: string): Generator<{ selectors: string; body: string }> {
  let at = 0
  while (at < css.length) {
    const open = css.indexOf('{', at)
    const close = css.indexOf('}', open)
    if (open < 0 || close < 0) return
    const inner = css.indexOf('{', open + 1)
    const isGroup = inner >= 0 && inner < close
    const selectors = css.slice(at, Math.min(open, at + MAX_RULE_LENGTH))
    if (isGroup && /@media[^{]*\bprint\b/i.test(selectors)) {
      const end = css.indexOf('}}', open)
      at = end < 0 ? close + 1 : end + 2
    } else if (isGroup) at = open + 1
    else {
      yield { selectors, body: css.slice(open + 1, Math.min(close, open + MAX_RULE_LENGTH)) }
      at = close + 1
    }
  }
}

function withoutComments(css: string): string {
  const parts: string[] = []
  let from = 0
  for (let at = css.indexOf('/*'); at >= 0; at = css.indexOf('/*', from)) {
    parts.push(css.slice(from, at))
    const end = css.indexOf('*/', at + 2)
    from = end < 0 ? css.length : end + 2
  }
  parts.push(css.slice(from))
  return parts.join(' ').replace(/<!--|-->/g, ' ')
}
