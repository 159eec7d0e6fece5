import { connect } from 'node:net'
import { expect, it } from 'vitest'
import en from '../../renderer/locale/en.json'
import zh from '../../renderer/locale/zh.json'
import { decodeWire } from '../../shared/wire'
import { browserDoor } from '../support/doors'
import { freshFolder } from '../support/folder'
import { HOSTILE_REQUESTS, type HostileRequest } from './requests'

it('gives every hostile request what was expected, and nothing else, and goes on', async () => {
  const { origin, cookie } = await browserDoor(await freshFolder())
  const { port } = new URL(origin)
  const token = cookie.split('=')[1]!
  for (const request of HOSTILE_REQUESTS) {
    const { status, head, body } = await send(request, { port, token, cookie })
    const mayBeCut = request.status === 400 || request.status === 431
    if (status === null) expect([request.name, mayBeCut]).toEqual([request.name, true])
    else expect([request.name, status]).toEqual([request.name, request.status])
    const text = body.toString('utf8')
    expect([request.name, `${head}${text}`.includes(token)]).toEqual([request.name, false])
    expect([request.name, /\n {4}at |node:|\/work\/|access-control/i.exec(head + text)]).toEqual([
      request.name,
      null,
    ])
    if (request.explains) {
      expect([request.name, /[a-z]{3}/.test(text), /[\u4e00-\u9fff]{2}/.test(text)]).toEqual([
        request.name,
        true,
        true,
      ])
    }
    if (request.reason) {
      const answer = decodeWire(body)
      expect([request.name, answer]).toMatchObject([
        request.name,
        { ok: false, reason: request.reason },
      ])
    }
    if (status !== null && !mayBeCut) {
      expect([request.name, head]).toEqual([
        request.name,
        expect.stringMatching(/content-security-policy: default-src 'none'/i),
      ])
      expect(head).toMatch(/x-content-type-options: nosniff/i)
      expect(head).toMatch(/cache-control: no-store/i)
    }
  }
  const good = await fetch(origin, { headers: { cookie } })
  expect(good.status).toBe(200)
})

it('has at least thirty requests, each of its own kind', () => {
  const names = HOSTILE_REQUESTS.map(({ name }) => name)
  expect(new Set(names).size).toBe(names.length)
  expect(names.length).toBeGreaterThanOrEqual(60)
})

it('has words in both languages for every reason that a hostile request is given', () => {
  const reasons = new Set(HOSTILE_REQUESTS.flatMap(({ reason }) => reason ?? []))
  expect(reasons.size).toBeGreaterThan(0)
  for (const reason of reasons) {
    for (const words of [en, zh]) {
      const text = (words.errors as Record<string, unknown>)[reason]
      expect([reason, text]).toEqual([
        reason,
        { what: expect.any(String), safe: expect.any(String), todo: expect.any(String) },
      ])
    }
  }
})

interface Answer {
  /** `null` where the line was cut without an answer. */
  readonly status: number | null
  readonly head: string
  readonly body: Buffer
}

/** Sends a request byte by byte as written, and reads until the server has hung up. */
function send(
  { line, headers = [], body = '' }: HostileRequest,
  own: { port: string; token: string; cookie: string },
): Promise<Answer> {
  const fill = (text: string) =>
    text.replace(/\{(port|token|cookie)\}/g, (_, key: 'port' | 'token' | 'cookie') => own[key])
  const bytes = typeof body === 'string' ? Buffer.from(body, 'latin1') : Buffer.from(body)
  const lines = headers.map(fill)
  const has = (pattern: RegExp) => lines.some(each => pattern.test(each))
  if (!has(/^host:/i)) lines.unshift(`Host: 127.0.0.1:${own.port}`)
  if (!has(/^(content-length|transfer-encoding):/i) && bytes.length > 0) {
    lines.push(`Content-Length: ${bytes.length}`)
  }
  if (!has(/^connection:/i)) lines.push('Connection: close')
  const head = `${fill(line)} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n`
  return new Promise(resolve => {
    const received: Buffer[] = []
    const socket = connect(Number(own.port), '127.0.0.1')
    const finish = () => resolve(answerIn(Buffer.concat(received)))
    socket.on('data', chunk => received.push(chunk))
    socket.on('error', finish)
    socket.on('close', finish)
    socket.write(Buffer.concat([Buffer.from(head, 'latin1'), bytes]))
  })
}

function answerIn(bytes: Buffer): Answer {
  const end = bytes.indexOf('\r\n\r\n')
  const head = bytes.subarray(0, end < 0 ? bytes.length : end).toString('latin1')
  const status = /^HTTP\/1\.1 (\d{3})/.exec(head)?.[1]
  return {
    status: status === undefined ? null : Number(status),
    head,
    body: end < 0 ? Buffer.alloc(0) : bytes.subarray(end + 4),
  }
}
