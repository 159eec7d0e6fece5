import { codePath } from '../../../shared/domain/code'
import type { TrailRow } from '../../../shared/journal/trail'
import { annotationsIn } from '../../data/annotations'
import { allCodes } from '../../data/codebook'
import { reportOf } from '../../data/reports'
import { useWords } from '../../locale/use-words'
import { useLayout } from '../../session/layout'
import { useReading } from '../../session/reading'
import { useToast } from '../../ui/use-toast'
import { useWorkspace } from '../../workspace/context'

/** Whether an entry was about something that one can go to. */
export function canJump({ place, codeId, reportId }: TrailRow): boolean {
  return place !== null || codeId !== null || reportId !== null
}

/**
 * Goes to where an entry was: the passage, else the code, else the report. Says so where that
 * is no more.
 */
export function useJump(): (row: TrailRow) => Promise<void> {
  const { db } = useWorkspace()
  const { t } = useWords()
  const toast = useToast()
  const { show, showCode, pick, openReport } = useReading.getState()

  return async ({ place, codeId, reportId }) => {
    // What an edit did to the codebook says more than the passages that it took along.
    if (codeId !== null) {
      const codes = new Map((await allCodes(db)).map(code => [code.id, code]))
      if (codePath(codes, codeId) !== '') {
        useLayout.getState().setPanel('codebook', { isOpen: true })
        showCode(codeId)
        return
      }
      if (place === null) {
        toast({ message: t('history.gone.code') })
        return
      }
    }
    if (place !== null) {
      if (!(await reportOf(db, place.reportId))) {
        toast({ message: t('history.gone.report') })
        return
      }
      show(place)
      const present = await annotationsIn(db, place.reportId)
      if (present.some(({ id }) => id === place.id)) pick([place.id])
      else toast({ message: t('history.gone.annotation') })
      return
    }
    if (reportId === null) toast({ message: t('history.gone.nothing') })
    else if (await reportOf(db, reportId)) openReport(reportId)
    else toast({ message: t('history.gone.report') })
  }
}
