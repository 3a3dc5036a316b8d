import type { Connection } from '../../shared/connection.ts'
import type { Failure } from '../../shared/errors.ts'
import { errorWords } from '../text/errors.ts'

export type NoticeButton = 'signIn' | 'copyDetails' | 'tryAgain'

/** What helps against a failure of a place. The studio signs itself in: there is nobody to ask for secrets. */
export function noticeButton(
  failure: Failure,
  connection: Pick<Connection, 'isStudio'> | undefined,
): NoticeButton {
  const { remedy } = errorWords(failure)
  if (remedy === 'copyDetails') return 'copyDetails'
  return remedy === 'signIn' && connection?.isStudio === false ? 'signIn' : 'tryAgain'
}
