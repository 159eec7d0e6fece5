import type { Page } from '@playwright/test'

/** How many texts the only working copy of a page's browser has; it can be told to forget them first. */
export function textsInCopy(page: Page, { clear = false } = {}): Promise<number> {
  return page.evaluate(async clear => {
    const answerOf = <T>(request: IDBRequest<T>) =>
      new Promise<T>((resolve, reject) => {
        request.onsuccess = () => resolve(request.result)
        request.onerror = () => reject(request.error)
      })
    const names = (await indexedDB.databases()).map(({ name }) => name!)
    const db = await answerOf(indexedDB.open(names.find(name => /^codicil-.{20}/.test(name))!))
    try {
      const store = db.transaction('texts', clear ? 'readwrite' : 'readonly').objectStore('texts')
      if (clear) await answerOf(store.clear())
      return await answerOf(store.count())
    } finally {
      db.close()
    }
  }, clear)
}
