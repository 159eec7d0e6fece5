import type { CodeId } from '../../../shared/domain/id'
import { usesOf } from '../../data/annotations'
import { useLive } from '../../data/use-live'
import { useWords } from '../../locale/use-words'
import { useWorkspace } from '../../workspace/context'

/** How often one code is used. Asks for that code alone, so a coding wakes one of these. */
export function UseCount({ codeId }: { readonly codeId: CodeId }) {
  const { db } = useWorkspace()
  const { t, number } = useWords()
  const uses = useLive(() => usesOf(db, codeId), codeId)
  if (uses === undefined) return <span className="code-uses" />
  return (
    <span className={uses === 0 ? 'code-uses code-unused' : 'code-uses'}>
      <span aria-hidden>{number(uses)}</span>
      <span className="visually-hidden">{t('codebook.uses', { count: uses })}</span>
    </span>
  )
}
