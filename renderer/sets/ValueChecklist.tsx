import { Check, Search } from 'lucide-react'
import { useDeferredValue, useMemo, useRef, useState } from 'react'
import type { ColumnValue } from '../../shared/analysis/column-values'
import { type Condition, folded } from '../../shared/analysis/report-filter'
import type { ColumnKey } from '../../shared/analysis/report-row'
import type { VariableType } from '../../shared/domain/variable'
import { useWords } from '../locale/use-words'
import { Checkbox } from '../ui/Checkbox'
import { isComposing } from '../ui/composing'
import { TextField, type TextFieldProps } from '../ui/TextField'
import { VirtualList, type VirtualListHandle } from '../ui/VirtualList'
import { valueWords } from './condition-words'
import { useComposed } from './use-composed'
import { conditionOfTicks, ticksOf } from './value-choice'

interface ValueChecklistProps {
  readonly column: ColumnKey
  readonly type: VariableType
  /** What the column is called. */
  readonly name: string
  /** Every value that it has, in their order. */
  readonly values: readonly ColumnValue[]
  readonly condition: Condition | null
  onChange(condition: Condition | null): void
  onClose(): void
}

/** A value as a line of the list. */
interface Line {
  /** Values may have spaces, which ids of elements may not. */
  readonly key: string
  readonly text: string
  readonly said: string
  readonly count: number
}

/** The values of a column with boxes to tick, searched as one types. */
export function ValueChecklist(props: ValueChecklistProps) {
  const { column, type, name, values, condition, onChange, onClose } = props
  const words = useWords()
  const { t, number } = words
  const [search, setSearch] = useState('')
  const wanted = useDeferredValue(folded(search))
  const list = useRef<VirtualListHandle>(null)
  const composed = useComposed(setSearch)

  const { language } = words
  // Measured: wording and folding 30,000 values takes 40 ms, too long for every letter typed.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the words change with the language
  const lines = useMemo(
    () =>
      values.map(({ text, count }, at): Line & { readonly folded: string } => {
        const said = valueWords(words, text, { column, type })
        return { key: String(at), text, said, count, folded: folded(said) }
      }),
    [values, column, type, language],
  )
  const asked = wanted.split(/\s+/)
  const found =
    wanted === '' ? lines : lines.filter(line => asked.every(word => line.folded.includes(word)))
  const isTicked = ticksOf(condition)
  const ticked = found.filter(({ text }) => isTicked(text))

  const tick = (change: (text: string) => boolean) =>
    onChange(
      conditionOfTicks(condition, {
        column,
        values: values.map(({ text }) => text),
        isTicked: change,
      }),
    )
  const tickFound = (isOn: boolean) => {
    const texts = new Set(found.map(({ text }) => text))
    tick(text => (texts.has(text) ? isOn : isTicked(text)))
  }
  const tickRows = (keys: ReadonlySet<string>) => {
    const on = new Set(found.filter(({ key }) => keys.has(key)).map(({ text }) => text))
    const shown = new Set(found.map(({ text }) => text))
    tick(text => (shown.has(text) ? on.has(text) : isTicked(text)))
  }
  const chooseOnlyFound = () => {
    if (wanted === '' || found.length === 0) return
    onChange({ column, is: 'one-of', values: found.map(({ text }) => text) })
    onClose()
  }
  const onKeyDown: TextFieldProps['onKeyDown'] = event => {
    if (event.key === 'ArrowDown' && !isComposing(event)) list.current?.focus()
    else event.continuePropagation()
  }
  const isSearching = wanted !== ''

  return (
    <>
      <TextField
        autoFocus
        label={t('sets.editor.search')}
        hideLabel
        placeholder={t('sets.editor.search')}
        before={<Search aria-hidden />}
        {...composed}
        onKeyDown={onKeyDown}
        onCommit={chooseOnlyFound}
      />
      <div className="condition-all">
        <Checkbox
          isSelected={found.length > 0 && ticked.length === found.length}
          isIndeterminate={ticked.length > 0 && ticked.length < found.length}
          isDisabled={found.length === 0}
          onChange={() => tickFound(ticked.length < found.length)}
        >
          {isSearching
            ? t('sets.editor.selectFound', { count: found.length, n: number(found.length) })
            : t('sets.editor.selectAll')}
        </Checkbox>
        <span className="condition-count" role="status">
          {t('sets.editor.chosen', { chosen: number(ticked.length), total: number(found.length) })}
        </span>
      </div>
      <div className="condition-values">
        <VirtualList
          ref={list}
          label={t('sets.editor.values', { name })}
          items={found}
          keyOf={({ key }) => key}
          selection="toggle"
          selected={new Set(ticked.map(({ key }) => key))}
          onSelect={tickRows}
          renderRow={({ said, count }, { isSelected }) => (
            <>
              <span className="choice" data-selected={isSelected || undefined}>
                <span className="choice-mark">
                  <Check aria-hidden />
                </span>
              </span>
              <span className="condition-value" title={said}>
                {said}
              </span>
              <span className="condition-uses">{number(count)}</span>
            </>
          )}
          empty={<p className="condition-none">{t('sets.editor.noValue')}</p>}
        />
      </div>
      {isSearching && found.length > 0 && (
        <p className="condition-hint">{t('sets.editor.onlyFound')}</p>
      )}
    </>
  )
}
