import { ArrowRight, CircleAlert } from 'lucide-react'
import { useState } from 'react'
import type { VariableId } from '../../shared/domain/id'
import {
  isReadVariable,
  READ_VARIABLES,
  VARIABLE_TYPES,
  type Variable,
  type VariableKey,
} from '../../shared/domain/variable'
import type { TableColumn } from '../../shared/intake/table-reports'
import type { ColumnTarget } from '../../shared/intake/table-values'
import { useWords } from '../locale/use-words'
import { Select } from '../ui/Select'
import { TextField } from '../ui/TextField'
import { VirtualList } from '../ui/VirtualList'
import { newId } from '../workspace/open'
import { newColumn, type TargetProblem, withTargets } from './targets'
import './columns.css'

interface ColumnChoiceProps {
  readonly columns: readonly TableColumn[]
  /** The project's own variables. */
  readonly variables: readonly Variable[]
  /** Columns of which nothing else can be made, and what they are instead. */
  readonly taken: ReadonlyMap<number, string>
  readonly targets: readonly ColumnTarget[]
  readonly problems: ReadonlyMap<number, TargetProblem>
  readonly isDisabled: boolean
  onChange(targets: ColumnTarget[]): void
}

/** What stands for leaving a column out and for making a variable, beside the variables' keys. */
type Choice = 'out' | 'new' | VariableKey

/** Every column of a table with what becomes of it. What is chosen goes for all that are selected. */
export function ColumnChoice(props: ColumnChoiceProps) {
  const { columns, variables, taken, targets, problems, isDisabled, onChange } = props
  const { t, number } = useWords()
  const rows = columns.map((column, index) => ({ ...column, index }))
  const [picked, setPicked] = useState<ReadonlySet<string>>(new Set())
  const firstFree = rows.find(({ index }) => !taken.has(index))?.index
  const selected = [...picked].map(Number).filter(index => index < rows.length)
  const shown = selected.length > 0 || firstFree === undefined ? selected : [firstFree]
  const open = shown.filter(index => !taken.has(index))
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
        const column = columns[index]!
        return typeof before === 'object' ? before : newColumn(column, newId() as VariableId)
      }),
    )

  return (
    <section className="columns-choice" aria-label={t('columns.choice.title')}>
      <h3>{t('columns.choice.title')}</h3>
      <div className="columns-list">
        <VirtualList
          label={t('columns.choice.title')}
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
              isOut={!taken.has(column.index) && targetOf(column.index) === undefined}
              hasProblem={problems.has(column.index)}
            />
          )}
        />
      </div>
      <div className="columns-row">
        <div className="columns-grow">
          <Select
            label={
              open.length > 1
                ? t('columns.choice.target.several', { count: open.length, n: number(open.length) })
                : t('columns.choice.target.title', {
                    column: columns[one ?? shown[0] ?? 0]?.name ?? '',
                  })
            }
            options={[
              { id: 'out' as const, label: t('columns.choice.target.out') },
              { id: 'new' as const, label: t('columns.choice.target.new') },
              ...variables.map(({ id, name }) => ({ id, label: name })),
              ...READ_VARIABLES.map(id => ({ id, label: t(`columns.names.${id}`) })),
            ]}
            value={choice}
            isDisabled={isDisabled || open.length === 0}
            onChange={choose}
            {...(problem === 'twice' ? { error: t('columns.choice.problem.twice') } : {})}
          />
        </div>
        {one !== null && typeof made === 'object' && (
          <>
            <div className="columns-grow">
              <TextField
                label={t('columns.choice.newName')}
                value={made.name}
                isDisabled={isDisabled}
                onChange={name => onChange(withTargets(targets, [one], () => ({ ...made, name })))}
                {...(problem && problem !== 'twice'
                  ? { error: t(`columns.choice.problem.${problem}`) }
                  : {})}
              />
            </div>
            <div className="columns-narrow">
              <Select
                label={t('columns.choice.newType')}
                options={VARIABLE_TYPES.map(id => ({ id, label: t(`columns.choice.type.${id}`) }))}
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
    const fixed = taken.get(index)
    if (fixed !== undefined) return fixed
    const target = targetOf(index)
    if (target === undefined) return t('columns.choice.target.out')
    if (typeof target === 'object') {
      const type = t(`columns.choice.type.${target.type}`)
      return t('columns.choice.target.made', { name: target.name, type })
    }
    if (isReadVariable(target)) return t(`columns.names.${target}`)
    return variables.find(({ id }) => id === target)?.name ?? ''
  }
}

function choiceOf(target: ColumnTarget['variable'] | undefined): Choice {
  if (target === undefined) return 'out'
  return typeof target === 'object' ? 'new' : target
}

function ColumnRow(props: {
  readonly column: TableColumn
  readonly becomes: string
  readonly isOut: boolean
  readonly hasProblem: boolean
}) {
  const { column, becomes, isOut, hasProblem } = props
  return (
    <>
      <span className="columns-name">{column.name}</span>
      <span className="columns-samples">{column.samples.join(' · ')}</span>
      <span className={isOut ? 'columns-becomes columns-out' : 'columns-becomes'}>
        {hasProblem ? <CircleAlert aria-hidden /> : <ArrowRight aria-hidden />}
        <span>{becomes}</span>
      </span>
    </>
  )
}
