import { ProjectDb } from '../data/database'
import type { DeskAnswer, DeskQuestion } from './values-desk'
import { readValuesTable, type ValuesTable } from './values-job'

// Holds one table for as long as its dialog is open. Whoever started it may end it at any moment.

/** Cells that are handed over at once: more would hold up the page that unpacks them. */
const CELLS_AT_ONCE = 2000

self.onmessage = answering(message => self.postMessage(message))

function answering(answer: (message: DeskAnswer) => void) {
  let table: ValuesTable | null = null

  async function answerTo(question: DeskQuestion): Promise<void> {
    switch (question.kind) {
      case 'read': {
        const db = new ProjectDb(question.database)
        const read = await readValuesTable(question.wish, db, question.limits).finally(() =>
          db.close(),
        )
        if ('head' in read) table = read
        answer({ kind: 'read', table: 'head' in read ? read.head : read })
        return
      }
      case 'preview':
        if (table) answer({ kind: 'preview', preview: table.preview(question.wish) })
        return
      case 'cells': {
        const { cells, categories } = table?.planned() ?? { cells: [], categories: new Map() }
        for (let at = 0; at < cells.length; at += CELLS_AT_ONCE) {
          answer({ kind: 'part', cells: cells.slice(at, at + CELLS_AT_ONCE) })
        }
        answer({ kind: 'cells', categories })
      }
    }
  }

  return ({ data }: MessageEvent<DeskQuestion>) => {
    // A promise that fails tells nobody outside the worker; an error does.
    answerTo(data).catch(self.reportError)
  }
}
