import { AppError } from '../../../shared/errors.ts'
import type { ShareRights } from '../../../shared/share.ts'
import type { RemoteShare, RemoteShareTarget, SharePower } from '../powers.ts'
import { calls } from './calls/index.ts'
import { timeOf } from './mappingShared.ts'
import { allAfter, allRows, eachOf, isGone, orElse } from './paging.ts'
import type { Names } from './people.ts'
import type { Session } from './session.ts'
import type { Share, ShareUser } from './wireShares.ts'
import { shareSchema, sharesSchema, shareUserSchema, shareUsersSchema } from './wireShares.ts'

const perPage = 100
const mostShares = 500
const mostMany = 500

const objectTypes = { asset: 'assets', place: 'collections' } as const

/** A share is found by its object and its id, so its key holds both. */
interface ShareKey {
  readonly object_type: string
  readonly object_id: string
  readonly share_id: string
}
const keyOf = ({ object_type, object_id, share_id }: ShareKey): string =>
  `${object_type}/${object_id}/${share_id}`
function readKey(key: string): ShareKey {
  const [object_type, object_id, share_id, ...more] = key.split('/')
  if (!object_type || !object_id || !share_id || more.length > 0)
    throw new AppError('request.invalid', { field: 'key' })
  return { object_type, object_id, share_id }
}

/** Links and invitations to assets and collections. */
export function createShares({ call }: Session, names: Names): SharePower {
  const usersOf = async (key: ShareKey, signal: AbortSignal): Promise<ShareUser[]> =>
    orElse(
      () =>
        allAfter(
          (last_id) =>
            call(
              calls['assets.listShareUsers'],
              { path: { ...key }, query: { per_page: perPage, last_id }, answer: shareUsersSchema },
              signal,
            ),
          perPage,
        ),
      [],
    )

  const whole = async (share: Share, signal: AbortSignal): Promise<RemoteShare | undefined> => {
    const { object_type, object_id } = share
    // Without them it cannot be named in any call.
    if (object_type === null || object_id === null) return undefined
    const key = { object_type, object_id, share_id: share.id }
    const users = share.users.length > 0 || share.url ? share.users : await usersOf(key, signal)
    const owner = await names.people([share.owner_id], signal)
    return remoteShare(share, key, users, owner.get(share.owner_id ?? '')?.name ?? null)
  }

  const read = async (key: string, signal: AbortSignal): Promise<Share> =>
    call(calls['assets.readShare'], { path: { ...readKey(key) }, answer: shareSchema }, signal)

  const readWhole = async (key: string, signal: AbortSignal): Promise<RemoteShare> => {
    const named = readKey(key)
    const share = await read(key, signal)
    const found = await whole(
      {
        ...share,
        object_type: share.object_type ?? named.object_type,
        object_id: share.object_id ?? named.object_id,
      },
      signal,
    )
    if (found === undefined) throw new AppError('remote.notFound', { thing: 'share' })
    return found
  }

  const listMine = (signal: AbortSignal) =>
    allRows(
      (page) =>
        call(
          calls['assets.listMyShares'],
          { query: { page, per_page: perPage, sort: 'date_created,desc' }, answer: sharesSchema },
          signal,
        ),
      mostShares,
    )
  const listOf = (target: RemoteShareTarget, signal: AbortSignal) =>
    allAfter(
      (last_id) =>
        call(
          calls['assets.listShares'],
          {
            path: { object_type: objectTypes[target.kind], object_id: target.remoteId },
            query: { per_page: perPage, last_id },
            answer: sharesSchema,
          },
          signal,
        ),
      perPage,
      mostShares,
    )

  return {
    async list(target, signal) {
      const found = await (target === null ? listMine(signal) : listOf(target, signal))
      const shown = await eachOf(found, (share) =>
        whole(
          target === null
            ? share
            : { ...share, object_type: objectTypes[target.kind], object_id: target.remoteId },
          signal,
        ),
      )
      return shown.filter((share) => share !== undefined)
    },

    async create(targets, draft, signal) {
      const { kind, emails, title, message, password, expiresAt, hasWatermark, isApproval, rights } = draft
      const [first, ...others] = targets
      if (first === undefined) throw new AppError('request.invalid', { field: 'targets' })
      const options = {
        ...optionsOf(rights),
        title,
        expires: new Date(expiresAt).toISOString(),
        show_watermark: hasWatermark,
        is_approval: isApproval,
        ...(password === undefined ? {} : { password }),
      }
      const isLink = kind === 'link'
      const words = isLink || message === '' ? {} : { message }
      if (others.length > 0) {
        if (targets.some((target) => target.kind !== 'asset') || targets.length > mostMany)
          throw new AppError('request.invalid', { field: 'targets' })
        const object_ids = targets.map(({ remoteId }) => remoteId)
        const path = { object_type: 'assets' }
        const body = { ...options, ...words, object_ids, share_by_url: isLink, ...(isLink ? {} : { emails }) }
        const made = await call(
          calls['assets.createShareOfMany'],
          { path, body, answer: shareSchema },
          signal,
        )
        return { ...remoteShare(made, madeKey(made, first), made.users, null), target: first }
      }
      const path = { object_type: objectTypes[first.kind], object_id: first.remoteId }
      const made = isLink
        ? await call(calls['assets.createShareUrl'], { path, body: options, answer: shareSchema }, signal)
        : await call(
            calls['assets.createShare'],
            { path, body: { ...options, ...words, emails }, answer: shareSchema },
            signal,
          )
      const key = madeKey(made, first)
      const users = isLink ? [] : await usersOf(key, signal)
      return remoteShare(made, key, users, null)
    },

    async link(key, signal) {
      const { url, personal_url } = await read(key, signal)
      const link = url || personal_url
      if (!link) throw new AppError('thing.notFound', { thing: 'link' })
      return link
    },

    async remove(keys, signal) {
      if (keys.length === 0) return
      const named = keys.map(readKey)
      try {
        const share_ids = named.map(({ share_id }) => share_id)
        await call(calls['assets.deleteShares'], { body: { share_ids } }, signal)
      } catch (error) {
        // One that is gone, or somebody else's, stops them all: each by itself, then.
        if (!(error instanceof AppError) || !oneStops.has(error.code)) throw error
        for (const path of named) await removeOne(path, signal)
      }
    },

    async invite(key, email, signal) {
      const path = { ...readKey(key) }
      await call(calls['assets.addShareUser'], { path, body: { email }, answer: shareUserSchema }, signal)
      return readWhole(key, signal)
    },

    async revoke(key, guestKey, signal) {
      const path = { ...readKey(key), share_user_id: guestKey }
      try {
        await call(calls['assets.removeShareUser'], { path }, signal)
      } catch (error) {
        if (!isGone(error)) throw error
      }
      return readWhole(key, signal)
    },
  }

  async function removeOne(path: ShareKey, signal: AbortSignal): Promise<void> {
    try {
      await call(calls['assets.deleteShare'], { path: { ...path } }, signal)
    } catch (error) {
      if (!isGone(error)) throw error
    }
  }
}

const oneStops = new Set(['remote.notFound', 'auth.forbidden', 'remote.refused'])

/** Several assets together become an object of the service's own making, which the answer names. */
const madeKey = (made: Share, target: RemoteShareTarget): ShareKey => ({
  object_type: made.object_type ?? objectTypes[target.kind],
  object_id: made.object_id ?? target.remoteId,
  share_id: made.id,
})

/** Shares of playlists, sequences and several assets are made of things that are no one thing here. */
function targetOf({ object_type, object_id }: ShareKey): RemoteShareTarget | null {
  if (object_type === 'assets') return { kind: 'asset', remoteId: object_id }
  return object_type === 'collections' ? { kind: 'place', remoteId: object_id } : null
}

function remoteShare(
  share: Share,
  key: ShareKey,
  users: readonly (Pick<ShareUser, 'id' | 'access_count' | 'last_access_date'> & {
    email?: string | undefined
  })[],
  createdBy: string | null,
): RemoteShare {
  return {
    key: keyOf(key),
    target: targetOf(key),
    targetName: share.object_title,
    title: share.title ?? share.object_title ?? '',
    kind: share.url ? 'link' : 'people',
    hasPassword: share.has_password === true,
    hasWatermark: share.show_watermark === true,
    isApproval: share.is_approval === true,
    rights: rightsOf(share),
    guests: users.map(({ id, email, access_count, last_access_date }) => ({
      key: id,
      email: email ?? '',
      opens: access_count ?? 0,
      lastOpenedAt: timeOf(last_access_date, null),
    })),
    createdBy,
    createdAt: timeOf(share.date_created, null),
    expiresAt: timeOf(share.expires, null),
    hasLink: Boolean(share.url),
  }
}

const rightsOf = (share: Share): ShareRights => ({
  comment: share.allow_comments === true,
  approve: share.allow_setting_approve_status === true,
  download: share.allow_download === true,
  downloadProxy: share.allow_download_proxy === true,
  upload: share.allow_upload === true,
  seeVersions: share.allow_view_versions === true,
  seeTranscriptions: share.allow_view_transcriptions === true,
  mention: share.allow_user_search_for_mentions === true,
})

const optionsOf = (rights: ShareRights) => ({
  allow_comments: rights.comment,
  // Whoever may comment may also say that a remark is done with.
  allow_approving_comments: rights.comment,
  allow_setting_approve_status: rights.approve,
  allow_download: rights.download,
  allow_download_proxy: rights.downloadProxy,
  allow_upload: rights.upload,
  allow_view_versions: rights.seeVersions,
  allow_view_transcriptions: rights.seeTranscriptions,
  allow_user_search_for_mentions: rights.mention,
})
