import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import ts from 'typescript'

// Reads source as a tree and lists what can let something in. A finding is not a fault: it is a
// place that a person has to have looked at.

/** One place in the source that a rule points at. */
export interface Finding {
  readonly file: string
  readonly rule: string
  /** The code found, on one line, cut at sixty characters; of an import, the module. */
  readonly code: string
}

/** Every source file that is part of the program. */
export function programFiles(): string[] {
  return ['electron', 'renderer', 'shared'].flatMap(root =>
    readdirSync(root, { recursive: true, encoding: 'utf8' })
      .map(path => join(root, path))
      .filter(path => /\.(tsx?|mjs)$/.test(path) && !path.endsWith('.d.ts')),
  )
}

/** What the rules point at in one file. */
export function scanFile(file: string): Finding[] {
  return scanSource(file, readFileSync(file, 'utf8'))
}

/** What the rules point at in that source, in the order in which it stands there. */
export function scanSource(file: string, source: string): Finding[] {
  const tree = ts.createSourceFile(file, source, ts.ScriptTarget.Latest, true)
  const findings: Finding[] = []
  const visit = (node: ts.Node): void => {
    for (const rule of rulesOn(node, file)) {
      const text = ts.isImportDeclaration(node) ? node.moduleSpecifier : node
      const code = text.getText(tree).replace(/\s+/g, ' ').slice(0, 60)
      findings.push({ file, rule, code })
    }
    ts.forEachChild(node, visit)
  }
  visit(tree)
  return findings
}

/** Window preferences by the only value that is safe without a second look. */
const SAFE_PREFERENCES: Readonly<Record<string, string>> = {
  allowRunningInsecureContent: 'false',
  contextIsolation: 'true',
  disableBlinkFeatures: 'undefined',
  disableWebSecurity: 'false',
  enableBlinkFeatures: 'undefined',
  experimentalFeatures: 'false',
  navigateOnDragDrop: 'false',
  nodeIntegration: 'false',
  nodeIntegrationInSubFrames: 'false',
  nodeIntegrationInWorker: 'false',
  plugins: 'false',
  safeDialogs: 'true',
  sandbox: 'true',
  webSecurity: 'true',
  webviewTag: 'false',
}

const RISKY_CALLS: Readonly<Record<string, string>> = {
  appendArgument: 'a switch for Chromium',
  appendSwitch: 'a switch for Chromium',
  createContextualFragment: 'markup from text',
  createPolicy: 'a Trusted Types policy',
  eval: 'code from text',
  executeJavaScript: 'code into a page',
  executeJavaScriptInIsolatedWorld: 'code into a page',
  exposeInIsolatedWorld: 'something for the page',
  exposeInMainWorld: 'something for the page',
  importScripts: 'code from an address',
  insertAdjacentHTML: 'markup from text',
  insertCSS: 'style into a page',
  loadExtension: 'an extension',
  loadFile: 'a page from an address',
  loadURL: 'a page from an address',
  openExternal: 'a hand-over to another program',
  openPath: 'a hand-over to another program',
  parseHTMLUnsafe: 'markup from text',
  registerPreloadScript: 'code into a page',
  sendBeacon: 'a request',
  setCertificateVerifyProc: 'certificates',
  setHTMLUnsafe: 'markup from text',
  showItemInFolder: 'a hand-over to another program',
  trashItem: 'a hand-over to another program',
}

const RISKY_CLASSES: Readonly<Record<string, string>> = {
  AsyncFunction: 'code from text',
  BroadcastChannel: 'messages between windows',
  BrowserView: 'a page',
  BrowserWindow: 'a page',
  EventSource: 'a request',
  Function: 'code from text',
  RTCPeerConnection: 'a request',
  SharedWorker: 'a worker',
  WebContentsView: 'a page',
  WebSocket: 'a request',
  WebTransport: 'a request',
  Worker: 'a worker',
  XMLHttpRequest: 'a request',
}

const RISKY_PROPERTIES: Readonly<Record<string, string>> = {
  innerHTML: 'markup from text',
  outerHTML: 'markup from text',
  srcdoc: 'markup from text',
  cookie: 'cookies',
}

/** Modules of Node that reach beyond files of our own; `fs` counts in the doors, not in the host. */
const RISKY_MODULES =
  /^(node:)?(child_process|cluster|dgram|dns|http|http2|https|inspector|module|net|repl|tls|v8|vm|worker_threads)(\/|$)/

function* rulesOn(node: ts.Node, file: string): Generator<string> {
  const isProperty = ts.isPropertyAssignment(node) || ts.isShorthandPropertyAssignment(node)
  if (isProperty && file.startsWith('electron/')) {
    const safe = SAFE_PREFERENCES[node.name.getText()]
    const value = ts.isPropertyAssignment(node) ? node.initializer.getText() : ''
    if (
      safe !== undefined &&
      Object.hasOwn(SAFE_PREFERENCES, node.name.getText()) &&
      value !== safe
    )
      yield 'preference'
  }
  if (ts.isCallExpression(node)) yield* rulesOnCall(node, file)
  if (ts.isNewExpression(node)) {
    const name = nameOf(node.expression)
    if (Object.hasOwn(RISKY_CLASSES, name)) yield RISKY_CLASSES[name]!
    if (name === 'RegExp' && !isText(node.arguments?.[0])) yield 'a pattern from a variable'
  }
  if (ts.isImportDeclaration(node) && !node.importClause?.isTypeOnly) {
    const module = (node.moduleSpecifier as ts.StringLiteral).text
    if (RISKY_MODULES.test(module)) yield 'a module that reaches out'
    if (module === 'electron') yield 'Electron at run time'
    if (/^node:fs/.test(module) && /^electron\/[^/]+\.tsx?$/.test(file)) yield 'files in a door'
    if (/^[a-z]+:\/\//.test(module)) yield 'an address'
  }
  if (ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.EqualsToken) {
    const name = nameOf(node.left)
    if (Object.hasOwn(RISKY_PROPERTIES, name)) yield RISKY_PROPERTIES[name]!
    if (/(^|\.)location(\.href)?$/.test(node.left.getText())) yield 'navigation'
  }
  if (ts.isPropertyAccessExpression(node) && node.getText() === 'document.cookie') yield 'cookies'
  if (ts.isJsxAttribute(node)) {
    const name = node.name.getText()
    if (name === 'dangerouslySetInnerHTML' || name === 'srcDoc') yield 'markup from text'
    if (name === 'target' && !/rel="[^"]*noopener/.test(node.parent.getText())) {
      yield 'a window that knows its opener'
    }
  }
  if (ts.isJsxOpeningElement(node) || ts.isJsxSelfClosingElement(node)) {
    if (/^(iframe|webview|object|embed|script|base|meta|form)$/.test(node.tagName.getText())) {
      yield 'an element that reaches out'
    }
  }
  if ((ts.isStringLiteralLike(node) || ts.isTemplateHead(node)) && !isImported(node)) {
    if (/(^|[\s"'(])(https?|wss?|ftp|file|devtools|chrome):\/\//.test(node.text)) yield 'an address'
    if (/javascript:|data:text\/html/i.test(node.text)) yield 'an address'
  }
}

function* rulesOnCall(node: ts.CallExpression, file: string): Generator<string> {
  const name = nameOf(node.expression)
  const owner = ts.isPropertyAccessExpression(node.expression)
    ? node.expression.expression.getText()
    : ''
  if (Object.hasOwn(RISKY_CALLS, name)) yield RISKY_CALLS[name]!
  if (name === 'Function') yield 'code from text'
  if (owner === 'document' && /^write(ln)?$/.test(name)) yield 'markup from text'
  if (/^ipc(Main|Renderer)$/.test(owner)) yield 'a message between page and main process'
  if (/^set(Timeout|Interval)$/.test(name) && isText(node.arguments[0])) yield 'code from text'
  if (
    name === 'postMessage' &&
    node.arguments.some(each => /^['"`]\*['"`]$/.test(each.getText()))
  ) {
    yield 'a message to anyone'
  }
  if (name === 'open' && /^(window|globalThis|self)$/.test(owner)) yield 'navigation'
  if (/(^|\.)location$/.test(owner) && /^(assign|replace)$/.test(name)) yield 'navigation'
  if (name === 'fetch' && (owner === '' || owner === 'window')) yield 'a request'
  if (name === 'RegExp' && !isText(node.arguments[0])) yield 'a pattern from a variable'
  if (node.expression.kind === ts.SyntaxKind.ImportKeyword && !isText(node.arguments[0])) {
    yield 'code from an address'
  }
  if (/^(join|resolve)$/.test(name) && file.startsWith('electron')) {
    if (
      node.arguments.some(each => /\b(request|url|pathname|body|headers)\b/i.test(each.getText()))
    )
      yield 'a path from a request'
  }
  if (owner === 'console' && !node.arguments.every(isText)) yield 'something in the log'
}

function nameOf(node: ts.Expression): string {
  if (ts.isPropertyAccessExpression(node)) return node.name.text
  return ts.isIdentifier(node) ? node.text : ''
}

/** Whether it is text that stands in the source as it is. */
function isText(node: ts.Expression | undefined): boolean {
  return node !== undefined && (ts.isStringLiteralLike(node) || ts.isRegularExpressionLiteral(node))
}

function isImported(node: ts.Node): boolean {
  return ts.isImportDeclaration(node.parent) || ts.isExportDeclaration(node.parent)
}
