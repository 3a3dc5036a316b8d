import { errorWords } from '../text/errors.ts'
import { text } from '../text/text.ts'
import { Button } from '../ui/Button.tsx'
import { EmptyState } from '../ui/EmptyState.tsx'
import { startApp, useApp } from './appStore.ts'
import { copyDetails } from './copyDetails.ts'

export function StartFailed() {
  const failure = useApp((app) => app.failure)
  if (failure === null) return null
  const words = errorWords(failure)
  return (
    <main style={{ height: '100%', display: 'grid' }}>
      <EmptyState title={text.app.failed} more={`${words.what} ${words.more}`} look="failed">
        <Button look="primary" size="large" onClick={() => void startApp()}>
          {text.app.tryAgain}
        </Button>
        <Button size="large" onClick={() => copyDetails(failure)}>
          {text.app.copyDetails}
        </Button>
      </EmptyState>
    </main>
  )
}
