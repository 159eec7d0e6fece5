import { ListTree } from 'lucide-react'
import { useState } from 'react'
import type { NewCorrection } from '../../../shared/commands/structure'
import type { Correction, Span } from '../../../shared/domain/structure'
import { useWords } from '../../locale/use-words'
import { IconButton } from '../../ui/IconButton'
import { Menu } from '../../ui/Menu'
import { MenuItem } from '../../ui/MenuItem'
import { MenuSection } from '../../ui/MenuSection'
import { MenuSeparator } from '../../ui/MenuSeparator'
import { type Place, placeAt } from './structure-place'
import type { ReportStructure } from './use-structure'

interface StructureMenuProps {
  readonly read: ReportStructure
  readonly text: string
  readonly canEdit: boolean
  /** What is selected or where the caret is, asked for when the menu opens; `null` for nowhere. */
  selection(): Span | null
  onCorrect(correction: NewCorrection): void
  onRestore(corrections: readonly Correction[]): void
}

/** The levels that the menu offers. */
const LEVELS = [1, 2, 3, 4] as const

/** What the researcher says about the structure at the caret: all of it can be undone. */
export function StructureMenu(props: StructureMenuProps) {
  const { read, text, canEdit, selection, onCorrect, onRestore } = props
  const { t } = useWords()
  const [place, setPlace] = useState<Place | null>(null)
  const at = (kind: NewCorrection['kind'], span: { start: number; end: number }, level = 0) =>
    onCorrect({ kind, start: span.start, end: span.end, level })
  return (
    <Menu
      label={t('outline.correct')}
      placement="bottom end"
      onOpenChange={isOpen => {
        if (!isOpen) return
        const selected = selection()
        setPlace(selected && placeAt(read, text, selected))
      }}
      trigger={
        <IconButton
          size="small"
          label={t('outline.correct')}
          icon={<ListTree aria-hidden />}
          isDisabled={!canEdit}
        />
      }
    >
      {!place && <MenuItem label={t('outline.noPlace')} isDisabled onAction={() => {}} />}
      <MenuSection title={t('outline.makeHeading')}>
        {LEVELS.map(level => (
          <MenuItem
            key={level}
            label={t('outline.level', { level })}
            isDisabled={!place?.title || place.heading?.level === level}
            onAction={() => place?.title && at('heading', place.title, level)}
          />
        ))}
      </MenuSection>
      <MenuItem
        label={t('outline.notHeading')}
        isDisabled={!place?.heading}
        onAction={() => place?.heading && at('not-heading', place.heading)}
      />
      <MenuSeparator />
      <MenuItem
        label={t('outline.split')}
        isDisabled={place?.splitAt == null}
        onAction={() =>
          place?.splitAt != null && at('split', { start: place.splitAt, end: place.splitAt })
        }
      />
      <MenuItem
        label={t('outline.join')}
        isDisabled={place?.joinAt == null}
        onAction={() =>
          place?.joinAt != null && at('join', { start: place.joinAt, end: place.joinAt })
        }
      />
      <MenuSeparator />
      <MenuItem
        label={t(place?.isAside ? 'outline.notAside' : 'outline.aside')}
        isDisabled={!place?.line}
        onAction={() => place?.line && at(place.isAside ? 'not-aside' : 'aside', place.line)}
      />
      <MenuItem
        label={t('outline.restore')}
        isDisabled={!place || place.corrections.length === 0}
        onAction={() => place && onRestore(place.corrections)}
      />
    </Menu>
  )
}
