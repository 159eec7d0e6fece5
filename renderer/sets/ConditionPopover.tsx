import type { RefObject } from 'react'
import { useWords } from '../locale/use-words'
import { Popover } from '../ui/Popover'
import { ConditionEditor, type ConditionEditorProps } from './ConditionEditor'
import { columnName } from './column-words'

interface ConditionPopoverProps extends ConditionEditorProps {
  /** What it points at: the column's heading, or the condition in words. */
  readonly anchor: RefObject<Element | null>
}

/** The condition on one column, beside what it is about. Escape and a press elsewhere close it. */
export function ConditionPopover({ anchor, ...editor }: ConditionPopoverProps) {
  const { t } = useWords()
  const name = columnName(t, editor.column, editor.variables)
  return (
    <Popover
      anchor={anchor}
      isOpen
      onClose={editor.onClose}
      label={t('sets.editor.title', { name })}
    >
      <ConditionEditor {...editor} />
    </Popover>
  )
}
