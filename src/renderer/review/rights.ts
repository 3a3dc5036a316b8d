import type { Connection, RightName } from '../../shared/connection.ts'
import { text } from '../text/text.ts'

type Known = Pick<Connection, 'powers' | 'lacks' | 'commentsHold' | 'isShare'>
export type CommentRight = Extract<RightName, 'comment' | 'changeComments' | 'removeComments'>

/** Whether the service would let it be done. What is not known of a connection may be tried. */
export const may = (connection: Known | undefined, right: RightName): boolean =>
  connection === undefined || !connection.lacks.includes(right)

/**
 * The same for comments. Where a service has none they stay on this computer, and anything may be done to them; but what
 * a guest would keep to themselves tells nobody anything.
 */
export function mayComment(connection: Known | undefined, right: CommentRight = 'comment'): boolean {
  // A connection that nobody has signed in to yet tells no powers.
  if (connection === undefined || connection.powers.length === 0) return true
  return connection.commentsHold === null ? !connection.isShare : may(connection, right)
}

/** Why a right is missing, for whoever looks for the control: by the share, or by the account. */
export const whyNot = (connection: Pick<Connection, 'isShare'> | undefined, right: RightName): string =>
  text.rights[right](connection?.isShare === true)
