import { characterOf } from './pdf-characters'

// A page is a program that moves a pen. This runs the part of it that places text and straight
// lines, by the rules of ISO 32000 9.4, and forgets the rest. Places are in points from the
// page's upper left corner as it is shown, x to the right and y down. One file, and a long one,
// because the operators share a pen that nobody else should touch.

/** `[a, b, c, d, e, f]`: maps (x, y) to (ax + cy + e, bx + dy + f). */
export type Matrix = readonly [number, number, number, number, number, number]

/** One character, or a few that are one glyph, where it is drawn. */
export interface PdfGlyph {
  readonly text: string
  /** Where its baseline begins. */
  readonly x: number
  readonly y: number
  /** How far it reaches along its baseline, and the size of its font. */
  readonly width: number
  readonly size: number
  /** Degrees clockwise in which its baseline runs, 0 to 359; text that runs down has 90. */
  readonly angle: number
  /** Whether it stands upright while its text runs down. */
  readonly isVertical: boolean
  readonly isBold: boolean
  /** Whether it is drawn so light that it lies behind the text. */
  readonly isFaint: boolean
  /** Which of the page's fonts. */
  readonly font: string
}

/** A straight line or thin box, level or upright: `x0 <= x1` and `y0 <= y1`. */
export interface PdfRule {
  readonly x0: number
  readonly y0: number
  readonly x1: number
  readonly y1: number
}

/** What a page's program is, as the library hands it over. */
export interface PdfProgram {
  readonly fnArray: readonly number[]
  readonly argsArray: readonly unknown[]
}

/** What the library says of a font. */
export interface PdfFontFacts {
  readonly name?: string
  readonly bold?: boolean
  readonly black?: boolean
  readonly vertical?: boolean
  readonly isType3Font?: boolean
  readonly composite?: boolean
  readonly fontMatrix?: readonly number[]
  readonly bbox?: readonly number[]
  readonly defaultVMetrics?: readonly number[]
}

/** The library's numbers for operators, by their names. */
export type PdfOperators = Readonly<Record<string, number>>

export interface PdfDrawing {
  readonly glyphs: readonly PdfGlyph[]
  readonly rules: readonly PdfRule[]
}

/** More lines than any table has; a map or a chart is no table. */
const MAX_RULES = 20_000

/** Runs a page's program. `toPage` maps the file's coordinates to the page as it is shown. */
export function drawingOf(
  program: PdfProgram,
  operators: PdfOperators,
  page: {
    readonly toPage: Matrix
    readonly width: number
    readonly height: number
    fontOf(id: string): PdfFontFacts
  },
): PdfDrawing {
  const glyphs: PdfGlyph[] = []
  const rules: PdfRule[] = []
  const saved: State[] = []
  let state: State = { ...START, ctm: page.toPage }
  let line: Matrix = IDENTITY
  let text: Matrix = IDENTITY
  const names = new Map(Object.entries(operators).map(([name, number]) => [number, name]))

  const nextLine = (x: number, y: number) => {
    line = times(line, [1, 0, 0, 1, x, y])
    text = line
  }

  for (let at = 0; at < program.fnArray.length; at++) {
    const args = listOf(program.argsArray[at])
    switch (names.get(program.fnArray[at]!)) {
      case 'save':
        saved.push(state)
        break
      case 'restore':
        state = saved.pop() ?? state
        break
      case 'transform':
        state = { ...state, ctm: times(state.ctm, matrixOf(args)) }
        break
      case 'paintFormXObjectBegin':
        saved.push(state)
        state = { ...state, ctm: times(state.ctm, matrixOf(listOf(args[0]))) }
        break
      case 'paintFormXObjectEnd':
        state = saved.pop() ?? state
        break
      case 'beginText':
        line = IDENTITY
        text = IDENTITY
        break
      case 'setFont': {
        const id = String(args[0])
        state = { ...state, fontId: id, font: fontOf(page.fontOf(id)), size: numberOf(args[1]) }
        break
      }
      case 'setGState':
        for (const entry of args.flatMap(listOf)) {
          const [key, value] = listOf(entry)
          if (key === 'ca') state = { ...state, alpha: numberOf(value) }
          if (key === 'Font') {
            const [id, size] = listOf(value)
            const font = fontOf(page.fontOf(String(id)))
            state = { ...state, fontId: String(id), font, size: numberOf(size) }
          }
        }
        break
      case 'setFillRGBColor':
        state = { ...state, lightness: lightnessOf(args) }
        break
      case 'setCharSpacing':
        state = { ...state, charSpacing: numberOf(args[0]) }
        break
      case 'setWordSpacing':
        state = { ...state, wordSpacing: numberOf(args[0]) }
        break
      case 'setHScale':
        state = { ...state, hScale: numberOf(args[0]) / 100 }
        break
      case 'setLeading':
        state = { ...state, leading: -numberOf(args[0]) }
        break
      case 'setTextRise':
        state = { ...state, rise: numberOf(args[0]) }
        break
      case 'setTextRenderingMode':
        state = { ...state, mode: numberOf(args[0]) }
        break
      case 'setTextMatrix':
        line = matrixOf(args.length === 1 ? listOf(args[0]) : args)
        text = line
        break
      case 'moveText':
        nextLine(numberOf(args[0]), numberOf(args[1]))
        break
      case 'setLeadingMoveText':
        state = { ...state, leading: numberOf(args[1]) }
        nextLine(numberOf(args[0]), numberOf(args[1]))
        break
      case 'nextLine':
        nextLine(0, state.leading)
        break
      case 'showText':
      case 'showSpacedText':
        text = show(listOf(args[0]), state, text)
        break
      case 'nextLineShowText':
        nextLine(0, state.leading)
        text = show(listOf(args[0]), state, text)
        break
      case 'nextLineSetSpacingShowText':
        state = { ...state, wordSpacing: numberOf(args[0]), charSpacing: numberOf(args[1]) }
        nextLine(0, state.leading)
        text = show(listOf(args[2]), state, text)
        break
      case 'constructPath':
        if (rules.length < MAX_RULES && args[0] !== operators.endPath) {
          const isStroked = args[0] !== operators.fill && args[0] !== operators.eoFill
          addRules(rules, { isStroked, path: listOf(args[1]), ctm: state.ctm })
        }
        break
      default:
    }
  }
  return { glyphs, rules }

  /** Places a run of glyphs and answers where the pen is afterwards. */
  function show(run: readonly unknown[], now: State, from: Matrix): Matrix {
    const { font, size, hScale } = now
    // What a unit of text space is on the page does not change within a run.
    const shape = times(now.ctm, from)
    const along = font.isVertical ? [-shape[2], -shape[3]] : [shape[0] * hScale, shape[1] * hScale]
    const scale = Math.hypot(along[0]!, along[1]!)
    const em = Math.abs(size) * Math.hypot(shape[2], shape[3]) * font.emScale
    const forward = font.isVertical || size * hScale >= 0 ? 1 : -1
    const degrees = (Math.atan2(along[1]! * forward, along[0]! * forward) * 180) / Math.PI
    const angle = (Math.round(degrees) + 360) % 360
    const isFaint = now.alpha < 0.45 || (1 - now.lightness) * now.alpha < 0.35
    const isBold = font.isBold || now.mode === 2 || now.mode === 6
    let pen = 0
    for (const entry of run) {
      if (typeof entry === 'number') {
        pen += ((font.isVertical ? entry : -entry) * size) / 1000
        continue
      }
      if (!isGlyph(entry)) continue
      const advance = font.isVertical
        ? (-(entry.vmetric?.[0] ?? font.down) * Math.abs(size)) / 1000
        : entry.width * font.widthScale * size
      const spacing = now.charSpacing + (entry.isSpace === true ? now.wordSpacing : 0)
      const [offsetX, offsetY] = font.isVertical ? [0, -pen] : [pen * hScale, now.rise]
      const x = shape[0] * offsetX + shape[2] * offsetY + shape[4]
      const y = shape[1] * offsetX + shape[3] * offsetY + shape[5]
      pen += font.isVertical ? advance - spacing : advance + spacing
      const text = characterOf(entry.unicode, font.name)
      if (text === '' || x < -em || y < -em || x > page.width + em || y > page.height + em) continue
      const width = Math.abs(advance) * scale
      glyphs.push({
        ...{ text, x, y, width, size: em, angle, isBold },
        // White on a dark ground is text; what is nearly white on white nobody is meant to read.
        isFaint: isFaint && now.lightness < 0.985,
        isVertical: font.isVertical,
        font: font.name || now.fontId,
      })
    }
    return times(from, font.isVertical ? [1, 0, 0, 1, 0, -pen] : [1, 0, 0, 1, pen * hScale, 0])
  }
}

interface Font {
  readonly name: string
  readonly isBold: boolean
  readonly isVertical: boolean
  /** From a glyph's width to parts of the font's size. */
  readonly widthScale: number
  /** The height of the font in parts of its size; differs from 1 in odd fonts only. */
  readonly emScale: number
  /** The step from a glyph to the one below, in thousandths, downwards negative. */
  readonly down: number
}

interface State {
  readonly ctm: Matrix
  readonly fontId: string
  readonly font: Font
  readonly size: number
  readonly charSpacing: number
  readonly wordSpacing: number
  readonly hScale: number
  readonly leading: number
  readonly rise: number
  readonly mode: number
  /** 0 is black, 1 white; and how opaque. */
  readonly lightness: number
  readonly alpha: number
}

const IDENTITY: Matrix = [1, 0, 0, 1, 0, 0]

const NO_FONT: Font = {
  name: '',
  isBold: false,
  isVertical: false,
  widthScale: 0.001,
  emScale: 1,
  down: -1000,
}

const START: State = {
  ctm: IDENTITY,
  fontId: '',
  font: NO_FONT,
  size: 0,
  charSpacing: 0,
  wordSpacing: 0,
  hScale: 1,
  leading: 0,
  rise: 0,
  mode: 0,
  lightness: 0,
  alpha: 1,
}

/** Names of fonts that are drawn heavy: Hei, which headings are set in, counts as bold. */
const HEAVY =
  /bold|heavy|black|demi|simhei|heiti|[-+]hei|fzhei|fzxbs|stxbs|xiaobiaosong|\u9ed1|\u5c0f\u6807\u5b8b/i

function fontOf(facts: PdfFontFacts): Font {
  const name = facts.name ?? ''
  const matrix = facts.fontMatrix ?? [0.001, 0, 0, 0.001, 0, 0]
  const widthScale = facts.isType3Font ? Math.abs(numberOf(matrix[0])) || 0.001 : 0.001
  const box = facts.bbox ?? []
  const height = Math.abs(numberOf(box[3]) - numberOf(box[1])) * Math.abs(numberOf(matrix[3]))
  // A drawn font's unit is its designer's choice; where it is not about a thousandth, its box tells.
  const isOdd = facts.isType3Font === true && (widthScale > 0.003 || widthScale < 0.0003)
  return {
    name,
    isBold: facts.bold === true || facts.black === true || HEAVY.test(name),
    isVertical: facts.vertical === true,
    widthScale,
    emScale: isOdd && height > 0 ? height : 1,
    down: numberOf(facts.defaultVMetrics?.[0]) || -1000,
  }
}

interface LibraryGlyph {
  readonly unicode: string
  readonly width: number
  readonly isSpace?: boolean
  readonly vmetric?: readonly number[] | null
}

function isGlyph(entry: unknown): entry is LibraryGlyph {
  return (
    typeof entry === 'object' &&
    entry !== null &&
    'unicode' in entry &&
    typeof entry.unicode === 'string' &&
    'width' in entry &&
    typeof entry.width === 'number'
  )
}

/** Adds the level and upright lines of a path, and boxes so thin that they are lines. */
function addRules(
  rules: PdfRule[],
  drawn: { readonly isStroked: boolean; readonly path: readonly unknown[]; readonly ctm: Matrix },
): void {
  const { isStroked, ctm } = drawn
  const path = listOf(drawn.path[0])
  let corners: [number, number][] = []
  const finish = () => {
    const xs = corners.map(([x]) => x)
    const ys = corners.map(([, y]) => y)
    const box = {
      ...{ x0: Math.min(...xs), x1: Math.max(...xs) },
      ...{ y0: Math.min(...ys), y1: Math.max(...ys) },
    }
    const isThin = box.x1 - box.x0 < THIN || box.y1 - box.y0 < THIN
    if (corners.length > 1 && isThin) rules.push(box)
    else if (isStroked) {
      for (let i = 1; i < corners.length; i++) {
        const [[ax, ay], [bx, by]] = [corners[i - 1]!, corners[i]!]
        if (Math.abs(ax - bx) > 1 && Math.abs(ay - by) > 1) continue
        rules.push({
          ...{ x0: Math.min(ax, bx), x1: Math.max(ax, bx) },
          ...{ y0: Math.min(ay, by), y1: Math.max(ay, by) },
        })
      }
    }
    corners = []
  }
  for (let at = 0; at < path.length && rules.length < MAX_RULES; ) {
    const step = path[at++]
    if (step === CURVE || step === QUADRATIC) {
      // Whatever is round is no table's border.
      at += step === CURVE ? 6 : 4
      corners = []
    } else if (step === CLOSE) {
      if (corners.length > 2) corners.push(corners[0]!)
      finish()
    } else {
      if (step === MOVE) finish()
      const [x, y] = [numberOf(path[at]), numberOf(path[at + 1])]
      at += 2
      corners.push([ctm[0] * x + ctm[2] * y + ctm[4], ctm[1] * x + ctm[3] * y + ctm[5]])
    }
  }
  finish()
}

/** Points; a thinner box is a line. */
const THIN = 3

// The steps of a path, as the library numbers them.
const MOVE = 0
const CURVE = 2
const QUADRATIC = 3
const CLOSE = 4

function times(outer: Matrix, inner: Matrix): Matrix {
  return [
    outer[0] * inner[0] + outer[2] * inner[1],
    outer[1] * inner[0] + outer[3] * inner[1],
    outer[0] * inner[2] + outer[2] * inner[3],
    outer[1] * inner[2] + outer[3] * inner[3],
    outer[0] * inner[4] + outer[2] * inner[5] + outer[4],
    outer[1] * inner[4] + outer[3] * inner[5] + outer[5],
  ]
}

function matrixOf(list: readonly unknown[]): Matrix {
  if (list.length < 6) return IDENTITY
  const at = (i: number) => numberOf(list[i])
  return [at(0), at(1), at(2), at(3), at(4), at(5)]
}

function numberOf(value: unknown): number {
  return typeof value === 'number' && Number.isFinite(value) ? value : 0
}

function listOf(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value
  return value instanceof Float32Array || value instanceof Float64Array ? [...value] : []
}

/** Of a colour as `#rrggbb` or three numbers up to 255: 0 is black and 1 white. */
function lightnessOf(args: readonly unknown[]): number {
  const [first] = args
  const [red, green, blue] =
    typeof first === 'string'
      ? [1, 3, 5].map(at => Number.parseInt(first.slice(at, at + 2), 16))
      : args.map(numberOf)
  return (0.3 * (red || 0) + 0.59 * (green || 0) + 0.11 * (blue || 0)) / 255
}
