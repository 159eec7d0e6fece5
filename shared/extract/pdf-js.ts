import type { PdfJs } from './pdf-open'

/** What a page's own loader sets up of pdf.js, beside what reading uses. */
export interface PagePdfJs extends PdfJs {
  readonly GlobalWorkerOptions: { workerPort: unknown }
}

/** Loads pdf.js as pages have it. Node needs another build, which its own loader finds. */
export async function loadPdfJs(): Promise<PagePdfJs> {
  const pdfjs: unknown = await import('pdfjs-dist')
  return pdfjs as PagePdfJs
}
