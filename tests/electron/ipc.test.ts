import { expect, it } from 'vitest'
import { MAX_CALL_BYTES } from '../../electron/host/contract'
import { answerMessage, isOwnPage, type Sender } from '../../electron/ipc'
import type { Host } from '../../shared/host'
import { decodeWire, encodeWire } from '../../shared/wire'

const OWN: Sender = { senderFrame: { origin: 'app://main', parent: null } }
const HELLO = { door: 'desktop' }

it('answers the top frame of our own page', async () => {
  expect(isOwnPage(OWN)).toBe(true)
  expect(await ask(OWN, 'about', encodeWire([]))).toEqual({ ok: true, value: HELLO })
})

it('refuses every frame that is not ours, without asking the host', async () => {
  const top = { origin: 'app://main', parent: null }
  const forged: Sender[] = [
    { senderFrame: null },
    { senderFrame: { origin: 'app://main', parent: top } },
    ...[
      '',
      'null',
      'about:blank',
      'app://other',
      'app://main.evil',
      'app://main/',
      'APP://MAIN',
      'https://main',
      'file://',
    ].map(origin => ({ senderFrame: { origin, parent: null } })),
  ]
  for (const sender of forged) {
    const asked: string[] = []
    const answer = await ask(sender, 'about', encodeWire([]), asked)
    expect([sender, answer, asked]).toEqual([
      sender,
      { ok: false, reason: 'invalid-call', details: {} },
      [],
    ])
  }
})

it('refuses what is no call, and never throws', async () => {
  const good = encodeWire([])
  const bad: readonly (readonly [unknown, unknown])[] = [
    [null, good],
    [1, good],
    [{ toString: () => 'about' }, good],
    ['about', null],
    ['about', 'body'],
    ['about', [0, 0]],
    ['about', good.buffer],
    ['about', new Uint8Array()],
    ['about', new Uint8Array([255, 255, 255, 255])],
    ['about', encodeWire({})],
    ['renameProject', encodeWire(['too few'])],
    ['__proto__', good],
    ['shutDown', good],
    ['x'.repeat(100_000), good],
  ]
  for (const [call, body] of bad) {
    const asked: string[] = []
    expect(await ask(OWN, call, body, asked)).toMatchObject({ ok: false, reason: 'invalid-call' })
    expect(asked).toEqual([])
  }
})

it('refuses a body over the limit unread', async () => {
  const body = new Uint8Array(MAX_CALL_BYTES + 1)
  expect(await ask(OWN, 'about', body)).toEqual({
    ok: false,
    reason: 'too-large',
    details: { bytes: MAX_CALL_BYTES + 1 },
  })
})

it('tells nothing of what broke inside', async () => {
  const host = {
    about: async () => {
      throw Object.assign(new Error('ENOENT: /home/ann/secret'), { code: 'ENOENT' })
    },
  } as unknown as Host
  const answer = decodeWire(await answerMessage(host, OWN, 'about', encodeWire([])))
  expect(answer).toEqual({ ok: false, reason: 'vanished', details: { code: 'ENOENT' } })
})

async function ask(
  sender: Sender,
  call: unknown,
  body: unknown,
  asked: string[] = [],
): Promise<unknown> {
  const host = new Proxy({} as Host, {
    get: (_target, name) => async () => {
      asked.push(String(name))
      return HELLO
    },
  })
  return decodeWire(await answerMessage(host, sender, call, body))
}
