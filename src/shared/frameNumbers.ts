import { z } from 'zod'
import type { AssetId, ConnectionId } from './ids.ts'

/** The number of a clip's first frame. Larger ones leave no room to type the frames after it. */
export const firstNumberSchema = z.int().min(0).max(9_999_999)

/** What a clip's first frame is called where nobody said otherwise. */
export const usualFirstNumber = 1

/**
 * Which number the first frame of a clip has: its own, else that of its connection, else 1. Pure numbering: what is stored
 * counts frames from 0.
 *
 * A house has one habit (1001 at those that draw and render), so a connection has a number; a shot that keeps another has its
 * own. It belongs to the asset: the next version of a shot begins at the same number.
 */
export const frameNumbersSchema = z.object({
  /** By connection id. */
  connections: z.record(z.string().max(64), firstNumberSchema),
  /** By asset id, what was set longest ago first. */
  assets: z.record(z.string().max(64), firstNumberSchema),
})
export type FrameNumbers = z.infer<typeof frameNumbersSchema>
export const usualFrameNumbers: FrameNumbers = { connections: {}, assets: {} }

/** Clips with a number of their own; the one that was set longest ago goes when there are more. */
export const mostOwnNumbers = 5000

interface Numbered {
  readonly id: AssetId
  readonly connectionId: ConnectionId
}
/** What a number is set for: one clip, or every clip of its connection that has none of its own. */
export type NumberedScope = 'clip' | 'connection'

export const firstNumberOf = (numbers: FrameNumbers, { id, connectionId }: Numbered): number =>
  numbers.assets[id] ?? numbers.connections[connectionId] ?? usualFirstNumber

/** The clip's first frame has this number from now on; what is the default anyway is not kept beside it. */
export function withFirstNumber(
  { connections, assets }: FrameNumbers,
  { id, connectionId }: Numbered,
  number: number,
  scope: NumberedScope,
): FrameNumbers {
  const { [id]: _own, ...others } = assets
  if (scope === 'connection') {
    const { [connectionId]: _before, ...rest } = connections
    const isUsual = number === usualFirstNumber
    return { connections: isUsual ? rest : { ...rest, [connectionId]: number }, assets: others }
  }
  if (number === (connections[connectionId] ?? usualFirstNumber)) return { connections, assets: others }
  const kept = Object.entries(others).slice(1 - mostOwnNumbers)
  return { connections, assets: { ...Object.fromEntries(kept), [id]: number } }
}
