import { Trash2, X } from 'lucide-react'
import { useEffect, useRef } from 'react'
import type { Annotation } from '../../../shared/domain/annotation'
import type { AnnotationId, CodeId, CoderId } from '../../../shared/domain/id'
import { useWords } from '../../locale/use-words'
import { IconButton } from '../../ui/IconButton'

interface PickedCardProps {
  /** In reading order; at least one. */
  readonly annotations: readonly Annotation[]
  /** Pixels from the top of the text. */
  readonly top: number
  readonly isLocked: boolean
  /** Whether it was opened by the keyboard, and the focus goes into it. */
  readonly takesFocus: boolean
  codePathOf(id: CodeId): string
  coderNameOf(id: CoderId): string
  onRemove(id: AnnotationId): void
  onClose(): void
}

/** The codes on the place that was clicked, each with a way to take it off. */
export function PickedCard(props: PickedCardProps) {
  const { annotations, top, isLocked, takesFocus, codePathOf, coderNameOf, onRemove, onClose } =
    props
  const { t, date } = useWords()
  const card = useRef<HTMLElement>(null)

  useEffect(() => {
    card.current?.scrollIntoView({ block: 'nearest' })
    if (takesFocus) card.current?.querySelector<HTMLElement>('.picked-item button')?.focus()
  }, [takesFocus])

  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key === 'Escape' && !event.isComposing) onClose()
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [onClose])

  return (
    <section
      ref={card}
      className="picked"
      aria-label={t('reader.picked.label')}
      style={{ insetBlockStart: top }}
    >
      <header className="picked-head">
        <span>{t('reader.picked.count', { count: annotations.length })}</span>
        <IconButton
          size="small"
          label={t('common.close')}
          icon={<X aria-hidden />}
          onPress={onClose}
        />
      </header>
      <ul className="picked-list">
        {annotations.map(({ id, codeId, coderId, createdAt, quote, memo }) => (
          <li key={id} className="picked-item" style={{ '--code': `var(--code-${codeId})` }}>
            <span className="picked-swatch" aria-hidden />
            <div className="picked-body">
              <strong>{codePathOf(codeId)}</strong>
              <q className="picked-quote">{shortened(quote)}</q>
              <small>
                {coderNameOf(coderId)} · {date(createdAt)}
              </small>
              {memo && <p className="picked-memo">{memo}</p>}
            </div>
            <IconButton
              size="small"
              label={t('reader.picked.remove', { code: codePathOf(codeId) })}
              icon={<Trash2 aria-hidden />}
              isDisabled={isLocked}
              onPress={() => onRemove(id)}
            />
          </li>
        ))}
      </ul>
    </section>
  )
}

/** A quote's beginning and end, cut between characters. */
function shortened(quote: string): string {
  const characters = [...quote.replaceAll('\n', ' ')]
  if (characters.length <= 60) return characters.join('')
  return `${characters.slice(0, 40).join('')}…${characters.slice(-16).join('')}`
}
