import { CircleAlert, CircleCheck, Info, TriangleAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import './banner.css'

export interface BannerProps {
  readonly kind: 'info' | 'ok' | 'warning' | 'danger'
  readonly title?: string
  readonly children?: ReactNode
  /** Buttons, small ones. */
  readonly actions?: ReactNode
  /** Spans a panel from edge to edge, without corners. */
  readonly isFlush?: boolean
}

const ICONS = { info: Info, ok: CircleCheck, warning: TriangleAlert, danger: CircleAlert } as const

/** A notice that stands in the page. Dangers are read out at once, the rest in turn. */
export function Banner({ kind, title, children, actions, isFlush = false }: BannerProps) {
  const Icon = ICONS[kind]
  return (
    <div
      className={`banner banner-${kind}${isFlush ? ' banner-flush' : ''}`}
      role={kind === 'danger' ? 'alert' : 'status'}
    >
      <Icon aria-hidden />
      <div className="banner-words">
        {title && <p className="banner-title">{title}</p>}
        {children}
      </div>
      {actions && <div className="banner-actions">{actions}</div>}
    </div>
  )
}
