import { hostOver } from '../../shared/carrier'
import { ProjectDb } from '../data/database'
import { fillTexts, type TextsWish } from '../data/fill-texts'
import { runJob } from './worker-side'

/** Rests twice as long as it works: nobody waits for it, and others work meanwhile. */
const RESTS = 2

runJob<TextsWish, never, null>(self, async ({ database, session }, help) => {
  const db = new ProjectDb(database)
  try {
    await fillTexts(db, hostOver(help.carrier), {
      session,
      rest: tookMs => new Promise(resolve => setTimeout(resolve, tookMs * RESTS)),
    })
    return null
  } finally {
    db.close()
  }
})
