import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { type Finding, programFiles, scanFile, scanSource } from './scan'

// `scan-baseline.json` lists every place that the scan points at and that a person has looked at.
// A new finding fails until it stands there with its reason, and so does an entry that is gone.

const REVIEWED = JSON.parse(
  readFileSync(join(import.meta.dirname, 'scan-baseline.json'), 'utf8'),
) as (Finding & { why: string })[]

it('finds nothing in the program that nobody has looked at, and nothing looked at that is gone', () => {
  const lineOf = ({ file, rule, code }: Finding) => `${file} · ${rule} · ${code}`
  const found = new Set(programFiles().flatMap(scanFile).map(lineOf))
  const reviewed = new Set(REVIEWED.map(lineOf))
  expect({
    'new: look at it, then put it into scan-baseline.json with its reason': [...found].filter(
      line => !reviewed.has(line),
    ),
    'gone: take it out of scan-baseline.json': [...reviewed].filter(line => !found.has(line)),
  }).toEqual({
    'new: look at it, then put it into scan-baseline.json with its reason': [],
    'gone: take it out of scan-baseline.json': [],
  })
})

it('has a reason for each', () => {
  expect(REVIEWED.filter(({ why }) => why.length < 15)).toEqual([])
})

it.each([
  ['webPreferences: { nodeIntegration: true }', 'preference'],
  ['webPreferences: { webSecurity: false }', 'preference'],
  ['webPreferences: { sandbox }', 'preference'],
  ['webPreferences: { allowRunningInsecureContent: true }', 'preference'],
  ['webPreferences: { experimentalFeatures: yes }', 'preference'],
  ["webPreferences: { enableBlinkFeatures: 'X' }", 'preference'],
  ['webPreferences: { webviewTag: true }', 'preference'],
])('points at the preference %s', (source, rule) => {
  expect(rulesIn(`const a = { ${source} }`)).toContain(rule)
})

it.each([
  ['shell.openExternal(url)', 'a hand-over to another program'],
  ['window.webContents.executeJavaScript(code)', 'code into a page'],
  ['contents.insertCSS(css)', 'style into a page'],
  ['element.innerHTML = text', 'markup from text'],
  ['element.outerHTML = text', 'markup from text'],
  ["element.insertAdjacentHTML('beforeend', text)", 'markup from text'],
  ['document.write(text)', 'markup from text'],
  ['const a = <p dangerouslySetInnerHTML={{ __html: text }} />', 'markup from text'],
  ['const a = <iframe srcDoc={text} />', 'markup from text'],
  ['eval(text)', 'code from text'],
  ["new Function('a', text)", 'code from text'],
  ["setTimeout('go()', 1)", 'code from text'],
  ["import { exec } from 'node:child_process'", 'a module that reaches out'],
  ["import { exec } from 'child_process'", 'a module that reaches out'],
  ["import { get } from 'node:https'", 'a module that reaches out'],
  ["import { shell } from 'electron'", 'Electron at run time'],
  ["import { readFile } from 'node:fs/promises'", 'files in a door'],
  ["fetch('https://example.org/')", 'an address'],
  // biome-ignore lint/suspicious/noTemplateCurlyInString: it is source
  ['fetch(`http://${host}/`)', 'an address'],
  ["new WebSocket('wss://example.org/')", 'a request'],
  ["const a = 'file:///etc/passwd'", 'an address'],
  ["const a = 'javascript:go()'", 'an address'],
  ["parent.postMessage(secret, '*')", 'a message to anyone'],
  ['const a = <a target="_blank" href={x}>x</a>', 'a window that knows its opener'],
  ['location.href = address', 'navigation'],
  ['window.location.assign(address)', 'navigation'],
  ['window.open(address)', 'navigation'],
  ['console.log(report.text)', 'something in the log'],
  ['join(folder, request.url)', 'a path from a request'],
  ['new RegExp(typed)', 'a pattern from a variable'],
  ["app.commandLine.appendSwitch('no-sandbox')", 'a switch for Chromium'],
  ["contextBridge.exposeInMainWorld('api', api)", 'something for the page'],
  ["ipcRenderer.on('x', go)", 'a message between page and main process'],
  ['new BrowserWindow({})', 'a page'],
  ['import(name)', 'code from an address'],
  ["trustedTypes.createPolicy('default', rules)", 'a Trusted Types policy'],
  ['document.cookie', 'cookies'],
])('points at %s', (source, rule) => {
  expect(rulesIn(source)).toContain(rule)
})

it.each([
  '// https://example.org/ and eval(text)',
  "const a = 'innerHTML'",
  'const a = { webSecurity: true, nodeIntegration: false, sandbox: true }',
  "import type { Session } from 'electron'",
  'const a = <a target="_blank" rel="noopener" href="/">x</a>',
  "console.error('Codicil could not start')",
  "join(folder, 'journal')",
  'setTimeout(() => go(), 1)',
  "new RegExp('a+')",
])('has nothing to say about %s', source => {
  expect(rulesIn(source)).toEqual([])
})

function rulesIn(source: string): string[] {
  return scanSource('electron/probe.tsx', source).map(({ rule }) => rule)
}
