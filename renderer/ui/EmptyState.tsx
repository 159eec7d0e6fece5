import type { ReactNode } from 'react'
import './empty-state.css'

export interface EmptyStateProps {
  /** A lucide icon. */
  readonly icon?: ReactNode
  readonly title: string
  /** What this place is for. */
  readonly text?: ReactNode
  /** The one thing to do next: a Button, at most two. */
  readonly action?: ReactNode
}

/** What a list shows while there is nothing in it. */
export function EmptyState({ icon, title, text, action }: EmptyStateProps) {
  return (
    <div className="empty-state">
      {icon && (
        <span className="empty-state-icon" aria-hidden>
          {icon}
        </span>
      )}
      <p className="empty-state-title">{title}</p>
      {text && <p className="empty-state-text">{text}</p>}
      {action && <div className="empty-state-action">{action}</div>}
    </div>
  )
}
