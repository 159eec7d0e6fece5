import { createRequire } from 'node:module'
import { dirname, join, sep } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { PdfLibrary } from '../shared/extract/pdf'
import { type PdfJs, pdfLibraryOf } from '../shared/extract/pdf-open'

// pdf.js in Node: its build for older engines, which still expects a few things that Node 20 does
// not have, and a canvas, which reading text never touches.

let loading: Promise<PdfLibrary> | null = null

/** Loads the library at the first call; the tables of characters are read from its own folder. */
export function loadPdfLibrary(): Promise<PdfLibrary> {
  loading ??= load()
  return loading
}

async function load(): Promise<PdfLibrary> {
  prepareGlobals()
  const require = createRequire(import.meta.url)
  const folder = dirname(require.resolve('pdfjs-dist/package.json'))
  const build = join(folder, 'legacy', 'build')
  const pdfjs = (await quietly(() => import(addressOf(join(build, 'pdf.mjs'))))) as PdfJs
  return pdfLibraryOf(pdfjs, {
    parameters: {
      cMapUrl: `${join(folder, 'cmaps')}${sep}`,
      standardFontDataUrl: `${join(folder, 'standard_fonts')}${sep}`,
    },
    // The library works in this very thread here: there is nothing beside it to end.
    abandon: () => {},
    after: ms => {
      let timer: ReturnType<typeof setTimeout> | undefined
      const passed = new Promise<void>(resolve => {
        timer = setTimeout(resolve, ms)
      })
      return { passed, cancel: () => clearTimeout(timer) }
    },
  })
}

function addressOf(path: string): string {
  return pathToFileURL(path).href
}

/** The library warns on loading that it has no canvas. It needs none, so nobody should read of it. */
async function quietly<T>(load: () => Promise<T>): Promise<T> {
  const { warn, log } = console
  console.warn = () => {}
  console.log = () => {}
  try {
    return await load()
  } finally {
    console.warn = warn
    console.log = log
  }
}

/** Gives Node 20 what later ones have, and stands in for drawing, which is never asked for. */
function prepareGlobals(): void {
  const missing: Record<string, unknown> = {
    DOMMatrix: class {},
    Path2D: class {},
    ImageData: class {},
  }
  for (const [name, value] of Object.entries(missing)) {
    if (!(name in globalThis)) {
      Object.defineProperty(globalThis, name, { value, configurable: true, writable: true })
    }
  }
  if (!('withResolvers' in Promise)) {
    Object.defineProperty(Promise, 'withResolvers', { value: withResolvers, configurable: true })
  }
  if (!('transferToFixedLength' in ArrayBuffer.prototype)) {
    Object.defineProperty(ArrayBuffer.prototype, 'transferToFixedLength', {
      value: copyOf,
      configurable: true,
    })
  }
}

function withResolvers<T>() {
  let resolve: (value: T | PromiseLike<T>) => void = () => {}
  let reject: (reason: unknown) => void = () => {}
  const promise = new Promise<T>((take, refuse) => {
    resolve = take
    reject = refuse
  })
  return { promise, resolve, reject }
}

function copyOf(this: ArrayBuffer, length = this.byteLength): ArrayBuffer {
  const copy = new ArrayBuffer(length)
  const bytes = new Uint8Array(this)
  new Uint8Array(copy).set(bytes.subarray(0, Math.min(length, bytes.length)))
  return copy
}
