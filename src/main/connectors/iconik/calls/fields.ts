import { choice, flag, group, id, integer, integerOf, list, text } from '../../remoteField.ts'

export const segmentType = choice(
  'MARKER',
  'QC',
  'GENERIC',
  'COMMENT',
  'TAG',
  'TRANSCRIPTION',
  'SCENE',
  'PERSON',
)
export const analysisState = choice('N/A', 'REQUESTED', 'IN_PROGRESS', 'FAILED', 'DONE')
export const archiveState = choice('NOT_ARCHIVED', 'ARCHIVING', 'FAILED_TO_ARCHIVE', 'ARCHIVED')
export const life = choice('ACTIVE', 'DELETED')
export const fileState = choice(
  'OPEN',
  'GROWING',
  'AWAITED',
  'CLOSED',
  'FAILED',
  'ARCHIVED',
  'MISSING',
  'REDISCOVERED',
  'DELETED',
)
export const bulkType = choice('assets', 'collections', 'saved_searches')
export const manyIds = list(id, { least: 1, most: 500 })
export const priority = integerOf({ least: 1, most: 10 })
export const resolution = group({ height: integer, width: integer })

/** Pages by number, from 1. */
export const paged = { per_page: integer, page: integerOf({ least: 1 }) } as const
/** Long lists: asked again with the id of the last answer. */
export const scrolled = { scroll: flag, scroll_id: text } as const
