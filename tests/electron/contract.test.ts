import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { answerCall, CALL_NAMES, isNewEntry } from '../../electron/host/contract'
import { HOST_REASONS, type Host } from '../../shared/host'
import type { NewEntry } from '../../shared/journal/history'
import { decodeWire, encodeWire } from '../../shared/wire'
import { browserDoor, type Door, desktopDoor } from '../support/doors'
import { adding } from '../support/entries'
import { freshFolder } from '../support/folder'
import { BATCH, reportNamed } from '../support/project'

// Whatever a page sends, it gets a value or a reason from the list: no stack, no path of ours,
// no reason that only a bug can have, and the host goes on answering.

const HOUSE = import.meta.dirname.replace(/tests.*$/, '')
const doors: readonly [string, (folder: string) => Promise<Door>][] = [
  ['desktop', desktopDoor],
  ['browser', browserDoor],
]

const NASTY_WORDS = [
  '',
  ' ',
  '.',
  '..',
  '../../../../etc/passwd',
  '..\\..\\windows',
  '/etc/passwd',
  'C:\\Windows',
  '\\\\server\\share',
  'file:///etc/passwd',
  'con',
  'a\u0000b',
  '\u202egpj.exe',
  '\ud800',
  '\u0085\u2028',
  '__proto__',
  'constructor',
  'hasOwnProperty',
  'toString',
  '00000001',
  '-1',
  '0'.repeat(64),
  'f'.repeat(64),
  '报告',
  '=1+1',
  'x'.repeat(65),
  'x'.repeat(100_000),
]
const NASTY_NUMBERS = [0, -0, -1, 1, 0.5, 1e21, -1e308, 2 ** 53, 2 ** 53 - 1, Number.NaN, Infinity]

const KEYS = fc.oneof(
  fc.constantFrom('__proto__', 'constructor', 'prototype', 'toString', 'then', 'length', 'kind'),
  fc.constantFrom('id', 'table', 'name', 'place', 'project', 'session', 'upload', 'changes'),
  fc.string({ maxLength: 8 }),
)

/** Any value that the wire can carry, built of what programs stumble over. */
function nasty(known: readonly string[]): fc.Arbitrary<unknown> {
  return fc.letrec<{ value: unknown }>(value => ({
    value: fc.oneof(
      { maxDepth: 4, withCrossShrink: true },
      fc.constantFrom(null, true, false, ...NASTY_NUMBERS),
      fc.constantFrom(...NASTY_WORDS, ...known),
      fc.uint8Array({ maxLength: 20 }),
      fc.array(value('value'), { maxLength: 4 }),
      fc.array(fc.tuple(KEYS, value('value')), { maxLength: 4 }).map(objectOf),
    ),
  })).value
}

beforeEach(() => {
  vi.spyOn(console, 'error').mockImplementation(() => {})
})
afterEach(() => {
  vi.restoreAllMocks()
})

describe.each(doors)('behind the %s door', (_name, open) => {
  it('answers any arguments of any call with a value or a reason', async () => {
    const { carrier, known } = await world(open)
    const values = nasty(known)
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...CALL_NAMES).filter(call => call !== 'choosePlace'),
        fc.oneof(fc.array(values, { maxLength: 4 }), values),
        async (call, args) => {
          isDecent(call, await carrier(call, encodeWire(args)))
        },
      ),
      { numRuns: 600 },
    )
    await isAlive(carrier)
  })

  it('answers calls that are all but right with a value or a reason', async () => {
    const { carrier, good, known } = await world(open)
    const places = Object.entries(good).flatMap(([call, args]) =>
      spots(args).map(spot => ({ call, args, spot })),
    )
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...places), nasty(known), async (place, value) => {
        const { call, args, spot } = place
        isDecent(call, await carrier(call, encodeWire(replaced(args, spot, value))))
      }),
      { numRuns: 600 },
    )
    await isAlive(carrier)
  })

  it('has a right call of each name to spoil', async () => {
    const { carrier, good } = await world(open)
    expect(Object.keys(good).sort()).toEqual([...CALL_NAMES].sort())
    for (const [call, args] of Object.entries(good)) {
      const answer = decodeWire(await carrier(call, encodeWire(args))) as { reason?: string }
      expect([call, answer.reason]).not.toEqual([call, 'invalid-call'])
    }
  })

  it('refuses every call with too few arguments, or with none in a list', async () => {
    const { carrier, good } = await world(open)
    for (const [call, args] of Object.entries(good)) {
      const short = args.length > 0 ? [args.slice(1), []] : []
      for (const wrong of [...short, {}, null, 'x', 7, { length: args.length }]) {
        const answer = decodeWire(await carrier(call, encodeWire(wrong)))
        expect([call, wrong, answer]).toMatchObject([call, wrong, { reason: 'invalid-call' }])
      }
    }
  })

  it('refuses names that are no calls', async () => {
    const { carrier } = await world(open)
    for (const call of ['__proto__', 'constructor', 'toString', 'shutDown', 'pathOfWritten', 'x']) {
      const answer = decodeWire(await carrier(call, encodeWire([])))
      expect([call, answer]).toMatchObject([call, { ok: false, reason: 'invalid-call' }])
    }
  })

  it('refuses messages that are not on the wire format', async () => {
    const { carrier } = await world(open)
    const deep = `${'['.repeat(200_000)}${']'.repeat(200_000)}`
    for (const body of [
      new Uint8Array(),
      new Uint8Array(3),
      new Uint8Array([255, 255, 255, 255]),
      new Uint8Array([2, 0, 0, 0, 0x5b]),
      messageOf('[]', 1),
      messageOf('[1,]'),
      messageOf('[{"$bytes":5}]', 4),
      messageOf('[{"$bytes":-1}]'),
      messageOf('[{"$bytes":0.5},{"$bytes":0.5}]', 1),
      messageOf('[{"$bytes":1e400}]'),
      messageOf('[{"$bytes":"1"}]', 1),
      messageOf('[{"$bytes":null}]'),
      messageOf(deep),
      messageOf(`{"a":${deep}}`),
      new Uint8Array([2, 0, 0, 0, 0xff, 0xfe]),
    ]) {
      expect(decodeWire(await carrier('about', body))).toMatchObject({
        ok: false,
        reason: 'invalid-call',
      })
    }
    await isAlive(carrier)
  })
})

it('lets no key of a prototype reach a handler', async () => {
  const seen: unknown[] = []
  const host = { createProject: async (wish: unknown) => seen.push(wish) } as unknown as Host
  const spoiled = (key: string) =>
    JSON.parse(`[{"name":"n","coderName":"c","place":"p","${key}":{"evil":true}}]`) as unknown
  for (const key of ['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty', 'x']) {
    await answerCall(host, 'createProject', spoiled(key))
  }
  for (const wish of seen) {
    expect(Object.keys(wish as object).sort()).toEqual(['coderName', 'name', 'place'])
    expect(Object.getPrototypeOf(wish)).toBe(Object.prototype)
  }
  expect(({} as { evil?: boolean }).evil).toBeUndefined()
})

it('does not repeat a page endlessly to itself', async () => {
  const host = {} as Host
  const long = 'k'.repeat(1_000_000)
  for (const answer of [
    await answerCall(host, long, []),
    await answerCall(host, 'createProject', [{ [long]: 1 }]),
    await answerCall(host, 'createProject', [{ name: '', coderName: '', place: 'p', [long]: 1 }]),
    await answerCall(host, 'startTask', [{ kind: long }]),
  ]) {
    expect(answer).toMatchObject({ ok: false, reason: 'invalid-call' })
    expect(JSON.stringify(answer).length).toBeLessThan(1000)
  }
})

it('decodes hostile bytes to what they say or to an error, and never to more than there was', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), bytes => {
      let value: unknown
      try {
        value = decodeWire(bytes)
      } catch (error) {
        expect(error).toBeInstanceOf(Error)
        return
      }
      expect(JSON.stringify(value).length).toBeLessThan(bytes.length * 8 + 8)
    }),
    { numRuns: 2000 },
  )
})

it('gives back what was encoded, and nothing where one byte was changed in length', () => {
  fc.assert(
    fc.property(nasty([]), fc.nat(), (value, at) => {
      const bytes = encodeWire(value)
      const again = encodeWire(decodeWire(bytes))
      expect(again).toEqual(encodeWire(decodeWire(again)))
      const cut = bytes.subarray(0, at % bytes.length)
      expect(() => decodeWire(cut)).toThrow()
    }),
    { numRuns: 500 },
  )
})

/** A host with an open project, arguments of each call that have the right shape, and its ids. */
async function world(open: (folder: string) => Promise<Door>) {
  const { host, carrier } = await open(await freshFolder())
  const { home } = await host.about()
  const place = home.token
  const { id, coderId } = await host.createProject({ name: 'P', coderName: 'A', place })
  const other = await host.createProject({ name: 'Q', coderName: 'A', place })
  const { session } = await host.openProject(id, { clientId: 'c', takeOver: false })
  const { sink } = await host.openSink(place, 'out')
  const [hash] = await host.putBlobs(session, [new Uint8Array([1])])
  const entry = adding('x')
  const good: Record<string, readonly unknown[]> = {
    about: [],
    listProjects: [],
    createProject: [{ name: 'n', coderName: 'c', place }],
    addProject: [place],
    renameProject: [other.id, 'n'],
    trashProject: [other.id],
    restoreProject: [other.id],
    forgetProject: [other.id],
    openProject: [id, { clientId: 'c2', takeOver: false }],
    chooseCoder: [session, coderId],
    readJournal: [session, 1],
    hashOfEntry: [session, 1],
    append: [session, entry],
    putBlobs: [session, [new Uint8Array([2])]],
    readBlobs: [session, [hash]],
    settleCopy: [session, 1],
    readProject: [id, null],
    listSnapshots: [id],
    takeSnapshot: [session],
    pinSnapshot: [id, '00000001', true],
    readSnapshot: [id, '00000001', 0],
    setSecondPlace: [id, null],
    startTask: [{ kind: 'rescue', project: other.id, suffix: '' }],
    taskState: ['task'],
    cancelTask: ['task'],
    openRefuge: [session, place],
    closeRefuge: ['refuge'],
    abortRefuge: ['refuge'],
    openUpload: ['a.codicil', 10],
    writeUpload: ['upload', new Uint8Array([1])],
    abortUpload: ['upload'],
    closeProject: ['session'],
    choosePlace: [null],
    exportPlace: [session],
    openSink: [place, 'out'],
    writeSink: [sink, 'a.csv', new Uint8Array([1])],
    closeSink: ['sink'],
    abortSink: ['sink'],
  }
  return { carrier, good, known: [id, other.id, coderId, session, sink, hash!, place] }
}

/** Throws unless an answer is one that may cross to a page. */
function isDecent(call: string, bytes: Uint8Array): void {
  const answer = decodeWire(bytes) as { ok: boolean; reason: string; details: object }
  if (answer.ok) {
    expect(Object.keys(answer)).toEqual(['ok', 'value'])
    return
  }
  expect(Object.keys(answer).sort()).toEqual(['details', 'ok', 'reason'])
  expect(HOST_REASONS).toContain(answer.reason)
  for (const detail of Object.values(answer.details)) {
    expect(['string', 'number']).toContain(typeof detail)
  }
  const told = JSON.stringify(answer)
  expect(told).not.toContain(HOUSE)
  expect(told).not.toMatch(/\n {4}at |node:internal|\.ts:\d/)
  // What is no system error and no reason of ours is a mistake in the host.
  expect([call, answer.details]).not.toEqual([call, { code: 'unknown' }])
}

async function isAlive(carrier: Door['carrier']): Promise<void> {
  expect(decodeWire(await carrier('about', encodeWire([])))).toMatchObject({ ok: true })
  expect(Object.keys(Object.prototype)).toEqual([])
}

type Spot = readonly (string | number)[]

/** Every place in a value where something else could stand. */
function spots(value: unknown, path: Spot = []): Spot[] {
  const inside = (entries: [string | number, unknown][]) =>
    entries.flatMap(([key, item]) => spots(item, [...path, key]))
  if (Array.isArray(value)) return [path, ...inside([...value.entries()])]
  if (value && typeof value === 'object' && !(value instanceof Uint8Array)) {
    return [path, ...inside(Object.entries(value))]
  }
  return [path]
}

/** The same value with something else in one place. */
function replaced(value: unknown, [key, ...rest]: Spot, by: unknown): unknown {
  if (key === undefined) return by
  if (Array.isArray(value))
    return value.with(key as number, replaced(value[key as number], rest, by))
  const object = value as Record<string, unknown>
  return { ...object, [key]: replaced(object[key], rest, by) }
}

/** An object with keys of its own, even such as `__proto__`. */
function objectOf(entries: readonly (readonly [string, unknown])[]): object {
  const object = {}
  for (const [key, value] of entries) {
    Object.defineProperty(object, key, { value, enumerable: true, configurable: true })
  }
  return object
}

/** A message with that JSON and so many bytes behind it. */
function messageOf(json: string, bytes = 0): Uint8Array<ArrayBuffer> {
  const text = new TextEncoder().encode(json)
  const message = new Uint8Array(4 + text.length + bytes)
  new DataView(message.buffer).setUint32(0, text.length, true)
  message.set(text, 4)
  return message
}

describe('an entry', () => {
  const value = {
    id: 'r1.place',
    reportId: 'r1',
    variable: 'place',
    value: 'x',
    origin: 'read',
    start: 0,
    end: 4,
  }
  const variable = {
    id: 'v',
    name: 'n',
    type: 'category',
    categories: 'a\nb',
    rank: 0,
    createdAt: 0,
  }
  const stamp = { at: 0, coderId: 'me' }
  const importing = (what: object) => ({
    kind: 'import',
    batch: BATCH,
    reports: [reportNamed('r1')],
    variables: [variable],
    values: [value],
    ...stamp,
    ...what,
  })
  const editing = (table: string, after: { id: string }) => ({
    ...adding('c'),
    changes: [{ table, id: after.id, before: null, after }],
  })
  const set = { id: 's', name: 'n', members: 'r1 r2', rule: null, createdAt: 0 }
  const byRule = { ...set, members: null, rule: '{}' }
  const correction = {
    id: 'k',
    reportId: 'r1',
    kind: 'heading',
    level: 9,
    start: 0,
    end: 4,
    createdAt: 0,
  }
  const report = reportNamed('r1')

  it.each<[string, object]>([
    ['an import with values', importing({})],
    ['a number', importing({ values: [{ ...value, value: 4.5 }] })],
    ['yes', importing({ values: [{ ...value, value: true, start: null, end: null }] })],
    ['no encoding', importing({ reports: [{ ...report, encoding: '', row: 1, format: 'xlsx' }] })],
    ['markup', importing({ reports: [{ ...report, markupHash: 'a'.repeat(64) }] })],
    ['a correction', editing('corrections', correction)],
    ['a set by hand', editing('sets', set)],
    ['a set by rule', editing('sets', byRule)],
    ['a variable', editing('variables', variable)],
    ['a value', editing('values', value)],
  ])('may bring %s', (_, entry) => {
    const hashed = JSON.parse(JSON.stringify(entry).replaceAll(/"(?:text|original)-r1"/g, HASH))
    expect(isNewEntry(hashed as NewEntry)).toBe(true)
  })

  it.each<[string, object]>([
    ['no list of values', importing({ values: undefined })],
    ['a value of another cell\u2019s id', importing({ values: [{ ...value, id: 'r2.place' }] })],
    ['half a place', importing({ values: [{ ...value, end: null }] })],
    ['an object for a value', importing({ values: [{ ...value, value: {} }] })],
    ['no value', importing({ values: [{ ...value, value: null }] })],
    ['more than a value has', importing({ values: [{ ...value, more: 1 }] })],
    ['another origin', importing({ values: [{ ...value, origin: 'guessed' }] })],
    ['row 0', importing({ reports: [{ ...report, row: 0 }] })],
    ['a report of before', importing({ reports: [{ ...report, format: undefined }] })],
    ['a hash that is none', importing({ reports: [{ ...report, markupHash: 'abc' }] })],
    ['another type', editing('variables', { ...variable, type: 'colour' } as { id: string })],
    ['another kind', editing('corrections', { ...correction, kind: 'x' } as { id: string })],
    ['level 10', editing('corrections', { ...correction, level: 10 } as { id: string })],
    ['a set by hand and rule', editing('sets', { ...set, rule: '{}' } as { id: string })],
    ['a set by neither', editing('sets', { ...set, members: null } as { id: string })],
  ])('does not bring %s', (_, entry) => {
    const hashed = JSON.parse(JSON.stringify(entry).replaceAll(/"(?:text|original)-r1"/g, HASH))
    expect(isNewEntry(hashed as NewEntry)).toBe(false)
  })
})

const HASH = JSON.stringify('0'.repeat(64))
