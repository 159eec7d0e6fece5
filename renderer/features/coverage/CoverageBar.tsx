import { Copy, FileOutput, ListPlus, Search } from 'lucide-react'
import { COVERAGE_MODES } from '../../../shared/analysis/coverage-cell'
import { COVERAGE_GROUPS, COVERAGE_SORTS } from '../../../shared/analysis/coverage-lines'
import { useWords } from '../../locale/use-words'
import type { CoverageLook } from '../../session/coverage'
import { Button } from '../../ui/Button'
import { IconButton } from '../../ui/IconButton'
import { Select } from '../../ui/Select'
import { TextField } from '../../ui/TextField'
import { ToggleButton } from '../../ui/ToggleButton'

interface CoverageBarProps {
  readonly look: CoverageLook
  /** The levels and provinces there are. */
  readonly levels: readonly string[]
  readonly provinces: readonly string[]
  readonly canCopy: boolean
  onChange(change: Partial<CoverageLook>): void
  onExpect(): void
  onCopy(): void
  onExport(): void
}

/** Stands for every level or province; no place has it for one. */
const ALL = '*'

/** What the grid shows: which places, in which order, and what its cells say. */
export function CoverageBar(props: CoverageBarProps) {
  const { look, levels, provinces, canCopy, onChange, onExpect, onCopy, onExport } = props
  const { t } = useWords()
  return (
    <header className="coverage-bar">
      <div className="coverage-choices">
        <div className="coverage-search">
          <TextField
            label={t('coverage.search')}
            hideLabel
            placeholder={t('coverage.search')}
            before={<Search aria-hidden />}
            value={look.text}
            onChange={text => onChange({ text })}
            onCancel={() => onChange({ text: '' })}
          />
        </div>
        <Select
          label={t('coverage.level')}
          hideLabel
          options={[
            { id: ALL, label: t('coverage.allLevels') },
            ...withChosen(levels, look.level).map(id => ({ id, label: id })),
          ]}
          value={look.level ?? ALL}
          onChange={level => onChange({ level: level === ALL ? null : level })}
        />
        <Select
          label={t('coverage.province')}
          hideLabel
          options={[
            { id: ALL, label: t('coverage.allProvinces') },
            ...withChosen(provinces, look.province).map(id => ({ id, label: id })),
          ]}
          value={look.province ?? ALL}
          onChange={province => onChange({ province: province === ALL ? null : province })}
        />
        <Select
          label={t('coverage.sort')}
          hideLabel
          options={COVERAGE_SORTS.map(id => ({ id, label: t(`coverage.sorts.${id}`) }))}
          value={look.sort}
          onChange={sort => onChange({ sort })}
        />
        <Select
          label={t('coverage.group')}
          hideLabel
          options={COVERAGE_GROUPS.map(id => ({ id, label: t(`coverage.groups.${id}`) }))}
          value={look.group}
          onChange={group => onChange({ group, folded: [] })}
        />
      </div>
      <div className="coverage-modes" role="toolbar" aria-label={t('coverage.mode')}>
        {COVERAGE_MODES.map(mode => (
          <ToggleButton
            key={mode}
            size="small"
            label={t(`coverage.modes.${mode}`)}
            isSelected={look.mode === mode}
            onChange={() => onChange({ mode })}
          />
        ))}
      </div>
      {look.mode === 'timeliness' && (
        <div className="coverage-duty">
          <Select
            label={t('coverage.duty')}
            hideLabel
            options={(['submission', 'publication'] as const).map(id => ({
              id,
              label: t(`coverage.duties.${id}.label`),
              description: t(`coverage.duties.${id}.hint`),
            }))}
            value={look.duty}
            onChange={duty => onChange({ duty })}
          />
        </div>
      )}
      <div className="coverage-actions">
        <Button size="small" icon={<ListPlus aria-hidden />} onPress={onExpect}>
          {t('coverage.expected.command')}
        </Button>
        <IconButton
          size="small"
          label={t('coverage.copy')}
          keys="Mod+C"
          icon={<Copy aria-hidden />}
          isDisabled={!canCopy}
          onPress={onCopy}
        />
        <IconButton
          size="small"
          label={t('coverage.export.command')}
          icon={<FileOutput aria-hidden />}
          isDisabled={!canCopy}
          onPress={onExport}
        />
      </div>
    </header>
  )
}

/** What is chosen stays a choice, also when nothing has it any more. */
function withChosen(all: readonly string[], chosen: string | null): readonly string[] {
  return chosen === null || all.includes(chosen) ? all : [...all, chosen]
}
