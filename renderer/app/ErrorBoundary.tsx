import { Component, type ReactNode } from 'react'
import { OpeningFailed } from './OpeningFailed'

interface ErrorBoundaryProps {
  onLeave(): void
  readonly children: ReactNode
}

/** Ends a failure of drawing at a screen that says so. What was saved is not touched by it. */
export class ErrorBoundary extends Component<ErrorBoundaryProps, { readonly error: unknown }> {
  override state = { error: null as unknown }

  static getDerivedStateFromError(error: unknown) {
    return { error }
  }

  override render(): ReactNode {
    const { onLeave, children } = this.props
    if (this.state.error === null) return children
    return (
      <OpeningFailed
        error={this.state.error}
        onBack={() => {
          this.setState({ error: null })
          onLeave()
        }}
      />
    )
  }
}
