import { Component, type ReactNode } from 'react'
import { text } from '../text/text.ts'
import { Button } from '../ui/Button.tsx'
import { EmptyState } from '../ui/EmptyState.tsx'

interface Props {
  readonly children: ReactNode
}

/** What is left to show when drawing a screen fails. Uploads are another process and go on. */
export class CrashBoundary extends Component<Props, { readonly hasCrashed: boolean }> {
  override state = { hasCrashed: false }

  static getDerivedStateFromError() {
    return { hasCrashed: true }
  }

  override render() {
    if (!this.state.hasCrashed) return this.props.children
    return (
      <main style={{ height: '100%', display: 'grid' }}>
        <EmptyState title={text.app.crashed} more={text.app.crashedMore} look="failed">
          <Button look="primary" size="large" onClick={() => this.setState({ hasCrashed: false })}>
            {text.app.showAgain}
          </Button>
        </EmptyState>
      </main>
    )
  }
}
