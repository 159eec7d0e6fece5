import { ChevronDown, ChevronRight, CircleDashed, Pencil, TriangleAlert } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import type { Heading, Span } from '../../../shared/domain/structure'
import { useWords } from '../../locale/use-words'
import { ContextMenu } from '../../ui/ContextMenu'
import { MenuItem } from '../../ui/MenuItem'
import { MenuSection } from '../../ui/MenuSection'
import { MenuSeparator } from '../../ui/MenuSeparator'
import { VirtualList, type VirtualListHandle } from '../../ui/VirtualList'
import { type OutlineRow, outlineRows, rowAt } from './outline-rows'
import { Parts } from './Parts'
import type { ReportStructure } from './use-structure'
import './outline.css'

interface OutlineProps {
  readonly read: ReportStructure
  /** Whether the text is in the genre's language, so that a part not found is one that is absent. */
  readonly hasParts: boolean
  /** Where the reader is: the offset at the top of what is seen. */
  readonly place: number
  readonly canEdit: boolean
  onJump(span: Span): void
  onSetLevel(heading: Heading, level: number): void
  onRemoveHeading(heading: Heading): void
}

/** The levels that the menu offers. */
const LEVELS = [1, 2, 3, 4, 5] as const

/** A report's mandated parts and headings. Follows the reader's place, and leads to places. */
export function Outline(props: OutlineProps) {
  const { read, hasParts, place, canEdit, onJump, onSetLevel, onRemoveHeading } = props
  const { t } = useWords()
  const [folded, setFolded] = useState<ReadonlySet<string>>(new Set())
  const [menu, setMenu] = useState<{ row: OutlineRow; at: { x: number; y: number } } | null>(null)
  const list = useRef<VirtualListHandle>(null)
  const rows = outlineRows(read.structure, folded)
  const here = rowAt(rows, place)?.key ?? null

  useEffect(() => {
    if (here !== null) list.current?.reveal(here)
  }, [here])

  const toggle = ({ key }: OutlineRow) => {
    const next = new Set(folded)
    if (!next.delete(key)) next.add(key)
    setFolded(next)
  }
  const picked = menu?.row.heading
  return (
    <nav className="outline" aria-label={t('outline.title')}>
      {hasParts && <Parts structure={read.structure} onJump={onJump} />}
      <div className="outline-list">
        {rows.length === 0 ? (
          <p className="outline-empty">
            <CircleDashed aria-hidden />
            {t(hasNoBreaks(read) ? 'outline.noBreaks' : 'outline.empty')}
          </p>
        ) : (
          <VirtualList
            ref={list}
            label={t('outline.headings')}
            items={rows}
            keyOf={({ key }) => key}
            nameOf={({ heading, warning }) =>
              warning ? `${nameOf(heading)} (${warningWords(warning)})` : nameOf(heading)
            }
            selected={new Set(here === null ? [] : [here])}
            onSelect={keys => {
              const row = rows.find(({ key }) => keys.has(key))
              if (row) onJump(row.heading)
            }}
            onActivate={row => onJump(row.heading)}
            menuKeepsSelection
            onMenu={(row, at) => setMenu({ row, at })}
            tree={{
              levelOf: ({ depth }) => depth,
              isExpanded: ({ isExpanded }) => isExpanded,
              onToggle: toggle,
            }}
            renderRow={row => (
              <span
                className="outline-row"
                style={{ paddingInlineStart: `${Math.min(row.depth - 1, 6) * 14}px` }}
              >
                <span
                  aria-hidden
                  className="outline-fold"
                  onClick={event => {
                    if (row.isExpanded === null) return
                    event.preventDefault()
                    toggle(row)
                  }}
                >
                  {row.isExpanded === null ? null : row.isExpanded ? (
                    <ChevronDown />
                  ) : (
                    <ChevronRight />
                  )}
                </span>
                <span className="outline-name" title={nameOf(row.heading)}>
                  {nameOf(row.heading)}
                </span>
                {row.heading.isCorrected && (
                  <Pencil className="outline-mark" aria-label={t('outline.corrected')} />
                )}
                {row.warning && (
                  <span className="outline-mark" title={warningWords(row.warning)}>
                    <TriangleAlert aria-hidden />
                  </span>
                )}
              </span>
            )}
          />
        )}
      </div>
      <ContextMenu at={menu?.at ?? null} label={t('outline.menu')} onClose={() => setMenu(null)}>
        <MenuItem label={t('outline.goTo')} onAction={() => picked && onJump(picked)} />
        <MenuSeparator />
        <MenuSection title={t('outline.levelOf')}>
          {LEVELS.map(level => (
            <MenuItem
              key={level}
              label={t('outline.level', { level })}
              isDisabled={!canEdit || picked?.level === level}
              onAction={() => picked && onSetLevel(picked, level)}
            />
          ))}
        </MenuSection>
        <MenuSeparator />
        <MenuItem
          label={t('outline.notHeading')}
          isDisabled={!canEdit}
          onAction={() => picked && onRemoveHeading(picked)}
        />
      </ContextMenu>
    </nav>
  )

  function warningWords({ kind, expected, found }: NonNullable<OutlineRow['warning']>): string {
    return t(`outline.${kind}`, { expected, found })
  }
}

/** Whether the text seems to have lost its newlines, so that nothing can be read of headings. */
function hasNoBreaks({ structure }: ReportStructure): boolean {
  return structure.warnings.some(({ kind, found }) => kind === 'joined' && found === 0)
}

function nameOf({ marker, title }: Heading): string {
  return /[.\uFF0E\u7AE0\u8282\u6761\u7F16]$/.test(marker)
    ? `${marker} ${title}`
    : `${marker}${title}`
}
