// @vitest-environment happy-dom
import { useState } from 'react'
import { createRoot } from 'react-dom/client'
import { expect, it, vi } from 'vitest'
import { startI18n } from '../../../renderer/locale/i18n'
import { FilterChips } from '../../../renderer/sets/FilterChips'
import type { Condition, ReportFilter } from '../../../shared/analysis/report-filter'

const year: Condition = { column: 'year', is: 'between', from: 2020, to: 2023 }
const place: Condition = { column: 'place', is: 'missing' }
const none = new Map()

it('says each condition, and takes away the one that is not wanted', async () => {
  await using chips = await showing({ all: [year, place] })
  expect(chips.buttons()).toEqual([
    'Remove condition: Year covered 2020\u20132023',
    'Remove condition: Place is missing',
    'Clear all',
    'Save as set\u2026',
  ])
  chips.press('Remove condition: Year covered 2020\u20132023')
  await chips.until({ all: [place] })
  expect(document.activeElement?.getAttribute('aria-label')).toBe('Filter')
})

it('takes all away at once, and offers nothing to save then', async () => {
  await using chips = await showing({ all: [year, place] })
  chips.press('Clear all')
  await chips.until({ all: [] })
  await vi.waitFor(() => expect(chips.buttons()).toEqual([]))
})

/** The chips of a filter on a page of their own, in English. */
async function showing(before: ReportFilter) {
  startI18n('en')
  const box = document.body.appendChild(document.createElement('div'))
  const root = createRoot(box)
  let now = before
  const onFilter = (filter: ReportFilter) => {
    now = filter
  }
  root.render(<Held before={before} onFilter={onFilter} />)
  const all = () => [...box.querySelectorAll('button')]
  const nameOf = (button: HTMLElement) => button.getAttribute('aria-label') ?? button.textContent
  await vi.waitFor(() => expect(all()).not.toHaveLength(0))
  return {
    buttons: () => all().map(nameOf),
    press: (name: string) =>
      all()
        .find(each => nameOf(each) === name)
        ?.click(),
    until: (wanted: ReportFilter) => vi.waitFor(() => expect(now).toEqual(wanted)),
    async [Symbol.asyncDispose]() {
      root.unmount()
      box.remove()
    },
  }
}

interface HeldProps {
  readonly before: ReportFilter
  onFilter(filter: ReportFilter): void
}

/** Keeps the filter, as whoever shows the chips does. */
function Held({ before, onFilter }: HeldProps) {
  const [filter, setFilter] = useState(before)
  return (
    <FilterChips
      filter={filter}
      columns={['year', 'place']}
      variables={none}
      onChange={changed => {
        setFilter(changed)
        onFilter(changed)
      }}
    />
  )
}
