import { useState } from 'react'
import type { Condition } from '../../shared/analysis/report-filter'
import type { ColumnKey } from '../../shared/analysis/report-row'
import type { VariableType } from '../../shared/domain/variable'
import { useWords } from '../locale/use-words'
import { TextField } from '../ui/TextField'
import { endOf, isRangeOfDates, typedEnd } from './range-ends'
import { useComposed } from './use-composed'

interface RangeFieldsProps {
  readonly column: ColumnKey
  readonly type: VariableType
  readonly condition: Condition | null
  onChange(condition: Condition | null): void
  onClose(): void
}

type Side = 'from' | 'to'

/** The two ends of a range of numbers or dates, either of which may stay open. */
export function RangeFields({ column, type, condition, onChange, onClose }: RangeFieldsProps) {
  const { t } = useWords()
  const endFor = (side: Side) => ({ column, type, side })
  const [typed, setTyped] = useState(() => {
    const { from = null, to = null } = condition?.is === 'between' ? condition : {}
    return { from: typedEnd(from, endFor('from')), to: typedEnd(to, endFor('to')) }
  })
  /** A field is only found fault with when it is left. */
  const [left, setLeft] = useState<readonly Side[]>([])
  const isDate = isRangeOfDates({ column, type })
  const ends = { from: endOf(typed.from, endFor('from')), to: endOf(typed.to, endFor('to')) }
  const isReversed = ends.from != null && ends.to != null && ends.from > ends.to

  const change = (side: Side, text: string) => {
    const now = { ...typed, [side]: text }
    setTyped(now)
    setLeft(left.filter(each => each !== side))
    const from = endOf(now.from, endFor('from'))
    const to = endOf(now.to, endFor('to'))
    if (from === undefined || to === undefined) return
    onChange(from === null && to === null ? null : { column, is: 'between', from, to })
  }
  const errorOf = (side: Side) => {
    if (!left.includes(side)) return ''
    if (ends[side] === undefined) return t(`sets.editor.${isDate ? 'notDate' : 'notNumber'}`)
    return side === 'to' && isReversed ? t('sets.editor.reversed') : ''
  }
  const fields = {
    from: useComposed(text => change('from', text)),
    to: useComposed(text => change('to', text)),
  }

  return (
    <>
      <div className="condition-range">
        {(['from', 'to'] as const).map(side => (
          <TextField
            key={side}
            autoFocus={side === 'from'}
            label={t(`sets.editor.${side}`)}
            defaultValue={typed[side]}
            {...fields[side]}
            onBlur={() => setLeft([...left, side])}
            onCommit={onClose}
            error={errorOf(side)}
          />
        ))}
      </div>
      <p className="condition-hint">
        {t(isDate ? 'sets.editor.dateHint' : 'sets.editor.numberHint')}
      </p>
    </>
  )
}
