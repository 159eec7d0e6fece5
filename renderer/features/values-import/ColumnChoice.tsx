import { ArrowRight, CircleAlert } from 'lucide-react'
import { useState } from 'react'
import type { VariableId } from '../../../shared/domain/id'
import {
  isReadVariable,
  READ_VARIABLES,
  VARIABLE_TYPES,
  type VariableKey,
} from '../../../shared/domain/variable'
import type { RowKey } from '../../../shared/extract/table-match'
import type { ColumnTarget } from '../../../shared/intake/table-values'
import { type ColumnHead, columnsOf, type TableHead } from '../../jobs/values-job'
import { useWords } from '../../locale/use-words'
import { Select } from '../../ui/Select'
import { TextField } from '../../ui/TextField'
import { VirtualList } from '../../ui/VirtualList'
import { newId } from '../../workspace/open'
import { newColumn, type TargetProblem, withTargets } from './targets'

interface ColumnChoiceProps {
  readonly head: TableHead
  readonly rowKey: RowKey
  readonly targets: readonly ColumnTarget[]
  readonly problems: ReadonlyMap<number, TargetProblem>
  readonly isDisabled: boolean
  onChange(targets: ColumnTarget[]): void
}

/** What stands for leaving a column out and for making a variable, beside the variables' keys. */
type Choice = 'out' | 'new' | VariableKey

/** Every column with what becomes of it. What is chosen goes for all that are selected. */
export function ColumnChoice(props: ColumnChoiceProps) {
  const { head, rowKey, targets, problems, isDisabled, onChange } = props
  const { t, number } = useWords()
  const keys = columnsOf(rowKey)
  const rows = head.columns.map((column, index) => ({ ...column, index }))
  const [picked, setPicked] = useState<ReadonlySet<string>>(new Set())
  const firstFree = rows.find(({ index }) => !keys.includes(index))?.index
  const selected = [...picked].map(Number).filter(index => index < rows.length)
  const shown = selected.length > 0 || firstFree === undefined ? selected : [firstFree]
  const open = shown.filter(index => !keys.includes(index))
  const targetOf = (index: number) => targets.find(({ column }) => column === index)?.variable
  const choices = new Set(open.map(index => choiceOf(targetOf(index))))
  const [choice = null] = choices.size === 1 ? choices : []
  const one = open.length === 1 ? open[0]! : null
  const made = one === null ? undefined : targetOf(one)
  const problem = one === null ? undefined : problems.get(one)

  const choose = (next: Choice) =>
    onChange(
      withTargets(targets, open, index => {
        if (next === 'out') return null
        if (next !== 'new') return next
        const before = targetOf(index)
        const column = head.columns[index]!
        return typeof before === 'object' ? before : newColumn(column, newId() as VariableId)
      }),
    )

  return (
    <section className="values-columns" aria-label={t('valuesImport.columns')}>
      <h3>{t('valuesImport.columns')}</h3>
      <div className="values-list">
        <VirtualList
          label={t('valuesImport.columns')}
          items={rows}
          keyOf={({ index }) => String(index)}
          rowHeight={30}
          selection="many"
          selected={new Set(shown.map(String))}
          onSelect={setPicked}
          renderRow={column => (
            <ColumnRow
              column={column}
              becomes={becomes(column.index)}
              isOut={!keys.includes(column.index) && targetOf(column.index) === undefined}
              hasProblem={problems.has(column.index)}
            />
          )}
        />
      </div>
      <div className="values-row">
        <div className="values-grow">
          <Select
            label={
              open.length > 1
                ? t('valuesImport.target.several', { count: open.length, n: number(open.length) })
                : t('valuesImport.target.title', {
                    column: head.columns[one ?? shown[0] ?? 0]?.name ?? '',
                  })
            }
            options={[
              { id: 'out' as const, label: t('valuesImport.target.out') },
              { id: 'new' as const, label: t('valuesImport.target.new') },
              ...head.variables.map(({ id, name }) => ({ id, label: name })),
              ...READ_VARIABLES.map(id => ({ id, label: t(`columns.names.${id}`) })),
            ]}
            value={choice}
            isDisabled={isDisabled || open.length === 0}
            onChange={choose}
            {...(problem === 'twice' ? { error: t('valuesImport.problem.twice') } : {})}
          />
        </div>
        {one !== null && typeof made === 'object' && (
          <>
            <div className="values-grow">
              <TextField
                label={t('valuesImport.newName')}
                value={made.name}
                isDisabled={isDisabled}
                onChange={name => onChange(withTargets(targets, [one], () => ({ ...made, name })))}
                {...(problem && problem !== 'twice'
                  ? { error: t(`valuesImport.problem.${problem}`) }
                  : {})}
              />
            </div>
            <div className="values-narrow">
              <Select
                label={t('valuesImport.newType')}
                options={VARIABLE_TYPES.map(id => ({ id, label: t(`valuesImport.type.${id}`) }))}
                value={made.type}
                isDisabled={isDisabled}
                onChange={type => onChange(withTargets(targets, [one], () => ({ ...made, type })))}
              />
            </div>
          </>
        )}
      </div>
    </section>
  )

  function becomes(index: number): string {
    if (keys.includes(index)) return t('valuesImport.isKey')
    const target = targetOf(index)
    if (target === undefined) return t('valuesImport.target.out')
    if (typeof target === 'object') {
      const type = t(`valuesImport.type.${target.type}`)
      return t('valuesImport.target.made', { name: target.name, type })
    }
    if (isReadVariable(target)) return t(`columns.names.${target}`)
    return head.variables.find(({ id }) => id === target)?.name ?? ''
  }
}

function choiceOf(target: ColumnTarget['variable'] | undefined): Choice {
  if (target === undefined) return 'out'
  return typeof target === 'object' ? 'new' : target
}

function ColumnRow(props: {
  readonly column: ColumnHead
  readonly becomes: string
  readonly isOut: boolean
  readonly hasProblem: boolean
}) {
  const { column, becomes, isOut, hasProblem } = props
  return (
    <>
      <span className="values-name">{column.name}</span>
      <span className="values-samples">{column.samples.join(' · ')}</span>
      <span className={isOut ? 'values-becomes values-out' : 'values-becomes'}>
        {hasProblem ? <CircleAlert aria-hidden /> : <ArrowRight aria-hidden />}
        <span>{becomes}</span>
      </span>
    </>
  )
}
