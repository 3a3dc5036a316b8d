import { assets } from '../assets/assetRows.ts'
import type { Call } from '../call.ts'
import type { Segment } from '../segments/segmentRows.ts'
import { type User, users } from '../users/userRows.ts'
import { actorOf, addNotice, type NoticeEvent } from './addNotice.ts'

/** Those whom a text mentions: `@` and their address, or their full name. The service's own form is not documented. */
export function mentionedIn(text: string, people: readonly User[]): User[] {
  const lower = text.toLowerCase()
  if (!lower.includes('@')) return []
  return people.filter(({ email, first_name, last_name }) =>
    [email, `${first_name} ${last_name}`].some((name) => lower.includes(`@${name.toLowerCase()}`)),
  )
}

/**
 * Tells of a new comment: those it mentions, whom it answers, and who made the asset; each once, of what concerns them
 * most.
 */
export function noticesOfSegment(
  call: Pick<Call, 'rows' | 'viewer' | 'date'>,
  segment: Segment,
  parent: Segment | undefined,
): void {
  if (segment.segment_type !== 'COMMENT') return
  const { rows } = call
  const asset = assets.get(rows, segment.asset_id)
  const text = segment.segment_text ?? ''
  const told = new Map<string, NoticeEvent>()
  for (const { id } of mentionedIn(text, users.all(rows, []))) told.set(id, 'mention')
  const answered = parent?.user_id
  if (answered !== undefined && !told.has(answered)) told.set(answered, 'reply')
  if (!told.has(asset.created_by_user)) told.set(asset.created_by_user, 'comment')
  const words: Record<string, string> = {
    mention: 'mentioned you on',
    reply: 'replied to you on',
    comment: 'commented on',
  }
  for (const [to, event] of told) {
    addNotice(call, {
      ...{ to, event, objectType: 'assets', objectId: asset.id, about: { type: 'segments', id: segment.id } },
      short: `${actorOf(call)} ${words[event]} ${asset.title}`,
      long: text,
      context: {
        asset_title: asset.title,
        version_id: segment.version_id,
        time_start_milliseconds: segment.time_start_milliseconds ?? null,
        ...(segment.share_user_email && { share_user_email: segment.share_user_email }),
      },
    })
  }
}
