import { useRef } from 'react'
import type { Code } from '../../../shared/domain/code'
import { PALETTE } from '../../../shared/domain/palette'
import { useWords } from '../../locale/use-words'
import { ColorSwatchPicker } from '../../ui/ColorSwatchPicker'
import { Popover } from '../../ui/Popover'

interface ColorPopoverProps {
  readonly code: Code
  readonly at: { readonly x: number; readonly y: number }
  onChoose(color: string): void
  onClose(): void
}

/** A code's colour, chosen at the point where it was asked for. Closes with the choice. */
export function ColorPopover({ code, at, onChoose, onClose }: ColorPopoverProps) {
  const { t } = useWords()
  const anchor = useRef<HTMLSpanElement>(null)
  const label = t('codebook.colorOf', { name: code.name })
  return (
    <>
      <span
        ref={anchor}
        className="menu-anchor"
        style={{ insetInlineStart: at.x, insetBlockStart: at.y }}
      />
      <Popover anchor={anchor} isOpen label={label} onClose={onClose}>
        <div className="code-colors">
          <ColorSwatchPicker
            label={label}
            hexLabel={t('codebook.hex')}
            palette={PALETTE}
            value={code.color}
            onChange={color => {
              if (color !== code.color) onChoose(color)
              onClose()
            }}
          />
        </div>
      </Popover>
    </>
  )
}
