import { describe, expect, it } from 'vitest'
import type { CoderId } from '../../../shared/domain/id'
import type { EditLabel } from '../../../shared/journal/edit'
import {
  advance,
  type History,
  type JournalEntry,
  NO_HISTORY,
  UNDO_REACH,
} from '../../../shared/journal/history'
import { BATCH } from '../../support/project'

const stamp = (seq: number) => ({ seq, at: 0, coderId: 'me' as CoderId })

function edit(seq: number, kind: 'do' | 'undo' | 'redo', of: number | null = null): JournalEntry {
  return labelled(seq, 'assignCode', kind, of)
}

function labelled(
  seq: number,
  label: EditLabel,
  kind: 'do' | 'undo' | 'redo' = 'do',
  of: number | null = null,
): JournalEntry {
  return { kind, of, label, about: '', changes: [], ...stamp(seq) }
}

function historyOf(...entries: readonly JournalEntry[]): History {
  return entries.reduce(advance, NO_HISTORY)
}

describe('the history', () => {
  it('undoes the last edit first, and redoes the last undone first', () => {
    const history = historyOf(edit(1, 'do'), edit(2, 'do'), edit(3, 'undo', 2), edit(4, 'undo', 1))
    expect(history).toEqual({ done: [], undone: [2, 1] })
    expect(advance(history, edit(5, 'redo', 1))).toEqual({ done: [1], undone: [2] })
  })

  it('forgets what was undone once something new is done', () => {
    const history = historyOf(edit(1, 'do'), edit(2, 'do'), edit(3, 'undo', 2), edit(4, 'do'))
    expect(history).toEqual({ done: [1, 4], undone: [] })
  })

  it('is left alone by imports and by coders who join', () => {
    const before = historyOf(edit(1, 'do'), edit(2, 'do'), edit(3, 'undo', 2))
    const entry: JournalEntry = {
      kind: 'import',
      batch: BATCH,
      reports: [],
      variables: [],
      values: [],
      ...stamp(4),
    }
    expect(advance(before, entry)).toEqual(before)
    expect(advance(before, labelled(4, 'addCoder'))).toEqual(before)
  })

  it('reaches back so many edits and no further', () => {
    let history = NO_HISTORY
    for (let seq = 1; seq <= UNDO_REACH + 5; seq++) history = advance(history, edit(seq, 'do'))
    expect([history.done.length, history.done[0]]).toEqual([UNDO_REACH, 6])
  })
})
