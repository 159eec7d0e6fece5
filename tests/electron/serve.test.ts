import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, stat, writeFile } from 'node:fs/promises'
import { createServer, request } from 'node:http'
import { connect } from 'node:net'
import { networkInterfaces } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { PAGE_HEADERS } from '../../electron/assets'
import { serve } from '../../electron/serve'
import { encodeWire } from '../../shared/wire'
import { browserDoor } from '../support/doors'
import { freshFolder } from '../support/folder'

it('lets in only who brings the token, then keeps it in a cookie that scripts cannot read', async () => {
  const { origin, cookie } = await browserDoor(await freshFolder())
  expect(await status(origin, '/')).toBe(403)
  expect(await status(origin, '/?token=wrong')).toBe(403)
  expect(await status(origin, `/?token=${'0'.repeat(64)}`)).toBe(403)
  expect(await status(origin, '/assets/app.js')).toBe(403)
  expect(await status(origin, '/', { cookie: `${cookie.slice(0, -1)}x` })).toBe(403)
  expect(await status(origin, '/', { cookie })).toBe(200)
  const token = cookie.split('=')[1]
  const entered = await fetch(`${origin}/?token=${token}`, { redirect: 'manual' })
  expect(entered.headers.get('set-cookie')).toMatch(/HttpOnly; SameSite=Strict; Path=\//)
  expect(entered.headers.get('location')).toBe('/')
})

it('says in both languages why a stranger is refused', async () => {
  const { origin } = await browserDoor(await freshFolder())
  const refused = await (await fetch(origin)).text()
  expect(refused).toContain('Open the link')
  expect(refused).toContain('没有读取或更改任何内容')
})

it('refuses foreign Host and Origin headers, even with the token', async () => {
  const { origin, cookie } = await browserDoor(await freshFolder())
  const { port } = new URL(origin)
  for (const host of ['evil.example', `evil.example:${port}`, `localhost:${port}`, '127.0.0.1']) {
    expect(await status(origin, '/', { cookie, host })).toBe(403)
  }
  for (const foreign of ['null', 'http://evil.example', `http://localhost:${port}`, `${origin}0`]) {
    expect(await status(origin, '/', { cookie, origin: foreign })).toBe(403)
    expect(await status(origin, '/host/about', { cookie, origin: foreign }, 'POST')).toBe(403)
  }
  expect(await status(origin, '/host/about', { cookie }, 'POST')).toBe(403)
  expect(await status(origin, '/host/about', { cookie, origin }, 'POST')).toBe(200)
  expect(await status(origin, '/', { cookie, 'sec-fetch-site': 'cross-site' })).toBe(403)
})

it('answers calls by POST only, and other methods not at all', async () => {
  const { origin, cookie } = await browserDoor(await freshFolder())
  for (const method of ['PUT', 'DELETE', 'OPTIONS', 'PATCH']) {
    expect(await status(origin, '/', { cookie, origin }, method)).toBe(403)
  }
  expect(await status(origin, '/host/about', { cookie, origin })).toBe(404)
})

it('serves its own files and nothing beside them, however the path is spelled', async () => {
  const folder = await freshFolder()
  const { origin, cookie } = await browserDoor(folder)
  await writeFile(join(folder, 'secret.html'), 'secret')
  expect(await status(origin, '/assets/app.js', { cookie })).toBe(200)
  for (const path of [
    '/../secret.html',
    '/..%2fsecret.html',
    '/%2e%2e/secret.html',
    '/assets/..%5c..%5csecret.html',
    '//etc/passwd',
    '/assets/app.js%00',
    '/assets',
    '/written/x/y',
    '/written/x/%2e%2e%2fy',
  ]) {
    expect(await status(origin, path, { cookie })).toBe(404)
  }
})

it('sends the same headers with everything, and lets nothing but its own files be kept', async () => {
  const { origin, cookie } = await browserDoor(await freshFolder())
  const own = { cookie, origin }
  const asked: [string, RequestInit, number, string][] = [
    ['/', { headers: { cookie } }, 200, 'no-store'],
    ['/', { headers: { cookie }, method: 'HEAD' }, 200, 'no-store'],
    ['/?project=01h', { headers: { cookie } }, 200, 'no-store'],
    ['/assets/app.js', { headers: { cookie } }, 200, 'max-age=31536000, immutable'],
    ['/none', { headers: { cookie } }, 404, 'no-store'],
    ['/written/a/b', { headers: { cookie } }, 404, 'no-store'],
    ['/host/about', { headers: own, method: 'POST', body: encodeWire([]) }, 200, 'no-store'],
    ['/host/about', { headers: own, method: 'POST', body: 'x' }, 200, 'no-store'],
    [`/?token=${cookie.split('=')[1]}`, { redirect: 'manual' }, 303, 'no-store'],
    ['/?token=x', {}, 403, 'no-store'],
    ['/alive?x', {}, 200, 'no-store'],
    ['/', {}, 403, 'no-store'],
    ['/host/about', { method: 'POST' }, 403, 'no-store'],
    ['/', { headers: own, method: 'DELETE' }, 403, 'no-store'],
  ]
  for (const [path, options, status, cache] of asked) {
    const reply = await fetch(origin + path, options)
    const sent = Object.keys(PAGE_HEADERS).map(name => [name, reply.headers.get(name)])
    expect([path, reply.status, reply.headers.get('cache-control')]).toEqual([path, status, cache])
    expect([path, Object.fromEntries(sent)]).toEqual([path, PAGE_HEADERS])
    const leaky = ['access-control-allow-origin', 'server', 'x-powered-by', 'etag']
    expect(leaky.filter(name => reply.headers.has(name))).toEqual([])
    await reply.arrayBuffer()
  }
})

it('goes on answering while others dawdle, and closes without waiting for them', async () => {
  const folder = await freshFolder()
  const { origin, cookie } = await browserDoor(folder)
  const port = Number(new URL(origin).port)
  const dawdlers = Array.from({ length: 60 }, (_, i) => {
    const socket = connect(port, '127.0.0.1')
    socket.on('error', () => {})
    socket.write(
      i % 2 === 0
        ? `GET / HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nX-Slow: `
        : `POST /host/about HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nCookie: ${cookie}\r\n` +
            `Origin: ${origin}\r\nContent-Length: 1000\r\n\r\nx`,
    )
    onTestFinished(() => void socket.destroy())
    return socket
  })
  await Promise.all(dawdlers.map(socket => once(socket, 'connect')))
  for (let i = 0; i < 5; i++) expect(await status(origin, '/', { cookie })).toBe(200)
})

it('does not tell its token to a stranger that says it is the running copy', async () => {
  const folder = await freshFolder()
  await mkdir(join(folder, 'page'))
  const heard: string[] = []
  const impostor = createServer((request, response) => {
    heard.push(`${request.url} ${JSON.stringify(request.headers)}`)
    response.end('0'.repeat(64))
  }).listen(0, '127.0.0.1')
  await once(impostor, 'listening')
  onTestFinished(() => void impostor.close())
  const { port } = impostor.address() as { port: number }
  const url = `http://127.0.0.1:${port}/?token=x`
  await writeFile(join(folder, 'running.json'), JSON.stringify({ pid: 1, url }))
  const serving = await serve({
    dataFolder: folder,
    home: folder,
    pageFolder: join(folder, 'page'),
    version: '0',
    threadFile: null,
    port: null,
  })
  onTestFinished(() => serving.close())
  expect(serving.isOther).toBe(false)
  const token = new URL(serving.url).searchParams.get('token')!
  expect(heard.join()).toContain('/alive?')
  expect(heard.join()).not.toContain(token)
})

it('keeps its token where only its owner can read it', async () => {
  const folder = await freshFolder()
  await browserDoor(folder)
  for (const name of ['token', 'running.json']) {
    const { mode } = await stat(join(folder, 'data', name))
    if (process.platform !== 'win32') expect([name, mode & 0o077]).toEqual([name, 0])
  }
})

it('listens on this machine only', async () => {
  const { origin } = await browserDoor(await freshFolder())
  const { port } = new URL(origin)
  const others = Object.values(networkInterfaces())
    .flatMap(each => each ?? [])
    .filter(({ internal, family }) => !internal && family === 'IPv4')
  for (const { address } of others) {
    const socket = connect(Number(port), address)
    const [error] = await once(socket, 'error')
    expect(error).toMatchObject({ code: 'ECONNREFUSED' })
  }
})

it('lets a link from elsewhere open the page in a window of its own, and in nothing else', async () => {
  const { origin, cookie } = await browserDoor(await freshFolder())
  const from = (site: string, mode: string, dest: string) =>
    status(origin, '/', {
      cookie,
      'sec-fetch-site': site,
      'sec-fetch-mode': mode,
      'sec-fetch-dest': dest,
    })
  expect(await from('cross-site', 'navigate', 'document')).toBe(200)
  expect(await from('same-site', 'navigate', 'document')).toBe(200)
  for (const dest of ['iframe', 'frame', 'embed', 'object', 'image', 'script', 'empty']) {
    expect([dest, await from('same-site', 'navigate', dest)]).toEqual([dest, 403])
    expect([dest, await from('same-site', 'no-cors', dest)]).toEqual([dest, 403])
  }
})

it('takes a free port when the usual ones are taken, and says so when it may not choose', async () => {
  const folder = await freshFolder()
  await mkdir(join(folder, 'page'))
  const blocker = createServer().listen(0, '127.0.0.1')
  await once(blocker, 'listening')
  onTestFinished(() => void blocker.close())
  const { port } = blocker.address() as { port: number }
  const options = { home: folder, pageFolder: join(folder, 'page'), version: '0', threadFile: null }
  await expect(serve({ ...options, dataFolder: join(folder, 'a'), port })).rejects.toMatchObject({
    code: 'EADDRINUSE',
  })
  const first = await serve({ ...options, dataFolder: join(folder, 'b'), port: null })
  const second = await serve({ ...options, dataFolder: join(folder, 'c'), port: null })
  onTestFinished(() => first.close())
  onTestFinished(() => second.close())
  expect(new URL(first.url).port).not.toBe(new URL(second.url).port)
})

it('finds the copy that serves the same folder already, and after a crash serves itself', async () => {
  const folder = await freshFolder()
  await mkdir(join(folder, 'page'))
  const options = {
    home: folder,
    pageFolder: join(folder, 'page'),
    version: '0',
    threadFile: null,
    port: null,
  }
  const dataFolder = join(folder, 'data')
  const first = await serve({ ...options, dataFolder })
  const second = await serve({ ...options, dataFolder })
  expect(second).toMatchObject({ isOther: true, url: first.url })
  await second.close()
  expect((await fetch(first.url, { redirect: 'manual' })).status).toBe(303)
  await first.close()
  await writeFile(join(dataFolder, 'running.json'), JSON.stringify({ pid: 1, url: first.url }))
  const third = await serve({ ...options, dataFolder })
  onTestFinished(() => third.close())
  expect(third.isOther).toBe(false)
})

it('keeps its token over a restart, so that an open page can go on', async () => {
  const folder = await freshFolder()
  await mkdir(join(folder, 'page'))
  const options = {
    home: folder,
    pageFolder: join(folder, 'page'),
    version: '0',
    threadFile: null,
    port: null,
  }
  const first = await serve({ ...options, dataFolder: folder })
  await first.close()
  const second = await serve({ ...options, dataFolder: folder })
  onTestFinished(() => second.close())
  expect(new URL(second.url).search).toBe(new URL(first.url).search)
})

it('refuses a call that is too large, without reading it to its end', async () => {
  const { origin, cookie } = await browserDoor(await freshFolder())
  const { port } = new URL(origin)
  const chunk = Buffer.alloc(8 * 1024 * 1024)
  const chunks = 24
  let sent = 0
  const ending = await new Promise<number | string | undefined>(resolve => {
    const sending = request(
      {
        hostname: '127.0.0.1',
        port,
        path: '/host/about',
        method: 'POST',
        headers: { cookie, origin, host: `127.0.0.1:${port}` },
      },
      reply => resolve(reply.statusCode),
    )
    sending.on('error', (error: NodeJS.ErrnoException) => resolve(error.code))
    const send = () => {
      if (sent === chunks) return void sending.end()
      sending.write(chunk, error => {
        if (error) return
        sent++
        send()
      })
    }
    send()
  })
  // The answer, or where the server hung up while this side was still sending, the broken line.
  expect([413, 'ECONNRESET', 'EPIPE']).toContain(ending)
  expect(sent).toBeLessThan(chunks)
  expect(await status(origin, '/', { cookie })).toBe(200)
})

it('is locked out of a project that another process has open, until that process dies', async () => {
  const folder = await freshFolder()
  const script = `
    import { writeFileSync, readFileSync } from 'node:fs'
    import { hostname } from 'node:os'
    const read = path => { try { return readFileSync(path, 'utf8').trim() } catch { return '' } }
    const started = read('/proc/self/stat').replace(/^.*\\) /s, '').split(' ')[19] ?? ''
    writeFileSync(process.argv[1], JSON.stringify({ nonce: 'n', machine: hostname(),
      boot: read('/proc/sys/kernel/random/boot_id'), pid: process.pid, started }))
    console.log('ready')
    setInterval(() => {}, 1000)`
  const { host, home } = await browserDoor(folder)
  const about = await host.about()
  const { id } = await host.createProject({ name: 'P', coderName: 'A', place: about.home.token })
  const lock = join(home, 'P/lock')
  const holder = spawn(process.execPath, ['--input-type=module', '-e', script, lock])
  await once(holder.stdout, 'data')
  const open = () => host.openProject(id, { clientId: 'c', takeOver: true })
  await expect(open()).rejects.toMatchObject({ reason: 'locked', details: { pid: holder.pid } })
  await expect(host.trashProject(id)).rejects.toMatchObject({ reason: 'locked' })
  await expect(host.renameProject(id, 'Q')).rejects.toMatchObject({ reason: 'locked' })
  holder.kill('SIGKILL')
  await once(holder, 'exit')
  expect((await open()).lastSeq).toBe(1)
})

it.each([
  ['of a process that has the number of a dead one', { pid: process.pid, started: 'earlier' }],
  ['from before the machine was restarted', { boot: 'another boot' }],
  ['that was never finished', null],
])('takes over a lock %s', async (_name, holder) => {
  const { hostname } = await import('node:os')
  const { host, home } = await browserDoor(await freshFolder())
  const about = await host.about()
  const { id } = await host.createProject({ name: 'P', coderName: 'A', place: about.home.token })
  const dead = {
    nonce: 'n',
    machine: hostname(),
    boot: '',
    pid: process.pid,
    started: 'x',
    ...holder,
  }
  await writeFile(join(home, 'P/lock'), holder ? JSON.stringify(dead) : '{"nonce"')
  expect((await host.openProject(id, { clientId: 'c', takeOver: false })).lastSeq).toBe(1)
})

it('believes a lock from another machine while it shows signs of life', async () => {
  const { utimes } = await import('node:fs/promises')
  const { host, home } = await browserDoor(await freshFolder())
  const about = await host.about()
  const { id } = await host.createProject({ name: 'P', coderName: 'A', place: about.home.token })
  const far = { nonce: 'n', machine: 'elsewhere', boot: 'b', pid: 1, started: '1' }
  const lock = join(home, 'P/lock')
  await writeFile(lock, JSON.stringify(far))
  const open = () => host.openProject(id, { clientId: 'c', takeOver: false })
  await expect(open()).rejects.toMatchObject({ reason: 'locked' })
  await utimes(lock, new Date(0), new Date(0))
  expect((await open()).lastSeq).toBe(1)
})

/** The status of a raw request: `fetch` would tidy paths and refuse some headers. */
function status(
  origin: string,
  path: string,
  headers: Record<string, string> = {},
  method = 'GET',
): Promise<number> {
  const { port } = new URL(origin)
  return new Promise((resolve, reject) => {
    const options = { port, path, method, headers: { host: `127.0.0.1:${port}`, ...headers } }
    const sending = request({ hostname: '127.0.0.1', ...options }, reply => {
      reply.resume()
      resolve(reply.statusCode ?? 0)
    })
    sending.on('error', reject)
    sending.end()
  })
}
