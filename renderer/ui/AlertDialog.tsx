import { TriangleAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import { Dialog as AriaDialog, Heading, Modal, ModalOverlay } from 'react-aria-components'
import { Button } from './Button'
import './dialog.css'

export interface AlertDialogProps {
  readonly isOpen: boolean
  onCancel(): void
  onConfirm(): void
  readonly title: string
  /** What will happen, and what will not. */
  readonly children: ReactNode
  /** The verb, not "OK". */
  readonly confirmLabel: string
  readonly cancelLabel: string
  readonly isDanger?: boolean
  readonly isPending?: boolean
}

/** Asks before something that cannot be undone. The focus starts on Cancel. */
export function AlertDialog(props: AlertDialogProps) {
  const { isOpen, onCancel, onConfirm, title, children, confirmLabel, cancelLabel } = props
  const { isDanger = true, isPending = false } = props
  return (
    <ModalOverlay
      className="dialog-scrim"
      isOpen={isOpen}
      onOpenChange={open => !open && onCancel()}
      isKeyboardDismissDisabled={isPending}
    >
      <Modal className="dialog-frame dialog-small">
        <AriaDialog role="alertdialog" className="dialog">
          <div className="dialog-content">
            <div className="dialog-body dialog-alert">
              <TriangleAlert className={isDanger ? 'dialog-danger' : 'dialog-warn'} aria-hidden />
              <div>
                <Heading slot="title" className="dialog-title">
                  {title}
                </Heading>
                <div className="dialog-text">{children}</div>
              </div>
            </div>
            <footer className="dialog-footer">
              <div className="dialog-note" />
              <Button autoFocus isDisabled={isPending} onPress={onCancel}>
                {cancelLabel}
              </Button>
              <Button
                variant={isDanger ? 'danger' : 'primary'}
                isPending={isPending}
                onPress={onConfirm}
              >
                {confirmLabel}
              </Button>
            </footer>
          </div>
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  )
}
