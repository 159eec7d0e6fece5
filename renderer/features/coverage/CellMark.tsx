import type { CoverageAnswer } from '../../../shared/analysis/coverage-cell'
import type { Words } from '../../locale/use-words'
import { shortWords } from './cell-words'

interface CellMarkProps {
  readonly answer: CoverageAnswer
  /** Given, since hundreds of marks that each ask for the language are slow to draw. */
  readonly words: Words
}

/** What a cell looks like: a shape or words, so that its colour says nothing alone. */
export function CellMark({ answer, words }: CellMarkProps) {
  const kind = answer.is === 'dated' ? answer.standing : answer.is
  return (
    <span className={`coverage-mark coverage-mark-${kind}`} aria-hidden>
      {shortWords(words, answer)}
    </span>
  )
}
