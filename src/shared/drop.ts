import { z } from 'zod'
import { errorCodeSchema } from './errors.ts'
import { scanIdSchema } from './ids.ts'

/** Why a file of a drop wants a look before it is sent. */
export const dropProblemSchema = z.object({
  name: z.string(),
  folders: z.array(z.string()),
  /** `sameName`: as an asset of the place; `twin`: as another file of the drop. */
  kind: z.enum([
    'unreadable',
    'empty',
    'busy',
    'notAFile',
    'tooLarge',
    'sameName',
    'twin',
    'linkLoop',
    'tooDeep',
  ]),
  code: errorCodeSchema.nullable(),
})
export type DropProblem = z.infer<typeof dropProblemSchema>

export const dropFolderSchema = z.object({
  /** Top-level folder, or an empty text for loose files. */
  name: z.string(),
  files: z.number().int().nonnegative(),
  bytes: z.number().int().nonnegative(),
})

/** What a scan has found so far. Counts are of files that can be sent. */
export const scanSchema = z.object({
  id: scanIdSchema,
  /** `stopped`: nobody knows how much of the drop was seen, so nothing of it can be sent. */
  state: z.enum(['scanning', 'ready', 'stopped']),
  /**
   * Why it ended before all was seen. `tooMany`: the files up to the limit can be sent. `diskFull`: what was found could not
   * be kept. Null while that did not happen.
   */
  cut: z.enum(['tooMany', 'diskFull', 'failed']).nullable(),
  files: z.number().int().nonnegative(),
  bytes: z.number().int().nonnegative(),
  folders: z.array(dropFolderSchema).max(500),
  /** Names of the first files, for a short list. */
  sample: z.array(z.string()).max(20),
  problems: z.array(dropProblemSchema).max(1000),
  problemCount: z.number().int().nonnegative(),
  /** System files such as .DS_Store, left out without asking. */
  leftOut: z.number().int().nonnegative(),
})
export type Scan = z.infer<typeof scanSchema>
