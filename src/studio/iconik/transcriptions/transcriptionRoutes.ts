import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { where } from '../../sqlRows.ts'
import { type Version, versionOf, versions } from '../assets/assetRows.ts'
import { noteHistory } from '../assets/history.ts'
import { type Call, done, type IconikAnswer, ok } from '../call.ts'
import { changed, twins } from '../change.ts'
import { Documents } from '../documents.ts'
import { body, uuid } from '../fields.ts'
import { IconikError } from '../iconikError.ts'
import { subtitleText } from '../media/subtitleRows.ts'
import { type Route, route } from '../route.ts'
import { segments } from '../segments/segmentRows.ts'
import { type Cue, parseCues } from './cues.ts'

const propertiesSchema = z.strictObject({
  id: z.string(),
  asset_id: z.string(),
  version_id: z.string(),
  language: z.string().default(''),
  speaker_labels: z.record(z.string(), z.string()).default({}),
  system_domain_id: z.string(),
})
type Properties = z.infer<typeof propertiesSchema>
const transcriptions = new Documents('iconik_transcription', 'Transcription properties', propertiesSchema)

const all = '/v1/assets/{asset_id}/versions/{version_id}/transcriptions/'
const one = `${all}{transcription_id}/properties/` as const
const propertiesBody = body({
  language: z.string().max(35).optional(),
  speaker_labels: z.record(z.string().max(100), z.string().max(500)).optional(),
})

const ownVersion = (call: Call): Version =>
  versionOf(call.rows, call.param('asset_id'), call.param('version_id'))

/** Fails with 404, also for those of another version. */
function named(call: Call): Properties {
  const found = transcriptions.get(call.rows, call.param('transcription_id'))
  if (found.version_id !== ownVersion(call).id) throw IconikError.notFound('Transcription properties')
  return found
}

function added(call: Call, sent: Partial<Pick<Properties, 'language' | 'speaker_labels'>>): Properties {
  const { id, asset_id } = ownVersion(call)
  return transcriptions.insert(call.rows, {
    ...{ id: randomUUID(), asset_id, version_id: id, ...sent },
    system_domain_id: call.viewer.systemDomainId,
  })
}

const idsOfVersion = (call: Call): Properties[] =>
  transcriptions.all(call.rows, [where('version_id = ?', ownVersion(call).id)])

function drop(call: Call, transcription: Properties): void {
  const sql = "DELETE FROM iconik_segment WHERE transcription_id = ? AND segment_type = 'TRANSCRIPTION'"
  call.rows.run(sql, transcription.id)
  transcriptions.remove(call.rows, transcription.id)
}

/** Speech lines as segments, spoken by the numbered speakers. The words of a line share its time evenly. */
function addSpeech(call: Call, { id, asset_id, version_id }: Properties, cues: readonly Cue[]): void {
  const speakers = [...new Set(cues.flatMap(({ speaker }) => speaker ?? []))]
  for (const { startMs, endMs, text, speaker } of cues) {
    const words = text.split(/\s+/).filter((word) => word !== '')
    if (words.length === 0) continue
    const share = (endMs - startMs) / words.length
    const segmentId = randomUUID()
    segments.insert(call.rows, {
      ...{ id: segmentId, asset_id, version_id, segment_type: 'TRANSCRIPTION', segment_text: text },
      ...{ time_start_milliseconds: startMs, time_end_milliseconds: endMs, transcription_id: id },
      ...{ path: segmentId, top_level: true, user_id: call.viewer.userId },
      transcription: {
        ...(speaker !== undefined && { speaker: speakers.indexOf(speaker) }),
        words: words.map((value, index) => ({
          value,
          start_ms: Math.round(startMs + share * index),
          end_ms: Math.round(startMs + share * (index + 1)),
        })),
      },
      ...{ date_created: call.date, date_modified: call.date },
    })
  }
}

const subtitleBody = body({
  content: z.string().max(5_000_000).optional(),
  source_subtitle_id: uuid.optional(),
  format: z.enum(['VTT', 'WEBVTT', 'SRT']).nullish(),
  language: z.string().max(35).optional(),
  delete_old_transcriptions: z.boolean().optional(),
})

async function fromSubtitles(call: Call<z.output<typeof subtitleBody>>): Promise<IconikAnswer> {
  const { content, source_subtitle_id, language = '', delete_old_transcriptions } = call.body
  if ((content === undefined) === (source_subtitle_id === undefined)) {
    throw IconikError.badRequest('Give either content or source_subtitle_id')
  }
  const version = ownVersion(call)
  const text = content ?? (await subtitleText(call, version.asset_id, source_subtitle_id ?? ''))
  const cues = parseCues(text)
  if (cues === undefined) throw IconikError.badRequest({ content: 'Is neither WebVTT nor SRT' })
  const speakers = [...new Set(cues.flatMap(({ speaker }) => speaker ?? []))]
  const transcription = call.rows.transaction(() => {
    if (delete_old_transcriptions === true) for (const old of idsOfVersion(call)) drop(call, old)
    const labels = Object.fromEntries(speakers.map((speaker, index) => [String(index), speaker]))
    const properties = added(call, { language, speaker_labels: labels })
    addSpeech(call, properties, cues)
    const languages = [...new Set([...version.transcribed_languages, ...(language === '' ? [] : [language])])]
    versions.save(call.rows, { ...version, transcribe_status: 'DONE', transcribed_languages: languages })
    noteHistory(call, { assetId: version.asset_id, versionId: version.id, operation: 'TRANSCRIPTION' })
    return properties
  })
  return ok(transcription, transcription.id)
}

export const transcriptionRoutes: readonly Route[] = [
  route('assets.listTranscriptionProperties', 'GET', `${all}properties/`, {
    roles: ['can_read_transcriptions'],
    handle: (call) => ok({ objects: idsOfVersion(call) }),
  }),
  route('assets.createTranscriptionProperties', 'POST', `${all}properties/`, {
    roles: ['can_write_transcriptions'],
    body: propertiesBody,
    handle: (call) => {
      const { language, speaker_labels } = call.body
      const { id, asset_id } = ownVersion(call)
      const properties = call.rows.transaction(() => {
        noteHistory(call, { assetId: asset_id, versionId: id, operation: 'TRANSCRIPTION' })
        return added(call, { ...(language && { language }), ...(speaker_labels && { speaker_labels }) })
      })
      return ok(properties, properties.id)
    },
  }),
  route('assets.importSubtitles', 'POST', `${all}subtitles/`, {
    roles: ['can_write_transcriptions'],
    body: subtitleBody,
    handle: fromSubtitles,
  }),
  route('assets.readTranscriptionProperties', 'GET', one, {
    roles: ['can_read_transcriptions'],
    handle: (call) => ok(named(call), call.param('transcription_id')),
  }),
  ...twins('assets', 'TranscriptionProperties', one, {
    roles: ['can_write_transcriptions'],
    body: propertiesBody,
    handle: (call, mode) => {
      const next = changed(named(call), ['language', 'speaker_labels'], call.body, mode)
      return ok(transcriptions.save(call.rows, next), next.id)
    },
  }),
  route('assets.deleteTranscriptionProperties', 'DELETE', one, {
    roles: ['can_delete_transcriptions'],
    handle: (call) => {
      call.rows.transaction(() => drop(call, named(call)))
      return done(204, call.param('transcription_id'))
    },
  }),
]
