import { create } from 'zustand'
import { persist } from 'zustand/middleware'
import { COMMAND_IDS, COMMANDS, type CommandId } from './commands'

/** Keys that a researcher has chosen in place of a command's own; an empty list for none. */
export type KeyMap = { readonly [Id in CommandId]?: readonly string[] }

interface KeyMapStore {
  readonly chosen: KeyMap
  /** `null` goes back to the command's own keys. */
  choose(id: CommandId, keys: readonly string[] | null): void
  reset(): void
}

/** The keys of this person, kept on this machine. */
export const useKeyMap = create<KeyMapStore>()(
  persist(
    set => ({
      chosen: {},
      choose: (id, keys) =>
        set(({ chosen }) => {
          const { [id]: _, ...others } = chosen
          return { chosen: keys === null ? others : { ...others, [id]: keys } }
        }),
      reset: () => set({ chosen: {} }),
    }),
    {
      name: 'codicil.keys',
      version: 1,
      partialize: ({ chosen }) => ({ chosen }),
      merge: (stored, current) => ({ ...current, chosen: toKeyMap(stored) }),
    },
  ),
)

/** The keys of a command, as they are with what was chosen. */
export function keysOf(id: CommandId, chosen: KeyMap): readonly string[] {
  return chosen[id] ?? COMMANDS[id].keys
}

/** The commands that a key stands for: more than one only where they count in other places. */
export function commandsFor(key: string, chosen: KeyMap): CommandId[] {
  return COMMAND_IDS.filter(id => keysOf(id, chosen).includes(key))
}

/** What local storage held, without anything that makes no sense. */
export function toKeyMap(stored: unknown): KeyMap {
  const { chosen } = fieldsOf(stored)
  const entries = Object.entries(fieldsOf(chosen)).filter(
    (entry): entry is [CommandId, string[]] =>
      Object.hasOwn(COMMANDS, entry[0]) &&
      Array.isArray(entry[1]) &&
      entry[1].every(key => typeof key === 'string' && key.length < 40),
  )
  return Object.fromEntries(entries)
}

function fieldsOf(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? { ...value } : {}
}

/** The part of a key press that names a key. */
export interface Press {
  readonly key: string
  readonly ctrlKey: boolean
  readonly metaKey: boolean
  readonly altKey: boolean
  readonly shiftKey: boolean
}

const MODIFIERS = new Set(['Control', 'Shift', 'Alt', 'Meta', 'AltGraph', 'CapsLock', 'Dead'])

/**
 * A key press as the table writes it: `Mod+Shift+P`, `Shift+N`, `?`. Shift is not named with signs
 * that need it on some keyboards and not on others. `null` for modifiers alone.
 */
export function keyOf({ key, ctrlKey, metaKey, altKey, shiftKey }: Press): string | null {
  if (MODIFIERS.has(key) || key === 'Unidentified' || key === 'Process') return null
  const name = key === ' ' ? 'Space' : key.length === 1 ? key.toUpperCase() : key
  const isSign = key.length === 1 && !/[\p{L}\p{N} ]/u.test(key)
  const isMod = ctrlKey || metaKey
  return [
    ...(isMod ? ['Mod'] : []),
    ...(shiftKey && !(isSign && !isMod && !altKey) ? ['Shift'] : []),
    ...(altKey ? ['Alt'] : []),
    name,
  ].join('+')
}

/** Whether a key is a letter, figure or sign alone, which one might hit while dictating or by chance. */
export function isSingle(key: string): boolean {
  return !/(?:Mod|Alt)\+/.test(key) && [...key.replace(/^Shift\+/, '')].length === 1
}

/**
 * Whether a command may have a key: none that fields and the system need, and a letter or sign alone
 * only where it counts in a report's text, or nobody could type it elsewhere.
 */
export function mayBeKeyOf(id: CommandId, key: string): boolean {
  if (RESERVED.has(key)) return false
  const isBare = isSingle(key) || BARE.test(key)
  return !isBare || COMMANDS[id].where === 'reader'
}

const RESERVED: ReadonlySet<string> = new Set([
  ...['Tab', 'Shift+Tab', 'Mod+C', 'Mod+V', 'Mod+X', 'Mod+A'],
  ...['ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight'],
])

/** Keys without Control, Command or Alt by which one writes and moves. */
const BARE =
  /^(?:Shift\+)?(?:Enter|Escape|Space|Backspace|Delete|Home|End|PageUp|PageDown|Arrow\w+)$/
