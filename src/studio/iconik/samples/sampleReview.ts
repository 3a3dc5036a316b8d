import { randomUUID } from 'node:crypto'
import { frameToMilliseconds } from '../../../shared/frameTime.ts'
import { type PersonKey, personId } from '../accounts.ts'
import { castVote, type Subject, saveRequest, type VoteStatus } from '../approvals/approvalRows.ts'
import { type Asset, assetByTitle, type Version, versionsOf } from '../assets/assetRows.ts'
import type { IconikApi } from '../call.ts'
import { collectionByTitle } from '../collections/collectionRows.ts'
import { isoOf, timeOf } from '../dates.ts'
import { actorOf, addNotice } from '../notices/addNotice.ts'
import { noticesOfSegment } from '../notices/segmentNotices.ts'
import { hideBelow, type Segment, segments } from '../segments/segmentRows.ts'
import { newLinkHash, type Share, shares, shareUsers, storedHash } from '../shares/shareRows.ts'
import { type Actor, actor } from './actor.ts'
import { type Remark, type Review, reviews } from './remarks.ts'
import { sampleTitles } from './titles.ts'

type Api = Pick<IconikApi, 'rows' | 'now'>
const hour = 60 * 60_000
const day = 24 * hour

/** Opens the samples' one share that is locked. */
export const sampleSharePassword = 'lighthouse'

/**
 * The review life of the samples: remarks and their threads, approvals, shares, and what it left in inboxes.
 * `passwordHash`: of `sampleSharePassword`.
 */
export function addSampleReview(api: Api, passwordHash: string): void {
  const shared = addShares(api, passwordHash)
  for (const review of reviews) addRemarks(api, review, shared)
  addApprovals(api)
  readOldNotices(api)
}

/** A version of a sample by its number; undefined where the footage lacks it. */
function versionAt(api: Api, title: string, number: number): { asset: Asset; version: Version } | undefined {
  const asset = assetByTitle(api.rows, title)
  const version = asset && versionsOf(api.rows, asset.id)[number - 1]
  return asset && version && { asset, version }
}

const by = (api: Api, { by: who, hoursAgo }: Pick<Remark, 'by' | 'hoursAgo'>): Actor =>
  actor(api, typeof who === 'string' ? who : 'me', api.now() - hoursAgo * hour)

/** Remarks in the order they were made, so that every reply finds what it answers. */
function addRemarks(api: Api, review: Review, shared: Share | undefined): void {
  const found = versionAt(api, review.title, review.version)
  if (found === undefined) return
  const add = (remark: Remark, parent: Segment | undefined): Segment => {
    const writer = by(api, remark)
    const segment = segments.insert(api.rows, {
      ...contentOf(remark, review, parent),
      ...(typeof remark.by === 'string'
        ? { user_id: writer.viewer.userId }
        : { share_user_email: remark.by.guest, share_id: shared?.id ?? null }),
      ...{ asset_id: found.asset.id, version_id: found.version.id },
      ...{ date_created: writer.date, date_modified: writer.date },
    })
    hideBelow(api.rows, segment)
    // A guest has no user, in whose name a row could say who wrote.
    if (typeof remark.by === 'string') noticesOfSegment(writer, segment, parent)
    return segment
  }
  for (const remark of review.remarks) {
    const root = add(remark, undefined)
    for (const reply of remark.replies ?? []) add(reply, root)
  }
}

function contentOf(remark: Remark, { framesPerSecond }: Review, parent: Segment | undefined) {
  const [numerator, denominator] = framesPerSecond
  const at = (frame: number) => frameToMilliseconds(frame, { numerator, denominator })
  const id = randomUUID()
  const { frames, colour, track, drawing } = remark
  return {
    ...{ id, segment_type: remark.type ?? ('COMMENT' as const), segment_text: remark.text },
    segment_checked: remark.isDone === true,
    is_internal: remark.isInternal === true,
    ...(frames && { time_start_milliseconds: at(frames[0]), time_end_milliseconds: at(frames[1]) }),
    ...(colour !== undefined && { segment_color: colour }),
    ...(track !== undefined && { segment_track: track }),
    ...(drawing && { drawing }),
    ...(parent && { parent_id: parent.id }),
    ...{ path: parent === undefined ? id : `${parent.path}/${id}`, top_level: parent === undefined },
  }
}

interface SampleApproval {
  readonly title: string
  readonly version: number
  readonly asked: readonly PersonKey[]
  readonly askedHoursAgo: number
  readonly guests?: readonly string[]
  readonly least?: number
  readonly votes: readonly (readonly [who: PersonKey | string, status: VoteStatus, hoursAgo: number])[]
}

/** One of each state: asked, approved, refused, at odds, and waiting for the producer. */
const approvals: readonly SampleApproval[] = [
  {
    ...{ title: sampleTitles.ridge, version: 2, asked: ['director', 'me'], askedHoursAgo: 73 },
    votes: [['director', 'NOT_APPROVED', 71]],
  },
  {
    ...{ title: sampleTitles.ridge, version: 3, asked: ['director', 'me'], askedHoursAgo: 21 },
    ...{
      guests: ['client@fjellvann.invalid'],
      least: 2,
      votes: [['client@fjellvann.invalid', 'APPROVED', 8]],
    },
  },
  {
    ...{ title: sampleTitles.lake, version: 2, asked: ['director', 'me'], askedHoursAgo: 40, least: 2 },
    votes: [
      ['director', 'APPROVED', 38],
      ['me', 'APPROVED', 9],
    ],
  },
  {
    ...{ title: sampleTitles.road, version: 2, asked: ['director', 'limited', 'me'], askedHoursAgo: 30 },
    votes: [
      ['director', 'APPROVED', 7],
      ['limited', 'NOT_APPROVED', 5],
    ],
  },
  { title: 'Lighthouse, dusk', version: 1, asked: ['me', 'limited'], askedHoursAgo: 6, votes: [] },
]

function addApprovals(api: Api): void {
  const { rows } = api
  for (const { title, version, asked, askedHoursAgo, guests = [], least = 1, votes } of approvals) {
    const found = versionAt(api, title, version)
    if (found === undefined) continue
    const asker = actor(api, 'mfa', api.now() - askedHoursAgo * hour)
    const subject: Subject = {
      object_type: 'assets',
      object_id: found.asset.id,
      version_id: found.version.id,
    }
    saveRequest(rows, subject, {
      ...{ users: asked.map((key) => personId(api, key)), externals: [...guests], min_number: least },
      ...{ requested_by: asker.viewer.userId, request_date: asker.date, change_date: asker.date },
    })
    for (const key of asked) {
      addNotice(asker, {
        ...{
          to: personId(api, key),
          event: 'approval_request',
          objectType: 'assets',
          objectId: found.asset.id,
        },
        about: { type: 'approvals' },
        ...{ short: `${actorOf(asker)} asks you to approve ${title}`, long: '' },
        context: { asset_title: title, version_id: found.version.id },
      })
    }
    for (const [who, status, hoursAgo] of votes) {
      const isExternal = who.includes('@')
      const voter = isExternal ? who : personId(api, who as PersonKey)
      castVote(rows, subject, { voter, isExternal, status, at: api.now() - hoursAgo * hour })
    }
  }
}

const guestRights = {
  ...{ allow_comments: true, allow_approving_comments: false, allow_setting_approve_status: true },
  ...{ allow_download: false, allow_download_proxy: true, allow_view_versions: true },
}

/** A link to a clip, a collection behind a password, and a clip that went to the client. Answers with the last. */
function addShares(api: Api, passwordHash: string): Share | undefined {
  const ridge = assetByTitle(api.rows, sampleTitles.ridge)
  const lake = assetByTitle(api.rows, sampleTitles.lake)
  const scenes = collectionByTitle(api.rows, sampleTitles.scenes)
  if (lake !== undefined) {
    addShare(api, 'assets', lake.id, { title: 'Lake, for the mix', days: 12, isLink: true })
  }
  if (scenes !== undefined) {
    const look = { title: 'Harbour scenes', days: 25, isLink: true, watermark: true }
    const { id } = addShare(api, 'collections', scenes.id, look)
    api.rows.run('UPDATE iconik_share SET password_hash = ? WHERE id = ?', passwordHash, id)
  }
  if (ridge === undefined) return undefined
  const sent = { title: 'Autumn Campaign, ridge', days: 9, isLink: false, approval: true }
  const share = addShare(api, 'assets', ridge.id, sent)
  const opened = isoOf(api.now() - 8 * hour)
  shareUsers.insert(api.rows, {
    ...{ id: randomUUID(), share_id: share.id, email: 'client@fjellvann.invalid' },
    ...{ access_count: 4, last_access_date: opened },
  })
  return share
}

interface SampleShare {
  readonly title: string
  /** Until it ends. */
  readonly days: number
  readonly isLink: boolean
  readonly watermark?: boolean
  readonly approval?: boolean
}

function addShare(
  api: Api,
  object_type: 'assets' | 'collections',
  object_id: string,
  sample: SampleShare,
): Share {
  const owner = actor(api, 'me', api.now() - 3 * day)
  const hash = sample.isLink ? newLinkHash() : null
  const share = shares.insert(api.rows, {
    ...{ id: randomUUID(), object_type, object_id, hash, title: sample.title, ...guestRights },
    ...{ show_watermark: sample.watermark === true, is_approval: sample.approval === true },
    expires: isoOf(api.now() + sample.days * day),
    ...{ owner_id: owner.viewer.userId, system_domain_id: owner.viewer.systemDomainId },
    ...{ date_created: owner.date, date_modified: owner.date },
  })
  if (hash !== null) {
    api.rows.run('UPDATE iconik_share SET link_hash = ? WHERE id = ?', storedHash(hash), share.id)
  }
  return share
}

/** What is older than a day has been looked at. Rows are in the order of their dates then, as an inbox has them. */
function readOldNotices(api: Api): void {
  const { rows } = api
  const found = rows.all('SELECT id, document FROM iconik_notification ORDER BY date_created')
  rows.run('DELETE FROM iconik_notification')
  for (const row of found) {
    const notice = JSON.parse(String(row['document'])) as { date_created: string }
    const isOld = timeOf(notice.date_created) < api.now() - day
    const status = isOld ? 'READ' : 'SENT'
    rows.run(
      'INSERT INTO iconik_notification(id, document) VALUES (?, ?)',
      row['id'] ?? null,
      JSON.stringify({ ...notice, status }),
    )
  }
}
