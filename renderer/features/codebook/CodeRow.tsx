import { ChevronRight, Ellipsis, GripVertical } from 'lucide-react'
import { Button } from 'react-aria-components'
import type { Code } from '../../../shared/domain/code'
import { useWords } from '../../locale/use-words'
import { RenameField } from './RenameField'
import { useRowSharing } from './row-context'
import { UseCount } from './UseCount'

interface CodeRowProps {
  readonly code: Code
  readonly hasChildren: boolean
  /** 0 at the top. */
  readonly depth: number
}

/** What stands in a row of the tree: handle, arrow, colour, name, number key, uses, menu. */
export function CodeRow({ code, hasChildren, depth }: CodeRowProps) {
  const { renaming, canEdit, onRename, onCancelRename, onMenu, onPoint } = useRowSharing()
  const { t } = useWords()
  const { id, name, color, definition, digit } = code
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: pointing shows what focusing shows too
    <div
      className="code-line"
      onPointerEnter={() => onPoint(id)}
      onContextMenu={event => {
        event.preventDefault()
        onMenu(id, { x: event.clientX, y: event.clientY })
      }}
    >
      <Button slot="drag" className="code-grip" excludeFromTabOrder={!canEdit}>
        <GripVertical aria-hidden />
      </Button>
      <span className="code-indent" style={{ inlineSize: depth * 14 }} />
      {hasChildren ? (
        <Button slot="chevron" className="code-chevron" excludeFromTabOrder>
          <ChevronRight aria-hidden />
        </Button>
      ) : (
        <span className="code-chevron" />
      )}
      <span className="code-swatch" style={{ backgroundColor: color }} />
      {renaming === id ? (
        <RenameField
          name={name}
          onRename={typed => onRename(code, typed)}
          onCancel={onCancelRename}
        />
      ) : (
        <span className="code-name" title={definition === '' ? name : `${name}\n${definition}`}>
          {name}
        </span>
      )}
      {digit !== null && (
        <kbd className="code-digit" title={t('codebook.digitHint', { digit })}>
          {digit}
        </kbd>
      )}
      <UseCount codeId={id} />
      <Button
        className="code-more"
        aria-label={t('codebook.menuOf', { name })}
        preventFocusOnPress
        onPress={({ target }) => {
          const { left, bottom } = target.getBoundingClientRect()
          onMenu(id, { x: left, y: bottom })
        }}
      >
        <Ellipsis aria-hidden />
      </Button>
    </div>
  )
}
