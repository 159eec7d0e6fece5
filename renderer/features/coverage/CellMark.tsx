import type { CoverageAnswer } from '../../../shared/analysis/coverage-cell'
import { useWords } from '../../locale/use-words'
import { shortWords } from './cell-words'

interface CellMarkProps {
  readonly answer: CoverageAnswer
}

/** What a cell looks like: a shape or words, so that its colour says nothing alone. */
export function CellMark({ answer }: CellMarkProps) {
  const words = shortWords(useWords(), answer)
  const kind = answer.is === 'dated' ? answer.standing : answer.is
  return (
    <span className={`coverage-mark coverage-mark-${kind}`} aria-hidden>
      {words}
    </span>
  )
}
