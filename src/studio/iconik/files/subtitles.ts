import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { type Condition, where } from '../../sqlRows.ts'
import { type Call, created, done, type IconikAnswer, ok } from '../call.ts'
import { changed, twins } from '../change.ts'
import { body, lastIdQuery, text, uuid } from '../fields.ts'
import { IconikError } from '../iconikError.ts'
import { rowOf, scopeOf, scopeOfVersion, versionFor } from '../media/mediaScope.ts'
import { type Subtitle, subtitles, webvttOf } from '../media/subtitleRows.ts'
import { lastIdPage } from '../page.ts'
import { type Route, route } from '../route.ts'
import { formatOf } from './formats.ts'

const ofAsset = '/v1/assets/{asset_id}/subtitles' as const
const ofVersion = '/v1/assets/{asset_id}/versions/{version_id}/subtitles' as const
const byId = { subtitle_id: /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/ }

const subtitleFields = {
  closed_captions: z.boolean(),
  format_id: uuid,
  language: z.string().min(2).max(35),
  name: text.optional(),
  content: z.string().max(5_000_000).optional(),
  version_id: uuid.optional(),
}

const subtitleOf = (call: Call): Subtitle =>
  subtitles.parse(rowOf(call, subtitles, call.param('subtitle_id'), 'Subtitle'))

/** The newest of a language, with captions for the deaf or without. Fails with 404. */
function ofLanguage(call: Call, scope: readonly Condition[], isCaptions: boolean): Subtitle {
  const conditions = [
    ...scope,
    where('language = ?', call.param('language')),
    where('closed_captions = ?', isCaptions ? 1 : 0),
  ]
  const [found] = subtitles.all(call.rows, conditions, 'rowid DESC')
  if (found === undefined) throw IconikError.notFound('Subtitle')
  return found
}

const asText = ({ content }: Subtitle): IconikAnswer => ({
  status: 200,
  text: { type: 'text/vtt', content: webvttOf(content) },
})

const page = (call: Parameters<typeof lastIdPage>[0], conditions: readonly Condition[]) =>
  ok(
    lastIdPage(call, { table: subtitles.table, conditions }, (rows) =>
      rows.map((row) => {
        const { content: _content, ...shown } = subtitles.parse(row)
        return shown
      }),
    ),
  )

const removeAll = (call: Call, found: readonly Subtitle[]): IconikAnswer =>
  call.rows.transaction(() => {
    for (const { id } of found) subtitles.remove(call.rows, id)
    return done(204)
  })

const readRoles = ['can_read_asset_subtitles']
const writeRoles = ['can_write_asset_subtitles']
const deleteRoles = ['can_delete_assets']

export const subtitleRoutes: readonly Route[] = [
  route('files.listSubtitles', 'GET', `${ofAsset}/`, {
    roles: readRoles,
    access: 'guest',
    query: lastIdQuery,
    handle: (call) => page(call, scopeOf(call)),
  }),
  route('files.listVersionSubtitles', 'GET', `${ofVersion}/`, {
    roles: readRoles,
    access: 'guest',
    query: lastIdQuery,
    handle: (call) => page(call, scopeOfVersion(call)),
  }),
  route('files.createSubtitle', 'POST', `${ofAsset}/`, {
    roles: writeRoles,
    body: body(subtitleFields),
    handle(call) {
      const { version_id, ...fields } = call.body
      const format = formatOf(call, fields.format_id)
      const subtitle = subtitles.insert(call.rows, {
        ...fields,
        ...{ id: randomUUID(), asset_id: format.asset_id, version_id: versionFor(call, version_id) },
      })
      return created(subtitle, subtitle.id)
    },
  }),
  route('files.readSubtitle', 'GET', `${ofAsset}/{language}/`, {
    roles: readRoles,
    access: 'guest',
    handle: (call) => ok(ofLanguage(call, scopeOf(call), false)),
  }),
  route('files.readSubtitleById', 'GET', `${ofAsset}/{subtitle_id}/`, {
    where: byId,
    roles: readRoles,
    access: 'guest',
    handle: (call) => ok(subtitleOf(call)),
  }),
  route('files.readCaptions', 'GET', `${ofAsset}/{language}/cc/`, {
    roles: readRoles,
    access: 'guest',
    handle: (call) => ok(ofLanguage(call, scopeOf(call), true)),
  }),
  route('files.readSubtitleText', 'GET', `${ofAsset}/{language}/webvtt/`, {
    roles: readRoles,
    access: 'guest',
    handle: (call) => asText(ofLanguage(call, scopeOf(call), false)),
  }),
  route('files.readCaptionsText', 'GET', `${ofAsset}/{language}/cc/webvtt/`, {
    roles: readRoles,
    access: 'guest',
    handle: (call) => asText(ofLanguage(call, scopeOf(call), true)),
  }),
  route('files.readVersionSubtitleText', 'GET', `${ofVersion}/{language}/webvtt/`, {
    roles: readRoles,
    access: 'guest',
    handle: (call) => asText(ofLanguage(call, scopeOfVersion(call), false)),
  }),
  route('files.readVersionCaptionsText', 'GET', `${ofVersion}/{language}/cc/webvtt/`, {
    roles: readRoles,
    access: 'guest',
    handle: (call) => asText(ofLanguage(call, scopeOfVersion(call), true)),
  }),
  ...twins('files', 'Subtitle', `${ofAsset}/{subtitle_id}/`, {
    roles: writeRoles,
    body: body(subtitleFields),
    handle(call, mode) {
      const old = subtitleOf(call)
      const fields = ['closed_captions', 'format_id', 'language', 'name', 'content'] as const
      const { version_id, ...sent } = call.body
      if (sent.format_id !== undefined) formatOf(call, sent.format_id)
      const next = changed(old, fields, sent, mode)
      const version = version_id === undefined ? old.version_id : versionFor(call, version_id)
      return ok(subtitles.save(call.rows, { ...next, version_id: version }), old.id)
    },
  }),
  route('files.deleteSubtitle', 'DELETE', `${ofAsset}/{subtitle_id}/`, {
    where: byId,
    roles: deleteRoles,
    handle: (call) => removeAll(call, [subtitleOf(call)]),
  }),
  route('files.deleteCaptions', 'DELETE', `${ofAsset}/{subtitle_id}/cc/`, {
    where: byId,
    roles: deleteRoles,
    handle(call) {
      const subtitle = subtitleOf(call)
      if (!subtitle.closed_captions) throw IconikError.notFound('Subtitle')
      return removeAll(call, [subtitle])
    },
  }),
  route('files.deleteVersionSubtitles', 'DELETE', `${ofVersion}/`, {
    roles: deleteRoles,
    handle: (call) => removeAll(call, subtitles.all(call.rows, scopeOfVersion(call))),
  }),
  route('files.deleteAllSubtitles', 'DELETE', '/v1/assets/{asset_id}/versions/all/subtitles/', {
    roles: deleteRoles,
    handle: (call) => removeAll(call, subtitles.all(call.rows, scopeOf(call, true))),
  }),
]
