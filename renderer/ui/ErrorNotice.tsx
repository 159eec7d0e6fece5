import type { ReactNode } from 'react'
import { Banner } from './Banner'

export interface ErrorNoticeProps {
  /** What happened. */
  readonly what: string
  /** What is safe all the same. */
  readonly safe: string
  /** What to do about it. */
  readonly todo: string
  readonly actions?: ReactNode
  readonly isFlush?: boolean
}

/** A failure, in the three sentences that someone at work needs. */
export function ErrorNotice({ what, safe, todo, actions, isFlush = false }: ErrorNoticeProps) {
  return (
    <Banner kind="danger" title={what} actions={actions} isFlush={isFlush}>
      <p className="error-notice-safe">{safe}</p>
      <p className="error-notice-todo">{todo}</p>
    </Banner>
  )
}
