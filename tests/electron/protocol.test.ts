import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { type Asset, CONTENT_POLICY, PAGE_HEADERS, readAssets } from '../../electron/assets'
import {
  APP_ORIGIN,
  APP_SCHEME,
  answerAsset,
  FIRST_PAGE,
  isOwnAddress,
  pageAddress,
  SAFE_PAGE,
} from '../../electron/protocol'
import { databaseName } from '../../renderer/data/database'
import type { ProjectId } from '../../shared/domain/id'
import { freshFolder } from '../support/folder'

it('keeps the origin and the database names under which working copies are found', () => {
  expect(APP_ORIGIN).toBe('app://main')
  expect(APP_SCHEME).toEqual({
    scheme: 'app',
    privileges: { standard: true, secure: true, supportFetchAPI: true, stream: true },
  })
  expect(databaseName('01h' as ProjectId)).toBe('codicil-01h-2')
})

it('answers its own files with their type and the content policy', async () => {
  const assets = await page()
  for (const path of ['/', '/index.html', '/?a=1', '/#there', '/assets/../index.html']) {
    const answer = answerAsset(assets, new Request(`app://main${path}`))
    expect(answer.status).toBe(200)
    expect(answer.headers.get('content-type')).toBe('text/html; charset=utf-8')
    expect(answer.headers.get('content-security-policy')).toBe(CONTENT_POLICY)
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff')
    expect(await answer.text()).toBe('<!doctype html>')
  }
  const head = answerAsset(assets, new Request('app://main/', { method: 'HEAD' }))
  expect([head.status, await head.text()]).toEqual([200, ''])
})

it('leads nowhere else, however a path is spelled', async () => {
  const assets = await page()
  const paths = [
    '/../secret.html',
    '/..%2fsecret.html',
    '/..%2f..%2f..%2fetc/passwd',
    '/%2e%2e/secret.html',
    '/%2e%2e%2fsecret.html',
    '/..%5csecret.html',
    '/..\\secret.html',
    '/assets/..%2f..%2fsecret.html',
    '/index.html%00',
    '/index.html%00.js',
    '/index.html/',
    '//index.html',
    '/INDEX.HTML',
    '/index%2ehtml',
    '/secret.html',
    '/.hidden',
    '/assets',
    '/assets/',
    '/C:/Windows/win.ini',
    '/__proto__',
    '/constructor',
    '/etc/passwd',
  ]
  for (const path of paths) {
    const answer = answerAsset(assets, new Request(`app://main${path}`))
    expect([path, answer.status, await answer.text()]).toEqual([path, 404, ''])
  }
})

it('answers no other host, scheme or method', async () => {
  const assets = await page()
  for (const address of ['app://other/', 'app://main.evil/', 'app://main:1/', 'http://main/']) {
    expect(answerAsset(assets, new Request(address)).status).toBe(404)
  }
  for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS', 'PATCH']) {
    expect(answerAsset(assets, new Request('app://main/', { method })).status).toBe(405)
  }
})

it.each([
  ['app://main/', 'app://main/'],
  ['app://main/index.html', 'app://main/'],
  ['app://main/?safe=1', 'app://main/?safe=1'],
  ['app://main/?project=01HZ_x-y', 'app://main/?project=01HZ_x-y'],
  [
    'app://main/index.html?project=01h&snapshot=00000012',
    'app://main/?project=01h&snapshot=00000012',
  ],
  ['app://main', null],
  ['app://main/?', null],
  ['app://main/?safe=2', null],
  ['app://main/?safe=1&project=a', null],
  ['app://main/?project=', null],
  [`app://main/?project=${'a'.repeat(65)}`, null],
  ['app://main/?project=a%2fb', null],
  ['app://main/?project=../x', null],
  ['app://main/?project=a&snapshot=1', null],
  ['app://main/?snapshot=00000012', null],
  ['app://main/?project=a&snapshot=00000012&x=1', null],
  ['app://main/?project=a\n', null],
  ['app://main/?project=a#x', null],
  ['app://main/?token=a', null],
  ['app://main/assets/app.js', null],
  [' app://main/', null],
  ['app://main\\', null],
  ['app://main/%2e', null],
])('takes %j for the page %j', (address, page) => {
  expect(pageAddress(address)).toBe(page)
})

it('knows its own first and safe page', () => {
  expect([pageAddress(FIRST_PAGE), pageAddress(SAFE_PAGE)]).toEqual([FIRST_PAGE, SAFE_PAGE])
})

it('tells its own addresses from all others', () => {
  for (const own of ['app://main/', 'app://main/a.js', 'blob:app://main/1', 'data:image/png,x']) {
    expect([own, isOwnAddress(own)]).toEqual([own, true])
  }
  const foreign = [
    'app://main.evil/',
    'app://evil/',
    'app://main',
    'http://app://main/',
    'https://example.org/',
    'ws://127.0.0.1/',
    'file:///etc/passwd',
    'data:text/html,x',
    'blob:https://example.org/1',
    'devtools://devtools/',
    'javascript:1',
    'about:blank',
    '',
  ]
  for (const address of foreign) {
    expect([address, isOwnAddress(address)]).toEqual([address, false])
  }
})

it('sends the same headers with everything, refusals included', async () => {
  const assets = await page()
  const answers = [
    answerAsset(assets, new Request('app://main/')),
    answerAsset(assets, new Request('app://main/', { method: 'HEAD' })),
    answerAsset(assets, new Request('app://main/', { method: 'POST' })),
    answerAsset(assets, new Request('app://main/none')),
    answerAsset(assets, new Request('app://other/')),
  ]
  for (const { headers } of answers) {
    for (const [name, value] of Object.entries(PAGE_HEADERS)) {
      expect([name, headers.get(name)]).toEqual([name, value])
    }
  }
})

it('sends these headers, and no others are forgotten', () => {
  const { 'permissions-policy': permissions, ...others } = PAGE_HEADERS
  expect(others).toEqual({
    'content-security-policy': CONTENT_POLICY,
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'origin-agent-cluster': '?1',
    'x-dns-prefetch-control': 'off',
  })
  for (const feature of ['camera', 'microphone', 'geolocation', 'clipboard-read', 'usb', 'midi']) {
    expect(permissions).toContain(`${feature}=()`)
  }
  expect(permissions).not.toMatch(/=\((?!\))|\*/)
})

it('forbids the page scripts, frames and addresses that are not its own', () => {
  const rules = new Map(
    CONTENT_POLICY.split('; ').map(rule => [
      rule.split(' ')[0],
      rule.split(' ').slice(1).join(' '),
    ]),
  )
  expect(rules.get('default-src')).toBe("'none'")
  expect(rules.get('script-src')).toBe("'self'")
  expect(rules.get('connect-src')).toBe("'self'")
  for (const none of ['frame-src', 'object-src', 'base-uri', 'form-action', 'frame-ancestors']) {
    expect([none, rules.get(none)]).toEqual([none, "'none'"])
  }
  expect(rules.get('require-trusted-types-for')).toBe("'script'")
  expect(CONTENT_POLICY).not.toMatch(/unsafe-eval|http|\*/)
})

/** A page of two files, with a secret beside it and a file of no known type in it. */
async function page(): Promise<ReadonlyMap<string, Asset>> {
  const folder = await freshFolder()
  await mkdir(join(folder, 'page/assets'), { recursive: true })
  await writeFile(join(folder, 'secret.html'), 'secret')
  await writeFile(join(folder, 'page/index.html'), '<!doctype html>')
  await writeFile(join(folder, 'page/assets/app.js'), 'export {}')
  await writeFile(join(folder, 'page/.hidden'), 'secret')
  const assets = await readAssets(join(folder, 'page'))
  expect([...assets.keys()].sort()).toEqual(['/assets/app.js', '/index.html'])
  return assets
}
