import { X } from 'lucide-react'
import type { ReactNode, SubmitEvent } from 'react'
import { Dialog as AriaDialog, Heading, Modal, ModalOverlay } from 'react-aria-components'
import { IconButton } from './IconButton'
import './dialog.css'

export interface DialogProps {
  readonly isOpen: boolean
  /** Escape, the cross and the footer's own buttons end here. */
  onClose(): void
  readonly title: string
  /** 400, 560 or 800 pixels wide. */
  readonly size?: 'small' | 'medium' | 'large'
  /** Names the cross in the corner; without it there is none. */
  readonly closeLabel?: string
  /** Whether a press beside the dialog closes it. Leave it off where something was typed. */
  readonly closesOutside?: boolean
  /** Off while something runs that must not be left: then nothing but the footer closes it. */
  readonly canClose?: boolean
  /** Buttons, the main one last. With `onSubmit`, the main one has `type="submit"`. */
  readonly footer?: ReactNode
  /** Stands in the footer, at the other end from the buttons. */
  readonly footerNote?: ReactNode
  /** Makes body and footer one form, so that Enter in a field submits. */
  onSubmit?(): void
  readonly children: ReactNode
}

/**
 * A window over the page that holds the focus, and gives it back when it closes. The body
 * scrolls; title and footer stay.
 */
export function Dialog(props: DialogProps) {
  const { isOpen, onClose, title, size = 'small', closeLabel, canClose = true } = props
  const { closesOutside = false, footer, footerNote, onSubmit, children } = props

  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault()
    // A dialog opened from within this one is elsewhere on the page but not for React.
    event.stopPropagation()
    onSubmit?.()
  }
  const content = (
    <>
      <div className="dialog-body">{children}</div>
      {(footer || footerNote) && (
        <footer className="dialog-footer">
          <div className="dialog-note">{footerNote}</div>
          {footer}
        </footer>
      )}
    </>
  )

  return (
    <ModalOverlay
      className="dialog-scrim"
      isOpen={isOpen}
      onOpenChange={open => !open && onClose()}
      isDismissable={closesOutside && canClose}
      isKeyboardDismissDisabled={!canClose}
    >
      <Modal className={`dialog-frame dialog-${size}`}>
        <AriaDialog className="dialog">
          <header className="dialog-header">
            <Heading slot="title" className="dialog-title">
              {title}
            </Heading>
            {closeLabel && (
              <IconButton
                label={closeLabel}
                icon={<X aria-hidden />}
                size="small"
                isDisabled={!canClose}
                onPress={onClose}
              />
            )}
          </header>
          {onSubmit ? (
            <form className="dialog-content" noValidate onSubmit={submit}>
              {content}
            </form>
          ) : (
            <div className="dialog-content">{content}</div>
          )}
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  )
}
