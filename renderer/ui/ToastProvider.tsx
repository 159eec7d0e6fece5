import { CircleAlert, X } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import {
  Button as AriaButton,
  Text,
  UNSTABLE_Toast as Toast,
  UNSTABLE_ToastContent as ToastBody,
  UNSTABLE_ToastQueue as ToastQueue,
  UNSTABLE_ToastRegion as ToastRegion,
} from 'react-aria-components'
import { Button } from './Button'
import { type ToastContent, ToastContext } from './use-toast'
import './toast.css'

export interface ToastProviderProps {
  /** What the region with the messages is called. */
  readonly label: string
  readonly closeLabel: string
  readonly children: ReactNode
}

const SHOWN_MS = 10_000

/** Gives everything below it {@link useToast}, and shows the messages, at most three. */
export function ToastProvider({ label, closeLabel, children }: ToastProviderProps) {
  const [queue] = useState(() => new ToastQueue<ToastContent>({ maxVisibleToasts: 3 }))
  const [show] = useState(() => (toast: ToastContent) => {
    queue.add(toast, { timeout: SHOWN_MS })
  })
  return (
    <ToastContext value={show}>
      {children}
      <ToastRegion queue={queue} className="toasts" aria-label={label}>
        {({ toast }) => {
          const { message, action, kind = 'plain' } = toast.content
          return (
            <Toast toast={toast} className={`toast toast-${kind}`}>
              {kind === 'danger' && <CircleAlert aria-hidden />}
              <ToastBody className="toast-body" role="status">
                <Text slot="title">{message}</Text>
              </ToastBody>
              {action && (
                <Button
                  size="small"
                  variant="quiet"
                  slot={null}
                  onPress={() => {
                    queue.close(toast.key)
                    action.run()
                  }}
                >
                  {action.label}
                </Button>
              )}
              <AriaButton
                slot="close"
                aria-label={closeLabel}
                className="button button-icon button-small"
              >
                <X aria-hidden />
              </AriaButton>
            </Toast>
          )
        }}
      </ToastRegion>
    </ToastContext>
  )
}
