import type { PdfDocument, PdfLibrary, PdfPage } from './pdf'
import {
  drawingOf,
  type Matrix,
  type PdfFontFacts,
  type PdfOperators,
  type PdfProgram,
} from './pdf-glyphs'

// The one place that knows pdf.js. It is handed the library, because a page and Node load
// different builds of it, and it never asks the library for anything that needs a canvas.

/** What is used of pdf.js. */
export interface PdfJs {
  readonly OPS: PdfOperators
  getDocument(source: Record<string, unknown>): PdfJsTask
}

interface PdfJsTask {
  readonly promise: Promise<PdfJsDocument>
  destroy(): Promise<void>
}

interface PdfJsDocument {
  readonly numPages: number
  getPage(number: number): Promise<PdfJsPage>
  getMetadata(): Promise<{ readonly info: object }>
  hasJSActions(): Promise<boolean>
}

interface PdfJsPage {
  readonly commonObjs: { has(id: string): boolean; get(id: string): unknown }
  getViewport(options: { scale: number }): {
    readonly width: number
    readonly height: number
    readonly transform: readonly number[]
  }
  getOperatorList(options: { annotationMode: number }): Promise<PdfProgram>
  cleanup(): boolean
}

/** What differs between a page and Node. */
export interface PdfSurroundings {
  /** Further parameters of `getDocument`: where its tables of characters come from. */
  readonly parameters: Readonly<Record<string, unknown>>
  /** Called when a document will not close, so that whatever hangs can be ended. */
  abandon(): void
  /** Resolves after so many milliseconds, unless it is cancelled. */
  after(ms: number): { readonly passed: Promise<void>; cancel(): void }
}

/** A library that reads PDF files through pdf.js. */
export function pdfLibraryOf(pdfjs: PdfJs, surroundings: PdfSurroundings): PdfLibrary {
  return {
    async open(bytes, { seconds }) {
      const until = Date.now() + seconds * 1000
      const inTime = <T>(work: Promise<T>) => within(work, { until, surroundings })
      // The library keeps the buffer that it is given, or gives it to its worker.
      const task = pdfjs.getDocument({
        ...SETTINGS,
        ...surroundings.parameters,
        data: bytes.slice(),
      })
      try {
        const opened = await inTime(task.promise)
        return documentOf(opened, { task, operators: pdfjs.OPS, inTime })
      } catch (error) {
        await close(task, surroundings)
        if (error instanceof TooSlowError) return 'too-slow'
        return nameOf(error) === 'PasswordException' ? 'encrypted' : 'damaged'
      }
    },
  }

  function documentOf(
    opened: PdfJsDocument,
    by: {
      readonly task: PdfJsTask
      readonly operators: PdfOperators
      inTime<T>(work: Promise<T>): Promise<T>
    },
  ): PdfDocument {
    return {
      pageCount: opened.numPages,
      properties: async () => propertiesOf((await by.inTime(opened.getMetadata())).info),
      hasScript: () => by.inTime(opened.hasJSActions()),
      page: async number => {
        const page = await by.inTime(opened.getPage(number))
        try {
          return await pageOf(page, by)
        } finally {
          page.cleanup()
        }
      },
      close: () => close(by.task, surroundings),
    }
  }
}

/** Thrown where the time that a document may take is over. */
export class TooSlowError extends Error {
  override name = 'TooSlowError'
}

async function pageOf(
  page: PdfJsPage,
  by: { readonly operators: PdfOperators; inTime<T>(work: Promise<T>): Promise<T> },
): Promise<PdfPage> {
  const { width, height, transform } = page.getViewport({ scale: 1 })
  const [a = 1, b = 0, c = 0, d = 1, e = 0, f = 0] = transform
  const toPage: Matrix = [a, b, c, d, e, f]
  const program = await by.inTime(page.getOperatorList({ annotationMode: WITHOUT_ANNOTATIONS }))
  const fontOf = (id: string): PdfFontFacts => {
    const font = page.commonObjs.has(id) ? page.commonObjs.get(id) : null
    return typeof font === 'object' && font !== null ? font : {}
  }
  return {
    width,
    height,
    ...drawingOf(program, by.operators, { toPage, width, height, fontOf }),
  }
}

const WITHOUT_ANNOTATIONS = 0

/**
 * No script, no form, no font or picture of its own: only where which character stands. Pictures
 * over one pixel are passed over undecoded.
 */
const SETTINGS = {
  verbosity: 0,
  stopAtErrors: false,
  isEvalSupported: false,
  enableXfa: false,
  disableFontFace: true,
  fontExtraProperties: true,
  useSystemFonts: false,
  useWasm: false,
  useWorkerFetch: false,
  isOffscreenCanvasSupported: false,
  isImageDecoderSupported: false,
  maxImageSize: 1,
  disableRange: true,
  disableStream: true,
  disableAutoFetch: true,
  cMapPacked: true,
} as const

async function within<T>(
  work: Promise<T>,
  time: { readonly until: number; readonly surroundings: PdfSurroundings },
): Promise<T> {
  const left = time.until - Date.now()
  const timer = time.surroundings.after(Math.max(left, 0))
  try {
    const late = timer.passed.then(() => {
      throw new TooSlowError()
    })
    return await Promise.race([work, late])
  } finally {
    timer.cancel()
  }
}

/** Long enough for a busy machine; a document that works on for ever is abandoned. */
const CLOSE_MS = 2_000

async function close(task: PdfJsTask, surroundings: PdfSurroundings): Promise<void> {
  const timer = surroundings.after(CLOSE_MS)
  const closed = task.destroy().then(
    () => true,
    () => true,
  )
  const isClosed = await Promise.race([closed, timer.passed.then(() => false)])
  timer.cancel()
  if (!isClosed) surroundings.abandon()
}

function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : ''
}

const PROPERTIES: readonly (readonly [string, string])[] = [
  ['Title', 'title'],
  ['Author', 'author'],
  ['Subject', 'subject'],
  ['Keywords', 'keywords'],
  ['CreationDate', 'created'],
  ['ModDate', 'modified'],
  ['Creator', 'creator'],
  ['Producer', 'producer'],
]

function propertiesOf(info: object): Record<string, string> {
  const stated = new Map<string, unknown>(Object.entries(info))
  const properties: Record<string, string> = {}
  for (const [name, key] of PROPERTIES) {
    const value = stated.get(name)
    // Programs that write UTF-16 without saying so leave NULs behind.
    const text = typeof value === 'string' ? value.replaceAll('\0', '').trim() : ''
    if (text !== '') properties[key] = /Date$/.test(name) ? dateOf(text) : text
  }
  return properties
}

/** `D:20240131094500+08'00'` as 2024-01-31T09:45:00+08:00; anything else as it stands. */
function dateOf(stated: string): string {
  const found = /^D:(\d{4})(\d\d)?(\d\d)?(?:(\d\d)(\d\d)(\d\d)?)?(?:(Z)|([-+]\d\d)'?(\d\d)?)?/.exec(
    stated,
  )
  if (!found) return stated
  const [, year, month, day, hour, minute, second, zulu, zone, zoneMinutes] = found
  const date = [year, month, day].filter(part => part !== undefined).join('-')
  if (hour === undefined || day === undefined) return date
  const offset = zulu ?? (zone ? `${zone}:${zoneMinutes ?? '00'}` : '')
  return `${date}T${hour}:${minute}:${second ?? '00'}${offset}`
}
