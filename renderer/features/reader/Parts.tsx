import {
  PART_KINDS,
  type PartKind,
  type Span,
  type Structure,
} from '../../../shared/domain/structure'
import { useWords } from '../../locale/use-words'

interface PartsProps {
  readonly structure: Structure
  onJump(span: Span): void
}

/** What reports of this genre must contain: where each part is, or that it is absent. */
export function Parts({ structure, onJump }: PartsProps) {
  const { t } = useWords()
  const found = new Map<PartKind, { span: Span; isOwnPart: boolean }>()
  for (const part of structure.parts) {
    if (!found.has(part.part)) found.set(part.part, { span: part, isOwnPart: true })
  }
  if (structure.leaderDuty && !found.has('leader_duty')) {
    found.set('leader_duty', { span: structure.leaderDuty, isOwnPart: false })
  }
  const shown = PART_KINDS.filter(kind => MANDATED.has(kind))
  return (
    <ul className="parts" aria-label={t('outline.parts')}>
      {shown.map(kind => {
        const here = found.get(kind)
        const name = t(`parts.${kind}`)
        return (
          <li key={kind}>
            {here ? (
              <button
                type="button"
                className="part"
                title={t(here.isOwnPart ? 'outline.partHere' : 'outline.partWithin', { name })}
                onClick={() => onJump(here.span)}
              >
                {name}
              </button>
            ) : (
              <span className="part part-absent" title={t('outline.partAbsent', { name })}>
                {name}
                <span className="part-note">{t('outline.absent')}</span>
              </span>
            )}
          </li>
        )
      })}
    </ul>
  )
}

const MANDATED: ReadonlySet<PartKind> = new Set([
  'achievements',
  'leader_duty',
  'problems',
  'next_steps',
])
