// Fuses are switches inside the Electron program itself, set when the app is packaged and then
// covered by its signature. In the binary they stand behind a sentinel: one byte for the
// layout's version, one for the number of fuses, then one character a fuse.

/** What a fuse is set to. `removed` fuses do nothing any more. */
export type FuseState = 'off' | 'on' | 'removed' | 'unknown'

/** One fuse, by the name that `@electron/fuses` has for it. */
export interface Fuse {
  readonly name: string
  readonly wanted: 'off' | 'on'
  readonly why: string
}

/** Every fuse of layout 1, in the order in which they stand in the binary. */
export const FUSES: readonly Fuse[] = [
  {
    name: 'RunAsNode',
    wanted: 'off',
    why: 'else ELECTRON_RUN_AS_NODE makes our signed program run any script',
  },
  {
    name: 'EnableCookieEncryption',
    wanted: 'on',
    why: 'what Chromium stores is not readable in a copied profile',
  },
  {
    name: 'EnableNodeOptionsEnvironmentVariable',
    wanted: 'off',
    why: 'else NODE_OPTIONS loads foreign code before ours',
  },
  {
    name: 'EnableNodeCliInspectArguments',
    wanted: 'off',
    why: 'else --inspect lets another program debug the main process',
  },
  {
    name: 'EnableEmbeddedAsarIntegrityValidation',
    wanted: 'on',
    why: 'a changed app.asar is not run',
  },
  {
    name: 'OnlyLoadAppFromAsar',
    wanted: 'on',
    why: 'a folder put beside app.asar is not run in its place',
  },
  {
    name: 'LoadBrowserProcessSpecificV8Snapshot',
    wanted: 'off',
    why: 'we bring no snapshot of our own, so none is to be loaded',
  },
  {
    name: 'GrantFileProtocolExtraPrivileges',
    wanted: 'off',
    why: 'we load nothing from file:, so it needs no privileges',
  },
  {
    name: 'WasmTrapHandlers',
    wanted: 'on',
    why: "Chromium's own default; without it WebAssembly checks bounds in software",
  },
]

/** What marks the place in the binary. */
export const SENTINEL = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX'

/**
 * The fuses that a program's bytes hold, once for every place that has the sentinel: a Mac
 * program for two processors has two. Empty when there is none. Throws on a layout that is not 1
 * or that is cut short.
 */
export function readFuses(program: Uint8Array): ReadonlyMap<string, FuseState>[] {
  const bytes = Buffer.from(program.buffer, program.byteOffset, program.length)
  const wires: ReadonlyMap<string, FuseState>[] = []
  for (let at = bytes.indexOf(SENTINEL); at >= 0; at = bytes.indexOf(SENTINEL, at + 1)) {
    wires.push(wireAt(bytes, at + SENTINEL.length))
  }
  return wires
}

/** What is wrong with a program's fuses, one line each; empty when all are as they should be. */
export function wrongFuses(program: Uint8Array): string[] {
  const wires = readFuses(program)
  if (wires.length === 0) return ['no fuses found: this is no Electron program']
  return wires.flatMap(wire => {
    const wrong = FUSES.filter(({ name, wanted }) => wire.get(name) !== wanted)
    const named = wrong.map(
      ({ name, wanted }) => `${name} is ${wire.get(name) ?? 'missing'}, should be ${wanted}`,
    )
    const extra = [...wire.keys()].filter(name => !FUSES.some(fuse => fuse.name === name))
    return [...named, ...extra.map(name => `${name} is not known here; decide what it should be`)]
  })
}

function wireAt(bytes: Buffer, start: number): ReadonlyMap<string, FuseState> {
  const [version, length] = [bytes[start], bytes[start + 1]]
  if (version !== 1 || length === undefined) throw new Error(`fuse layout ${version} is not known`)
  const wire = bytes.subarray(start + 2, start + 2 + length)
  if (wire.length < length) throw new Error('the fuses are cut short')
  return new Map([...wire].map((byte, i) => [FUSES[i]?.name ?? `fuse ${i}`, stateOf(byte)]))
}

function stateOf(byte: number): FuseState {
  switch (String.fromCharCode(byte)) {
    case '0':
      return 'off'
    case '1':
      return 'on'
    case 'r':
      return 'removed'
    default:
      return 'unknown'
  }
}
