import {
  ArrowDown,
  ArrowUp,
  ChevronRight,
  CornerDownRight,
  Hash,
  Highlighter,
  IndentDecrease,
  IndentIncrease,
  Palette,
  PencilLine,
  SquarePen,
  Trash2,
} from 'lucide-react'
import { type ReactNode, useEffect, useRef } from 'react'
import {
  MenuItem as AriaMenuItem,
  Menu,
  Popover,
  SubmenuTrigger,
  Text,
} from 'react-aria-components'
import type { Code } from '../../../shared/domain/code'
import type { CodeId } from '../../../shared/domain/id'
import { useWords } from '../../locale/use-words'
import { useReading } from '../../session/reading'
import { ContextMenu } from '../../ui/ContextMenu'
import { MenuItem } from '../../ui/MenuItem'
import { MenuSeparator } from '../../ui/MenuSeparator'
import { onceFocusIsBack } from './focus'
import { type CodePlace, type Step, stepFrom } from './tree'

/** What the menu of a code leads to. */
export interface CodeActions {
  onAddBelow(code: Code): void
  onRename(code: Code): void
  onEdit(code: Code): void
  onColor(code: Code, at: { readonly x: number; readonly y: number }): void
  onDigit(code: Code, digit: number | null): void
  onStep(code: Code, step: Step): void
  onDelete(code: Code): void
}

interface CodeMenuProps extends CodeActions {
  readonly code: Code
  readonly at: { readonly x: number; readonly y: number }
  readonly codes: readonly Code[]
  readonly places: ReadonlyMap<CodeId, CodePlace>
  readonly canEdit: boolean
  onClose(): void
}

const DIGITS = [1, 2, 3, 4, 5, 6, 7, 8, 9] as const
const NO_DIGIT = 'none'

/** All that can be done with one code, at the point where it was asked for. */
export function CodeMenu(props: CodeMenuProps) {
  const { code, at, codes, places, canEdit, onClose } = props
  const { onAddBelow, onRename, onEdit, onColor, onDigit, onStep, onDelete } = props
  const { t } = useWords()
  // What takes the focus must wait until the menu is gone and has given the focus back.
  const next = useRef<(() => void) | null>(null)
  const then = (action: () => void) => {
    next.current = action
  }
  useEffect(
    () => () => {
      if (next.current) onceFocusIsBack(next.current)
    },
    [],
  )
  const stepItem = (step: Step, icon: ReactNode, keys: string) => (
    <MenuItem
      label={t(`codebook.step.${step}`)}
      icon={icon}
      keys={keys}
      isDisabled={!canEdit || !stepFrom(places, code.id, step)}
      onAction={() => onStep(code, step)}
    />
  )
  return (
    <ContextMenu at={at} label={t('codebook.menuOf', { name: code.name })} onClose={onClose}>
      <MenuItem
        label={t('codebook.activate')}
        icon={<Highlighter aria-hidden />}
        isDisabled={!canEdit}
        onAction={() => useReading.getState().activate(code.id)}
      />
      <MenuSeparator />
      <MenuItem
        label={t('codebook.addBelow')}
        icon={<CornerDownRight aria-hidden />}
        isDisabled={!canEdit}
        onAction={() => then(() => onAddBelow(code))}
      />
      <MenuItem
        label={t('common.rename')}
        icon={<PencilLine aria-hidden />}
        keys="F2"
        isDisabled={!canEdit}
        onAction={() => then(() => onRename(code))}
      />
      <MenuItem
        label={t('codebook.edit')}
        icon={<SquarePen aria-hidden />}
        isDisabled={!canEdit}
        onAction={() => then(() => onEdit(code))}
      />
      <MenuItem
        label={t('codebook.recolor')}
        icon={<Palette aria-hidden />}
        isDisabled={!canEdit}
        onAction={() => then(() => onColor(code, at))}
      />
      <SubmenuTrigger>
        <AriaMenuItem className="menu-item" textValue={t('codebook.digit')} isDisabled={!canEdit}>
          <span className="menu-icon">
            <Hash aria-hidden />
          </span>
          <span className="menu-text">
            <Text slot="label">{t('codebook.digit')}</Text>
          </span>
          <ChevronRight className="code-menu-more" aria-hidden />
        </AriaMenuItem>
        <Popover className="popover popover-menu" offset={-2}>
          <Menu
            className="menu"
            selectionMode="single"
            disallowEmptySelection
            selectedKeys={[code.digit === null ? NO_DIGIT : String(code.digit)]}
            onAction={key => {
              onDigit(code, key === NO_DIGIT ? null : Number(key))
              onClose()
            }}
          >
            <MenuItem id={NO_DIGIT} label={t('codebook.noDigit')} />
            {DIGITS.map(digit => {
              const holder = codes.find(other => other.digit === digit && other.id !== code.id)
              const label = holder
                ? t('codebook.digitTaken', { digit, name: holder.name })
                : String(digit)
              return <MenuItem key={digit} id={String(digit)} label={label} />
            })}
          </Menu>
        </Popover>
      </SubmenuTrigger>
      <MenuSeparator />
      {stepItem('up', <ArrowUp aria-hidden />, 'Alt+ArrowUp')}
      {stepItem('down', <ArrowDown aria-hidden />, 'Alt+ArrowDown')}
      {stepItem('in', <IndentIncrease aria-hidden />, 'Alt+ArrowRight')}
      {stepItem('out', <IndentDecrease aria-hidden />, 'Alt+ArrowLeft')}
      <MenuSeparator />
      <MenuItem
        isDanger
        label={t('codebook.delete')}
        icon={<Trash2 aria-hidden />}
        keys="Delete"
        isDisabled={!canEdit}
        onAction={() => then(() => onDelete(code))}
      />
    </ContextMenu>
  )
}
