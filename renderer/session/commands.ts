import { create } from 'zustand'

// Everything that can be asked for by a key, from the menu or in the palette stands in one table.
// What a command does is known to whoever shows what it acts on, and only while that is on screen:
// such a part of the page registers itself as a source of handlers.

/** Where a key must be pressed to count. */
export type CommandWhere =
  /** Anywhere but in dialogs, also while one types. */
  | 'anywhere'
  /** Anywhere but in fields and dialogs. */
  | 'page'
  /** While a report's text has the focus. */
  | 'reader'

export const COMMAND_GROUPS = ['go', 'code', 'units', 'edit', 'view', 'data', 'project'] as const

export type CommandGroup = (typeof COMMAND_GROUPS)[number]

/** A command as the table has it. Its name in words stands under its id. */
export interface CommandKind {
  readonly group: CommandGroup
  readonly where: CommandWhere
  /** As `Kbd` takes them, the first one shown; a researcher can choose others. */
  readonly keys: readonly string[]
}

/** Every command, in the order in which lists show them. */
export const COMMANDS = {
  palette: { group: 'go', where: 'anywhere', keys: ['Mod+Shift+P'] },
  goToReport: { group: 'go', where: 'anywhere', keys: ['Mod+P'] },
  find: { group: 'go', where: 'anywhere', keys: ['Mod+F'] },
  findNext: { group: 'go', where: 'anywhere', keys: ['F3'] },
  findPrevious: { group: 'go', where: 'anywhere', keys: ['Shift+F3'] },
  nextAnnotation: { group: 'go', where: 'reader', keys: ['N'] },
  previousAnnotation: { group: 'go', where: 'reader', keys: ['Shift+N'] },
  nextUncoded: { group: 'go', where: 'reader', keys: ['U'] },
  previousUncoded: { group: 'go', where: 'reader', keys: ['Shift+U'] },
  pickCode: { group: 'code', where: 'reader', keys: ['Enter', 'C'] },
  codeAgain: { group: 'code', where: 'reader', keys: ['A'] },
  codeInVivo: { group: 'code', where: 'reader', keys: ['V'] },
  codeEverySelection: { group: 'code', where: 'reader', keys: ['Shift+A'] },
  leaveActiveCode: { group: 'code', where: 'reader', keys: ['Escape'] },
  codeByDigit: {
    group: 'code',
    where: 'page',
    keys: ['1', '2', '3', '4', '5', '6', '7', '8', '9'],
  },
  selectSentence: { group: 'units', where: 'reader', keys: ['S'] },
  selectClause: { group: 'units', where: 'reader', keys: ['L'] },
  selectItem: { group: 'units', where: 'reader', keys: ['I'] },
  selectParagraph: { group: 'units', where: 'reader', keys: ['P'] },
  selectSection: { group: 'units', where: 'reader', keys: ['H'] },
  growSelection: { group: 'units', where: 'reader', keys: [']', 'Shift+Alt+ArrowRight'] },
  shrinkSelection: { group: 'units', where: 'reader', keys: ['[', 'Shift+Alt+ArrowLeft'] },
  undo: { group: 'edit', where: 'page', keys: ['Mod+Z'] },
  redo: { group: 'edit', where: 'page', keys: ['Mod+Shift+Z', 'Mod+Y'] },
  reading: { group: 'view', where: 'anywhere', keys: [] },
  table: { group: 'view', where: 'anywhere', keys: ['Mod+Shift+L'] },
  coverage: { group: 'view', where: 'anywhere', keys: [] },
  outline: { group: 'view', where: 'anywhere', keys: ['Mod+Shift+O'] },
  larger: { group: 'view', where: 'page', keys: [] },
  smaller: { group: 'view', where: 'page', keys: [] },
  importFiles: { group: 'data', where: 'page', keys: [] },
  importFolder: { group: 'data', where: 'page', keys: [] },
  export: { group: 'data', where: 'page', keys: [] },
  importValues: { group: 'data', where: 'page', keys: [] },
  saveCopy: { group: 'data', where: 'page', keys: [] },
  history: { group: 'project', where: 'anywhere', keys: ['Mod+Shift+H'] },
  snapshots: { group: 'project', where: 'page', keys: [] },
  check: { group: 'project', where: 'page', keys: [] },
  keys: { group: 'project', where: 'page', keys: ['?'] },
  leave: { group: 'project', where: 'page', keys: [] },
} as const satisfies Record<string, CommandKind>

export type CommandId = keyof typeof COMMANDS

export const COMMAND_IDS = Object.keys(COMMANDS) as CommandId[]

/** What a command does now. */
export interface CommandHandler {
  /** Left out: it can be done. */
  readonly isEnabled?: boolean
  /** More exact than the name in the table, as what would be undone. */
  readonly title?: string
  /** With the key that was pressed, in lower case; an empty one when it was chosen in words. */
  run(key: string): unknown
}

export type CommandHandlers = { readonly [Id in CommandId]?: CommandHandler }

/** Answers the handlers as they are now. */
export type CommandSource = () => CommandHandlers

interface CommandSources {
  readonly sources: readonly CommandSource[]
  /** Answers what ends it. */
  add(source: CommandSource): () => void
}

/** The parts of the page that commands act on. */
export const useCommandSources = create<CommandSources>()((set, get) => ({
  sources: [],
  add: source => {
    set({ sources: [...get().sources, source] })
    return () => set({ sources: get().sources.filter(each => each !== source) })
  },
}))

/** What a command does now; `null` while nothing is on screen that it could act on. */
export function handlerOf(id: CommandId): CommandHandler | null {
  for (const source of useCommandSources.getState().sources.toReversed()) {
    const handler = source()[id]
    if (handler) return handler
  }
  return null
}

/** Whether a command can be done now. */
export function canRun(id: CommandId): boolean {
  const handler = handlerOf(id)
  return handler !== null && handler.isEnabled !== false
}
