// A project as one would write it on a sheet of paper: arrays, loops and copies. It shares no
// code with the program, knows nothing of edits, ranks, packs or sums, and undoes by taking out
// the copy that it made before. What it says, the program must say too.

export interface PaperCode {
  readonly id: string
  readonly parent: string | null
  readonly name: string
  readonly color: string
  readonly definition: string
  readonly digit: number | null
}

export interface PaperAnnotation {
  readonly id: string
  readonly report: string
  readonly start: number
  readonly end: number
  readonly code: string
  readonly coder: string
}

export interface PaperReport {
  readonly id: string
  readonly batch: string
  readonly title: string
  readonly hash: string
}

export interface PaperVariable {
  readonly id: string
  readonly name: string
}

/** What stands in a cell, and whether the text, a person or a table says so. */
export interface PaperValue {
  readonly report: string
  readonly variable: string
  readonly value: string | number
  readonly origin: string
  /** Where in the text; empty for nowhere. */
  readonly place: string
}

export interface PaperCorrection {
  readonly id: string
  readonly report: string
  readonly kind: string
  readonly start: number
}

export interface PaperSet {
  readonly id: string
  readonly name: string
  readonly members: readonly string[]
}

/** One sheet. The order of `codes` and `variables` counts; all else is in no order. */
export interface Sheet {
  variables: PaperVariable[]
  values: PaperValue[]
  corrections: PaperCorrection[]
  sets: PaperSet[]
  codes: PaperCode[]
  annotations: PaperAnnotation[]
  reports: PaperReport[]
  batches: string[]
}

/** What the program would say no to. */
export type PaperRefusal =
  | 'batch-coded'
  | 'text-twice'
  | 'move-into-itself'
  | 'others-step'
  | 'name-taken'

/** What one coder did: the sheet before and after. */
interface PaperStep {
  readonly by: string
  before: Sheet
  after: Sheet
}

/** The reference: the sheet as it is, and copies from before and after every step. */
export interface Paper {
  now: Sheet
  coders: string[]
  /** Who is at it now. */
  coder: string
  done: PaperStep[]
  undone: PaperStep[]
}

export function emptyPaper(): Paper {
  const now: Sheet = {
    codes: [],
    annotations: [],
    reports: [],
    batches: [],
    variables: [],
    values: [],
    corrections: [],
    sets: [],
  }
  return { now, coders: [], coder: 'me', done: [], undone: [] }
}

export function copyOf(sheet: Sheet): Sheet {
  return {
    codes: [...sheet.codes],
    annotations: [...sheet.annotations],
    reports: [...sheet.reports],
    batches: [...sheet.batches],
    variables: [...sheet.variables],
    values: [...sheet.values],
    corrections: [...sheet.corrections],
    sets: [...sheet.sets],
  }
}

/** Does something new: keeps copies, and throws away what was undone. Nothing changed, nothing kept. */
export function step(paper: Paper, change: (sheet: Sheet) => void): void {
  const after = copyOf(paper.now)
  change(after)
  if (isSameSheet(paper.now, after)) return
  paper.done.push({ by: paper.coder, before: paper.now, after: copyOf(after) })
  paper.undone = []
  paper.now = copyOf(after)
}

export function undoOnPaper(paper: Paper): PaperRefusal | null {
  const last = paper.done.at(-1)
  if (!last) return null
  if (last.by !== paper.coder) return 'others-step'
  if (hasTwice(last.before)) return 'text-twice'
  paper.done.pop()
  paper.undone.push(last)
  paper.now = copyOf(last.before)
  return null
}

export function redoOnPaper(paper: Paper): PaperRefusal | null {
  const last = paper.undone.at(-1)
  if (!last) return null
  if (last.by !== paper.coder) return 'others-step'
  if (hasTwice(last.after)) return 'text-twice'
  paper.undone.pop()
  paper.done.push(last)
  paper.now = copyOf(last.after)
  return null
}

/** An import is not undone: it comes into every copy too. */
export function importOnPaper(
  paper: Paper,
  batch: string,
  { reports, values = [] }: { reports: PaperReport[]; values?: PaperValue[] },
): void {
  const sheets = [paper.now]
  for (const { before, after } of [...paper.done, ...paper.undone]) sheets.push(before, after)
  for (const sheet of new Set(sheets)) {
    sheet.batches = [...sheet.batches, batch]
    sheet.reports = [...sheet.reports, ...reports]
    sheet.values = [...sheet.values, ...values]
  }
}

/** The code and all below it. */
export function branchOnPaper(sheet: Sheet, id: string): string[] {
  const found = [id]
  for (let i = 0; i < found.length; i++) {
    for (const code of sheet.codes) if (code.parent === found[i]) found.push(code.id)
  }
  return found
}

export function deleteOnPaper(sheet: Sheet, id: string, heir: string | null): void {
  const branch = branchOnPaper(sheet, id)
  sheet.codes = sheet.codes.filter(code => !branch.includes(code.id))
  const kept: PaperAnnotation[] = []
  const moved: PaperAnnotation[] = []
  for (const annotation of sheet.annotations) {
    if (branch.includes(annotation.code)) moved.push(annotation)
    else kept.push(annotation)
  }
  if (heir !== null) {
    for (const annotation of moved) {
      const passed = { ...annotation, code: heir }
      if (!kept.some(each => isSameOnPaper(each, passed))) kept.push(passed)
    }
  }
  sheet.annotations = kept
}

/** Writes into a cell, or empties it. What says the same as before keeps its place in the text. */
export function fillOnPaper(
  sheet: Sheet,
  cell: { report: string; variable: string; value: string | number | null },
): void {
  const isIt = (each: PaperValue) => each.report === cell.report && each.variable === cell.variable
  const before = sheet.values.find(isIt)
  if (before?.value === cell.value && before.origin === 'by-hand') return
  sheet.values = sheet.values.filter(each => !isIt(each))
  const { value } = cell
  if (value === null) return
  const place = before?.value === value ? before.place : ''
  sheet.values.push({ ...cell, value, origin: 'by-hand', place })
}

/** Where the program would put the code: before `before`, or as its parent's last child. */
export function moveOnPaper(
  sheet: Sheet,
  id: string,
  parent: string | null,
  before: string | null,
): void {
  const code = sheet.codes.find(each => each.id === id)!
  const siblings = sheet.codes.filter(each => each.parent === parent && each.id !== id)
  const others = sheet.codes.filter(each => each.id !== id)
  const at = siblings.some(each => each.id === before)
    ? others.findIndex(each => each.id === before)
    : others.length
  others.splice(at, 0, { ...code, parent })
  const isWhereItWas =
    code.parent === parent && childrenOn(sheet, parent) === childrenOn({ codes: others }, parent)
  if (!isWhereItWas) sheet.codes = others
}

/** The lowest number key that no code has. */
export function freeDigitOnPaper(sheet: Sheet): number | null {
  for (let digit = 1; digit <= 9; digit++) {
    if (!sheet.codes.some(code => code.digit === digit)) return digit
  }
  return null
}

export function isSameOnPaper(a: PaperAnnotation, b: PaperAnnotation): boolean {
  return (
    a.report === b.report &&
    a.start === b.start &&
    a.end === b.end &&
    a.code === b.code &&
    a.coder === b.coder
  )
}

function childrenOn({ codes }: Pick<Sheet, 'codes'>, parent: string | null): string {
  return codes
    .filter(code => code.parent === parent)
    .map(({ id }) => id)
    .join()
}

function hasTwice({ reports }: Sheet): boolean {
  return reports.some((a, i) => reports.some((b, k) => k < i && a.hash === b.hash))
}

function isSameSheet(a: Sheet, b: Sheet): boolean {
  return JSON.stringify(a) === JSON.stringify(b)
}
