import { createContext, useContext } from 'react'

export interface ToastContent {
  readonly message: string
  /** Such as Undo. The toast closes when it is pressed. */
  readonly action?: { readonly label: string; run(): void }
  readonly kind?: 'plain' | 'danger'
}

/** Shows a message for ten seconds, longer while the pointer or the focus is on it. */
export type ShowToast = (toast: ToastContent) => void

export const ToastContext = createContext<ShowToast | null>(null)

/** How to show a toast. Works below {@link ToastProvider} only. */
export function useToast(): ShowToast {
  const show = useContext(ToastContext)
  if (!show) throw new Error('useToast needs a ToastProvider around it')
  return show
}
