// @vitest-environment happy-dom
import { useState } from 'react'
import { createRoot } from 'react-dom/client'
import { expect, it, vi } from 'vitest'
import { startI18n } from '../../../renderer/locale/i18n'
import { ConditionEditor } from '../../../renderer/sets/ConditionEditor'
import type { Condition } from '../../../shared/analysis/report-filter'
import {
  type ColumnKey,
  columnType,
  type ReportRow,
  rowOf,
} from '../../../shared/analysis/report-row'
import type { Value } from '../../../shared/domain/variable'
import { reportNamed } from '../../support/project'

const rows = [2021, 2022, 2022, 2023, null].map((year, at) => rowWith(`r${at}`, year))
const none = new Map()

it('takes one value away from all, and is no condition once it is back', async () => {
  await using editor = await editing('year')
  expect(editor.status()).toBe('4 of 4 chosen')
  const list = editor.list()
  // The first value is the current one; an arrow only moves from it.
  editor.key(list, ' ')
  await editor.until({ column: 'year', is: 'none-of', values: ['2021'] })
  expect(editor.status()).toBe('3 of 4 chosen')
  editor.key(list, ' ')
  await editor.until(null)
})

it('ticks all at once from the keyboard', async () => {
  const before: Condition = { column: 'year', is: 'one-of', values: ['2022'] }
  await using editor = await editing('year', before)
  expect(editor.status()).toBe('1 of 4 chosen')
  editor.key(editor.list(), 'ArrowDown')
  editor.key(editor.list(), 'a', { ctrlKey: true })
  await editor.until(null)
})

it('searches, and Enter chooses only what was found, but not while composing', async () => {
  await using editor = await editing('year')
  const field = editor.input()
  editor.compose(field, '2023')
  expect(editor.status()).toBe('4 of 4 chosen')
  editor.endComposing(field, '2023')
  await vi.waitFor(() => expect(editor.status()).toBe('1 of 1 chosen'))
  editor.key(field, 'Enter', { isComposing: true })
  expect(editor.condition()).toBeNull()
  editor.key(field, 'Enter')
  await editor.until({ column: 'year', is: 'one-of', values: ['2023'] })
  expect(editor.isClosed()).toBe(true)
})

it('begins with the condition that there is', async () => {
  const before: Condition = { column: 'year', is: 'between', from: 2021, to: null }
  await using editor = await editing('year', before)
  const field = editor.input()
  expect(field.value).toBe('2021')
  // A year that is being typed is no year yet, and what there was stays.
  editor.type(field, '202')
  expect(editor.condition()).toEqual(before)
  editor.type(field, '2022')
  await editor.until({ ...before, from: 2022 })
  editor.type(field, '')
  await editor.until(null)
})

it('looks for words once nothing is composed any more', async () => {
  await using editor = await editing('name', { column: 'name', is: 'containing', text: 'x' })
  const field = editor.input()
  editor.compose(field, 'gu')
  expect(editor.condition()).toEqual({ column: 'name', is: 'containing', text: 'x' })
  editor.endComposing(field, '\u56FA')
  await editor.until({ column: 'name', is: 'containing', text: '\u56FA' })
})

/** The editor of one column on a page of its own, in English. */
async function editing(column: ColumnKey, before: Condition | null = null) {
  startI18n('en')
  const box = document.body.appendChild(document.createElement('div'))
  const root = createRoot(box)
  let now = before
  let isClosed = false
  root.render(
    <Held
      column={column}
      before={before}
      onCondition={condition => {
        now = condition
      }}
      onClose={() => {
        isClosed = true
      }}
    />,
  )
  const input = () => {
    const field = box.querySelector('input.field-input')
    if (!(field instanceof HTMLInputElement)) throw new Error('no field')
    return field
  }
  const type = (field: HTMLInputElement, text: string) => {
    const set = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set
    set?.call(field, text)
    field.dispatchEvent(new Event('input', { bubbles: true }))
  }
  await vi.waitFor(() => input())
  return {
    status: () => box.querySelector('[role="status"]')?.textContent,
    list: () => box.querySelector('[role="listbox"]')!,
    condition: () => now,
    isClosed: () => isClosed,
    input,
    type,
    until: (wanted: Condition | null) => vi.waitFor(() => expect(now).toEqual(wanted)),
    key: (at: Element, key: string, more: KeyboardEventInit = {}) =>
      at.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, ...more })),
    compose: (field: HTMLInputElement, text: string) => {
      field.dispatchEvent(new Event('compositionstart', { bubbles: true }))
      type(field, text)
    },
    endComposing: (field: HTMLInputElement, text: string) => {
      type(field, text)
      field.dispatchEvent(new Event('compositionend', { bubbles: true }))
    },
    async [Symbol.asyncDispose]() {
      root.unmount()
      box.remove()
    },
  }
}

interface HeldProps {
  readonly column: ColumnKey
  readonly before: Condition | null
  onCondition(condition: Condition | null): void
  onClose(): void
}

/** Keeps the condition, as whoever shows the editor does. */
function Held({ column, before, onCondition, onClose }: HeldProps) {
  const [condition, setCondition] = useState(before)
  return (
    <ConditionEditor
      column={column}
      type={columnType(column, none)}
      variables={none}
      rows={rows}
      condition={condition}
      onChange={now => {
        setCondition(now)
        onCondition(now)
      }}
      onClose={onClose}
    />
  )
}

function rowWith(name: string, year: number | null): ReportRow {
  const value = { variable: 'year', value: year, origin: 'read' } as Value
  return rowOf(reportNamed(name), year === null ? [] : [value], 0)
}
