import { z } from 'zod'
import { failureSchema } from './errors.ts'
import {
  assetIdSchema,
  batchIdSchema,
  connectionIdSchema,
  placeIdSchema,
  sourceIdSchema,
  transferIdSchema,
} from './ids.ts'

export const transferStateSchema = z.enum([
  'queued',
  'preparing',
  'creating',
  'uploading',
  'completing',
  'verifying',
  'registering',
  'done',
  'waiting',
  'paused',
  'failed',
  'canceling',
  'canceled',
])
export type TransferState = z.infer<typeof transferStateSchema>

export const runningStates = [
  'preparing',
  'creating',
  'uploading',
  'completing',
  'verifying',
  'registering',
] as const
export type RunningState = (typeof runningStates)[number]

/**
 * What can happen to a transfer. `advance` is the work going on; `interrupt` is the process having ended in the middle;
 * `ready` is the end of a wait; `resume` and `retry` are the user's.
 */
export type TransferEvent =
  | { readonly kind: 'start' }
  | { readonly kind: 'advance'; readonly to: RunningState | 'done' }
  | {
      readonly kind:
        | 'interrupt'
        | 'wait'
        | 'ready'
        | 'fail'
        | 'pause'
        | 'resume'
        | 'retry'
        | 'cancel'
        | 'canceled'
    }

type Table = Readonly<
  Record<TransferState, Partial<Record<Exclude<TransferEvent['kind'], 'advance'>, TransferState>>>
>

/** Steps of the work itself. A run always begins with `preparing`, which leads to where the stored facts say the work stands. */
const advances: Readonly<Record<RunningState, readonly (RunningState | 'done')[]>> = {
  preparing: ['creating', 'uploading', 'completing', 'verifying', 'registering'],
  creating: ['uploading'],
  // verifying: a small file goes up in one request; creating: the store no longer knows the upload
  uploading: ['completing', 'verifying', 'creating'],
  completing: ['verifying', 'uploading', 'creating'],
  verifying: ['registering', 'creating'],
  registering: ['done'],
}

const stoppable = {
  interrupt: 'queued',
  wait: 'waiting',
  fail: 'failed',
  pause: 'paused',
  cancel: 'canceling',
} as const
// Once the store assembles the object there is nothing left to stop: no pause and no cancel from here on.
const unstoppable = { interrupt: 'queued', wait: 'waiting', fail: 'failed' } as const

const table: Table = {
  queued: { start: 'preparing', wait: 'waiting', fail: 'failed', pause: 'paused', cancel: 'canceling' },
  preparing: stoppable,
  creating: stoppable,
  uploading: stoppable,
  completing: unstoppable,
  verifying: unstoppable,
  registering: unstoppable,
  waiting: { ready: 'queued', retry: 'queued', fail: 'failed', pause: 'paused', cancel: 'canceling' },
  paused: { resume: 'queued', cancel: 'canceling' },
  failed: { retry: 'queued', cancel: 'canceling' },
  // repeats until the store agrees that the upload is gone
  canceling: { interrupt: 'canceling', wait: 'canceling', canceled: 'canceled' },
  done: {},
  canceled: {},
}

export function isRunning(state: TransferState): state is RunningState {
  return (runningStates as readonly TransferState[]).includes(state)
}

/** The state after `event`, or undefined when the table has no such step. */
export function stateAfter(state: TransferState, event: TransferEvent): TransferState | undefined {
  if (event.kind !== 'advance') return table[state][event.kind]
  return isRunning(state) && advances[state].includes(event.to) ? event.to : undefined
}

/** The state after `event`. Throws on a step that is not listed: that is a bug of ours, never bad input. */
export function nextState(state: TransferState, event: TransferEvent): TransferState {
  const next = stateAfter(state, event)
  if (next === undefined)
    throw new Error(
      `a ${state} transfer does not take ${event.kind === 'advance' ? `advance to ${event.to}` : event.kind}`,
    )
  return next
}

export const waitReasonSchema = z.enum([
  'offline',
  'auth',
  'throttled',
  'sourceMissing',
  'sourceLocked',
  'sourceBusy',
  'quota',
  'backoff',
  'databaseFull',
])
export type WaitReason = z.infer<typeof waitReasonSchema>

export const destinationSchema = z.object({
  connectionId: connectionIdSchema,
  placeId: placeIdSchema,
  /** Names from the workspace down, for showing. */
  path: z.array(z.string()).min(1),
  /** The asset the file becomes a new version of; null: it becomes an asset of its own. */
  versionOf: assetIdSchema.nullable().default(null),
})
export type Destination = z.infer<typeof destinationSchema>

export const transferSchema = z.object({
  id: transferIdSchema,
  batchId: batchIdSchema,
  sourceId: sourceIdSchema,
  name: z.string(),
  /** Folders between the dropped item and the file. */
  folders: z.array(z.string()),
  mediaType: z.string(),
  destination: destinationSchema,
  state: transferStateSchema,
  waitReason: waitReasonSchema.nullable(),
  failure: failureSchema.nullable(),
  /** When a wait ends by itself, epoch milliseconds. */
  nextAt: z.number().int().nullable(),
  bytes: z.number().int().nonnegative(),
  /** What the store has confirmed and will not be sent again. */
  bytesStored: z.number().int().nonnegative(),
  /** Of the parts on their way now. */
  bytesInFlight: z.number().int().nonnegative(),
  partCount: z.number().int().nonnegative().nullable(),
  partsStored: z.number().int().nonnegative(),
  partsInFlight: z.number().int().nonnegative(),
  bytesPerSecond: z.number().nonnegative(),
  /** False from the moment the store assembles the object. */
  isStoppable: z.boolean(),
  createdAt: z.number().int(),
  updatedAt: z.number().int(),
  /** The asset it became, once registered and known here. */
  assetId: assetIdSchema.nullable(),
})
export type Transfer = z.infer<typeof transferSchema>

export const transferSummarySchema = z.object({
  total: z.number().int().nonnegative(),
  done: z.number().int().nonnegative(),
  moving: z.number().int().nonnegative(),
  queued: z.number().int().nonnegative(),
  waiting: z.number().int().nonnegative(),
  paused: z.number().int().nonnegative(),
  failed: z.number().int().nonnegative(),
  /** Failed, or waiting until somebody signs in. */
  needsYou: z.number().int().nonnegative(),
  /** Given up, or about to be; not part of `total`. */
  canceled: z.number().int().nonnegative(),
  bytesTotal: z.number().int().nonnegative(),
  bytesStored: z.number().int().nonnegative(),
  /** Of what is stored: looked at again in the store and found intact. */
  bytesVerified: z.number().int().nonnegative().default(0),
  bytesPerSecond: z.number().nonnegative(),
  /** Null while the speed is unknown or nothing moves. */
  secondsLeft: z.number().nonnegative().nullable(),
  /** What all that wait by themselves wait for; null when that differs. */
  waitReason: waitReasonSchema.nullable(),
})
export type TransferSummary = z.infer<typeof transferSummarySchema>

export const transferFilterSchema = z.enum(['all', 'moving', 'waiting', 'needsYou', 'done'])
export type TransferFilter = z.infer<typeof transferFilterSchema>

/** One line of a transfer's history: a stable name and safe facts; the renderer has the words. */
export const transferNoteSchema = z.object({
  at: z.number().int(),
  kind: z.enum([
    'planned',
    'created',
    'resumed',
    'partsFound',
    'completed',
    'verified',
    'registered',
    'waited',
    'failed',
    'paused',
    'restarted',
    'canceled',
  ]),
  facts: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
})
export type TransferNote = z.infer<typeof transferNoteSchema>

export const transferDetailSchema = z.object({
  transfer: transferSchema,
  partSize: z.number().int().positive().nullable(),
  /** One character a part, in order: `s` stored, `f` on its way, `.` to go. */
  parts: z.string(),
  notes: z.array(transferNoteSchema),
})
export type TransferDetail = z.infer<typeof transferDetailSchema>

/** Which transfers a command is for: some by id, or all it applies to. */
export const transferSelectionSchema = z.union([
  z.literal('all'),
  z.array(transferIdSchema).min(1).max(10_000),
])
export type TransferSelection = z.infer<typeof transferSelectionSchema>
