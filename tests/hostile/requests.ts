import type { HostReason } from '../../shared/host'

/** One request as a stranger, another page or a broken program could send it. */
export interface HostileRequest {
  readonly name: string
  /** The first line without the version, which is HTTP/1.1. */
  readonly line: string
  /**
   * Header lines as they go over the wire. `Host` is right unless given here. `{port}`, `{token}`
   * and `{cookie}` stand for the server's own, which only who is let in can know.
   */
  readonly headers?: readonly string[]
  /** Sent as it is. Its length is declared unless a header here says something about length. */
  readonly body?: string | Uint8Array
  /** The status of the answer; 400 and 431 also allow that the line is simply cut. */
  readonly status: number
  /** For a call that is let in: the reason of its answer. */
  readonly reason?: HostReason
  /** Whether the answer says in both languages what happened. */
  readonly explains?: boolean
}

const OWN = ['Cookie: {cookie}', 'Origin: http://127.0.0.1:{port}'] as const
const COOKIE = 'Cookie: {cookie}'
/** The wire's form of an empty list of arguments. */
const NOTHING = new Uint8Array([2, 0, 0, 0, 0x5b, 0x5d])
const REFUSED = { status: 403, explains: true } as const

/** Requests that must get nothing, and what each gets instead. */
export const HOSTILE_REQUESTS: readonly HostileRequest[] = [
  // Who has no key, or guesses one.
  { name: 'no key at all', line: 'GET /', ...REFUSED },
  { name: 'a page file without a key', line: 'GET /assets/app.js', ...REFUSED },
  { name: 'a call without a key', line: 'POST /host/about', body: NOTHING, ...REFUSED },
  { name: 'an export without a key', line: 'GET /written/a/b', ...REFUSED },
  { name: 'a guessed token', line: `GET /?token=${'0'.repeat(64)}`, ...REFUSED },
  { name: 'an empty token', line: 'GET /?token=', ...REFUSED },
  { name: 'a token that is too long', line: 'GET /?token={token}0', ...REFUSED },
  { name: 'a wrong token before the right one', line: 'GET /?token=x&token={token}', ...REFUSED },
  { name: 'the token by POST', line: 'POST /?token={token}', ...REFUSED },
  { name: 'the token for another page', line: 'GET /assets/app.js?token={token}', ...REFUSED },
  { name: 'a guessed cookie', line: 'GET /', headers: [`Cookie: codicil_{port}=x`], ...REFUSED },
  { name: 'an empty cookie', line: 'GET /', headers: ['Cookie: codicil_{port}='], ...REFUSED },
  {
    name: 'the key under the name of another port',
    line: 'GET /',
    headers: ['Cookie: codicil_1={token}'],
    ...REFUSED,
  },
  {
    name: 'a planted cookie before the right one',
    line: 'GET /',
    headers: ['Cookie: codicil_{port}=planted; {cookie}'],
    ...REFUSED,
  },
  {
    name: 'the token in a header of its own',
    line: 'GET /',
    headers: ['Authorization: Bearer {token}'],
    ...REFUSED,
  },

  // Names that lead to this machine from elsewhere: DNS rebinding.
  ...[
    'evil.example',
    'evil.example:{port}',
    '127.0.0.1',
    'localhost:{port}',
    '[::1]:{port}',
    '0.0.0.0:{port}',
    '127.1:{port}',
    '127.0.0.1.evil.example:{port}',
    '127.0.0.1:{port}.evil.example',
    '127.0.0.1:{port}, evil.example',
    'user@127.0.0.1:{port}',
  ].map(host => ({
    name: `the Host ${host}`,
    line: 'GET /',
    headers: [`Host: ${host}`, COOKIE],
    ...REFUSED,
  })),
  { name: 'no Host', line: 'GET /', headers: ['Host:', COOKIE], ...REFUSED },
  {
    name: 'a Host on the first line',
    line: 'GET http://evil.example/',
    headers: [COOKIE],
    ...REFUSED,
  },

  // Other pages in the same browser, whose requests carry the cookie where the browser lets them.
  ...[
    'null',
    'http://evil.example',
    'http://127.0.0.1',
    'http://127.0.0.1:{port}/',
    'http://127.0.0.1:{port}.evil.example',
    'https://127.0.0.1:{port}',
    'http://localhost:{port}',
    'http://127.0.0.1:1',
    'app://main',
    'file://',
  ].map(origin => ({
    name: `a call from the origin ${origin}`,
    line: 'POST /host/about',
    headers: [COOKIE, `Origin: ${origin}`],
    body: NOTHING,
    ...REFUSED,
  })),
  {
    name: 'a call that hides its origin',
    line: 'POST /host/about',
    headers: [COOKIE],
    body: NOTHING,
    ...REFUSED,
  },
  ...[
    ['an image from another site', 'cross-site', 'no-cors', 'image'],
    ['a script from another port', 'same-site', 'no-cors', 'script'],
    ['a fetch from another port', 'same-site', 'cors', 'empty'],
    ['a frame in another site', 'cross-site', 'navigate', 'iframe'],
    ['a frame in a page of another port', 'same-site', 'navigate', 'iframe'],
    ['an object in another site', 'cross-site', 'navigate', 'object'],
  ].map(([name, site, mode, dest]) => ({
    name: name!,
    line: 'GET /',
    headers: [
      COOKIE,
      `Sec-Fetch-Site: ${site}`,
      `Sec-Fetch-Mode: ${mode}`,
      `Sec-Fetch-Dest: ${dest}`,
    ],
    ...REFUSED,
  })),
  {
    name: 'a form of another page',
    line: 'POST /host/about',
    headers: [
      COOKIE,
      'Origin: http://127.0.0.1:1',
      'Content-Type: text/plain',
      'Sec-Fetch-Site: same-site',
      'Sec-Fetch-Mode: navigate',
      'Sec-Fetch-Dest: document',
    ],
    body: 'x=1',
    ...REFUSED,
  },
  {
    name: 'the question that asks leave for a foreign call',
    line: 'OPTIONS /host/about',
    headers: [
      'Origin: http://evil.example',
      'Access-Control-Request-Method: POST',
      'Access-Control-Request-Private-Network: true',
    ],
    ...REFUSED,
  },
  {
    name: 'a socket instead of a page',
    line: 'GET /host/about',
    headers: ['Connection: Upgrade', 'Upgrade: websocket', 'Sec-WebSocket-Version: 13'],
    ...REFUSED,
  },

  // The right key with what it does not open.
  ...['PUT', 'DELETE', 'PATCH', 'OPTIONS', 'TRACE'].map(method => ({
    name: `the method ${method}`,
    line: `${method} /`,
    headers: OWN,
    ...REFUSED,
  })),
  { name: 'a page by POST', line: 'POST /', headers: OWN, body: 'x', ...REFUSED },
  { name: 'a call by GET', line: 'GET /host/about', headers: OWN, status: 404, explains: true },
  {
    name: 'a call by GET that claims to be a POST',
    line: 'GET /host/about',
    headers: [...OWN, 'X-HTTP-Method-Override: POST'],
    status: 404,
    explains: true,
  },
  ...[
    '/../../etc/passwd',
    '/..%2f..%2f..%2fetc/passwd',
    '/%2e%2e/%2e%2e/etc/passwd',
    '/..%5c..%5cwindows%5cwin.ini',
    '/assets/..%2f..%2fdata%2ftoken',
    '/assets/app.js%00.html',
    '/assets/app.js/',
    '/assets',
    '//evil.example/',
    '/INDEX.HTML',
    '/.codicil/token',
    '/written/..%2f..%2fdata/token',
    '/written/x/..%2f..%2ftoken',
    '/written/__proto__/constructor',
    '/__proto__',
    '/running.json',
    '/main.tsx',
  ].map(path => ({
    name: `the path ${path}`,
    line: `GET ${path}`,
    headers: [COOKIE],
    status: 404,
    explains: true,
  })),

  // Calls that are let in and make no sense.
  ...(
    [
      ['no arguments', '/host/about', '', 'invalid-call'],
      ['a form', '/host/about', 'name=x&place=y', 'invalid-call'],
      ['JSON', '/host/about', '[]', 'invalid-call'],
      ['a length that is a lie', '/host/about', '\u00ff\u00ff\u00ff\u007f[]', 'invalid-call'],
      ['a name that every object has', '/host/constructor', NOTHING, 'invalid-call'],
      ['a name with an escape', '/host/about%00', NOTHING, 'invalid-call'],
      ['a name with a path', '/host/..%2fabout', NOTHING, 'invalid-call'],
      ['no name', '/host/', NOTHING, 'invalid-call'],
      ['a project nobody knows', '/host/trashProject', '\u0008\0\0\0["nope"]', 'not-found'],
      ['a path for a place', '/host/addProject', '\u0008\0\0\0["/etc"]', 'place-invalid'],
      ['a guessed place', '/host/addProject', '\u0008\0\0\0["nope"]', 'place-invalid'],
    ] as const
  ).map(([name, path, body, reason]) => ({
    name: `a call with ${name}`,
    line: `POST ${path}`,
    headers: OWN,
    body,
    status: 200,
    reason,
  })),

  // Sizes and shapes that are to tire or confuse the server.
  {
    name: 'a body larger than any call',
    line: 'POST /host/about',
    headers: [...OWN, 'Content-Length: 99999999999'],
    body: 'x',
    status: 413,
    reason: 'too-large',
  },
  { name: 'a flood of headers', line: 'GET /', headers: [`X: ${'x'.repeat(20_000)}`], status: 431 },
  {
    name: 'an endless address',
    line: `GET /${'x'.repeat(20_000)}`,
    headers: [COOKIE],
    status: 431,
  },
  {
    name: 'an endless cookie',
    line: 'GET /',
    headers: [`Cookie: ${'a=b; '.repeat(4000)}`],
    status: 431,
  },
  {
    name: 'two lengths',
    line: 'POST /host/about',
    headers: [...OWN, 'Content-Length: 6', 'Content-Length: 7'],
    body: NOTHING,
    status: 400,
  },
  {
    name: 'a length and chunks',
    line: 'POST /host/about',
    headers: [...OWN, 'Content-Length: 6', 'Transfer-Encoding: chunked'],
    body: '0\r\n\r\nGET / HTTP/1.1\r\n\r\n',
    status: 400,
  },
  {
    name: 'a chunk of no size',
    line: 'POST /host/about',
    headers: [...OWN, 'Transfer-Encoding: chunked'],
    body: 'zz\r\n',
    status: 400,
  },
  {
    name: 'a negative length',
    line: 'POST /host/about',
    headers: [...OWN, 'Content-Length: -1'],
    body: NOTHING,
    status: 400,
  },
  { name: 'a header with a NUL', line: 'GET /', headers: ['X: a\0b'], status: 400 },
  { name: 'a header without a name', line: 'GET /', headers: [': x'], status: 400 },
  { name: 'no method', line: ' /', status: 400 },
  { name: 'a method of its own', line: 'STEAL /', status: 400 },
]
