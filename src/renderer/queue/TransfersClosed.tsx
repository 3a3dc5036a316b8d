import type { Failure } from '../../shared/errors.ts'
import { copyDetails } from '../shell/copyDetails.ts'
import { errorWords } from '../text/errors.ts'
import { text } from '../text/text.ts'
import { Button } from '../ui/Button.tsx'
import { classesOf } from '../ui/classes.ts'
import { EmptyState } from '../ui/EmptyState.tsx'
import { Notice } from '../ui/Notice.tsx'
import css from './Queue.module.css'
import { openTransfers } from './transferStore.ts'

const c = classesOf(css)

/** What a person can do about it. */
const stepFor = (failure: Failure) =>
  errorWords(failure).remedy === 'copyDetails'
    ? { words: text.app.copyDetails, run: () => copyDetails(failure) }
    : { words: text.app.tryAgain, run: () => void openTransfers() }

/** In place of the list: why there is none. */
export function TransfersClosed({ failure }: { readonly failure: Failure }) {
  const { what, more } = errorWords(failure)
  const step = stepFor(failure)
  return (
    <div className={c('closed')} role="alert">
      <EmptyState small title={text.notices.closed} more={`${what} ${more}`} look="failed">
        <Button onClick={step.run}>{step.words}</Button>
      </EmptyState>
    </div>
  )
}

/** The same as one line, while the list is not open. */
export function TransfersClosedLine({ failure }: { readonly failure: Failure }) {
  const { what, more } = errorWords(failure)
  return <Notice tone="stop" what={`${text.notices.closed} ${what}`} more={more} action={stepFor(failure)} />
}
