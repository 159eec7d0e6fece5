import { Check } from 'lucide-react'
import { useState } from 'react'
import type { Passage } from '../../../shared/domain/annotation'
import type { Code } from '../../../shared/domain/code'
import type { CodeId } from '../../../shared/domain/id'
import type { Report } from '../../../shared/domain/report'
import type { Span, Structure } from '../../../shared/domain/structure'
import { useWords } from '../../locale/use-words'
import { useReading } from '../../session/reading'
import { Button } from '../../ui/Button'
import { Dialog } from '../../ui/Dialog'
import { Finder } from '../../ui/Finder'
import { Marked } from '../../ui/Marked'
import { Select } from '../../ui/Select'
import { VirtualList } from '../../ui/VirtualList'
import { useNameIndex, useNames } from '../../workspace/use-name-index'
import { codeChoices } from './code-choices'
import { FOUND_UNITS, type FoundPassage, type FoundUnit, foundPassages } from './found-passages'

interface CodeAllDialogProps {
  readonly report: Report
  readonly text: string
  readonly structure: Structure
  /** The places that were found. */
  readonly hits: readonly Span[]
  readonly codes: readonly Code[]
  onCode(passages: readonly Passage[], codeId: CodeId): void
  onClose(): void
}

/** Goes through what was found before all of it is coded: which places, how much around, which code. */
export function CodeAllDialog(props: CodeAllDialogProps) {
  const { report, text, structure, hits, codes, onCode, onClose } = props
  const { t, number } = useWords()
  const recent = useReading(({ recentCodes }) => recentCodes)
  const [unit, setUnit] = useState<FoundUnit>('hit')
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set())
  const [codeId, setCodeId] = useState<CodeId | null>(recent[0] ?? null)
  const [query, setQuery] = useState('')
  const index = useNameIndex(useNames(codes))
  const found = foundPassages({ id: report.id, text, structure }, hits, unit)
  const taken = found.filter(each => !left.has(keyOf(each)))
  const code = codes.find(({ id }) => id === codeId)
  const choices = codeChoices(query, { codes, index, recent, applied: new Set() }).flatMap(each =>
    each.kind === 'code' ? [each] : [],
  )
  return (
    <Dialog
      isOpen
      size="large"
      title={t('reader.codeAll.title', { count: hits.length, n: number(hits.length) })}
      closeLabel={t('common.close')}
      onClose={onClose}
      footerNote={
        code ? t('reader.codeAll.chosen', { code: code.name }) : t('reader.codeAll.choose')
      }
      footer={
        <>
          <Button onPress={onClose}>{t('common.cancel')}</Button>
          <Button
            variant="primary"
            isDisabled={!code || taken.length === 0}
            onPress={() =>
              code &&
              onCode(
                taken.map(({ passage }) => passage),
                code.id,
              )
            }
          >
            {t('reader.codeAll.run', { count: taken.length, n: number(taken.length) })}
          </Button>
        </>
      }
    >
      <div className="code-all">
        <div className="code-all-code">
          <Finder
            label={t('reader.picker.label')}
            placeholder={t('reader.picker.placeholder')}
            query={query}
            onQuery={setQuery}
            items={choices}
            keyOf={choice => choice.code.id}
            onPick={choice => setCodeId(choice.code.id)}
            onClose={onClose}
            empty={t('reader.codeAll.noCode')}
            renderItem={choice => (
              <>
                <span className="code-picker-color" style={{ background: choice.code.color }} />
                <span className="finder-name">
                  <Marked text={choice.code.name} marks={choice.marks} />
                </span>
                <span className="finder-detail">{choice.under}</span>
              </>
            )}
          />
        </div>
        <div className="code-all-places">
          <Select<FoundUnit>
            label={t('reader.codeAll.unit')}
            value={unit}
            options={FOUND_UNITS.map(id => ({ id, label: t(`reader.codeAll.units.${id}`) }))}
            onChange={setUnit}
          />
          <div className="code-all-list">
            <VirtualList
              label={t('reader.codeAll.places')}
              items={found}
              keyOf={keyOf}
              rowHeight={30}
              selection="toggle"
              selected={new Set(taken.map(keyOf))}
              onSelect={keys => setLeft(new Set(found.map(keyOf).filter(each => !keys.has(each))))}
              renderRow={(each, { isSelected }) => (
                <span className="code-all-place">
                  <span aria-hidden className="code-all-tick" data-ticked={isSelected}>
                    {isSelected && <Check />}
                  </span>
                  <span className="code-all-words" title={each.passage.quote}>
                    <Around text={text} found={each} />
                  </span>
                </span>
              )}
            />
          </div>
        </div>
      </div>
    </Dialog>
  )
}

/** How much is shown before and behind a place, in UTF-16 units. */
const AROUND = 40

/** A place with what stands around it on its line; what would be coded is told from the rest. */
function Around({ text, found }: { readonly text: string; readonly found: FoundPassage }) {
  const { hit } = found
  const before =
    text
      .slice(Math.max(0, hit.start - 12), hit.start)
      .split('\n')
      .at(-1) ?? ''
  const behind = text.slice(hit.end, hit.end + AROUND).split('\n')[0] ?? ''
  const words = before + text.slice(hit.start, hit.end) + behind
  const start = before.length
  return <Marked text={words} marks={[{ start, end: start + hit.end - hit.start }]} />
}

function keyOf({ passage }: FoundPassage): string {
  return String(passage.start)
}
