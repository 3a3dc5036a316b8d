import type { Failure } from '../../shared/errors.ts'
import { errorDetails } from '../text/errors.ts'
import { text } from '../text/text.ts'
import { copyText } from './copyText.ts'
import { sayWords } from './sayStore.ts'

/** Puts what support needs on the clipboard and says so. */
export function copyDetails(failure: Failure): void {
  if (copyText(errorDetails(failure))) sayWords(text.app.copied)
}
