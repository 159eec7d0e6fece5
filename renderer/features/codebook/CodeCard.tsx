import { ChevronDown, ChevronUp, SquarePen } from 'lucide-react'
import { useState, useSyncExternalStore } from 'react'
import { type Code, codePath } from '../../../shared/domain/code'
import { useWords } from '../../locale/use-words'
import { Button } from '../../ui/Button'
import { IconButton } from '../../ui/IconButton'
import type { Pointed } from './pointed'

interface CodeCardProps {
  /** What it shows while the pointer rests on no code. */
  readonly current: Code | null
  readonly pointed: Pointed
  readonly codes: readonly Code[]
  readonly canEdit: boolean
  onEdit(code: Code): void
}

const PARTS = ['definition', 'include', 'exclude', 'example'] as const

/** What a code means and when to use it, below the tree. Can be folded away. */
export function CodeCard({ current, pointed, codes, canEdit, onEdit }: CodeCardProps) {
  const { t } = useWords()
  const [isOpen, setOpen] = useState(true)
  const pointedId = useSyncExternalStore(pointed.subscribe, pointed.current)
  const code = codes.find(({ id }) => id === pointedId) ?? current
  const parts = code ? PARTS.filter(part => code[part] !== '') : []
  const path = code ? codePath(new Map(codes.map(each => [each.id, each])), code.id) : ''
  return (
    <section
      className={isOpen ? 'code-card' : 'code-card code-card-folded'}
      aria-label={t('codebook.card')}
    >
      <header className="code-card-bar">
        {code && <span className="code-swatch" style={{ backgroundColor: code.color }} />}
        <h3 className="code-card-name" title={path}>
          {code?.name ?? t('codebook.card')}
        </h3>
        {code && (
          <IconButton
            size="small"
            label={t('codebook.editOf', { name: code.name })}
            icon={<SquarePen aria-hidden />}
            isDisabled={!canEdit}
            onPress={() => onEdit(code)}
          />
        )}
        <IconButton
          size="small"
          label={isOpen ? t('codebook.foldCard') : t('codebook.unfoldCard')}
          icon={isOpen ? <ChevronDown aria-hidden /> : <ChevronUp aria-hidden />}
          onPress={() => setOpen(!isOpen)}
        />
      </header>
      {isOpen && (
        <div className="code-card-body" tabIndex={parts.length > 0 ? 0 : undefined}>
          {parts.length > 0 && code && (
            <dl>
              {parts.map(part => (
                <div key={part} className={`code-part code-part-${part}`}>
                  <dt>{t(`codebook.parts.${part}`)}</dt>
                  <dd>{code[part]}</dd>
                </div>
              ))}
            </dl>
          )}
          {code && parts.length === 0 && (
            <div className="code-card-empty">
              <p>{t('codebook.undescribed')}</p>
              <Button size="small" isDisabled={!canEdit} onPress={() => onEdit(code)}>
                {t('codebook.describe')}
              </Button>
            </div>
          )}
          {!code && <p className="code-card-empty">{t('codebook.nothingShown')}</p>}
        </div>
      )}
    </section>
  )
}
