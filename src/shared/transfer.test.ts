import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  isRunning,
  nextState,
  runningStates,
  stateAfter,
  type TransferEvent,
  type TransferState,
  transferStateSchema,
} from './transfer.ts'

const states = transferStateSchema.options
const plain = [
  'start',
  'interrupt',
  'wait',
  'ready',
  'fail',
  'pause',
  'resume',
  'retry',
  'cancel',
  'canceled',
] as const
const events: readonly TransferEvent[] = [
  ...plain.map((kind): TransferEvent => ({ kind })),
  ...[...runningStates, 'done' as const].map((to): TransferEvent => ({ kind: 'advance', to })),
]

const statesAfter = (state: TransferState): TransferState[] =>
  events.flatMap((event) => stateAfter(state, event) ?? [])

function reachableFrom(state: TransferState): Set<TransferState> {
  const seen = new Set<TransferState>([state])
  for (const one of seen) for (const next of statesAfter(one)) seen.add(next)
  return seen
}

describe('the life of a transfer', () => {
  test('can reach every state from the queue', () => {
    expect(reachableFrom('queued')).toEqual(new Set(states))
  })

  test('never leaves done or canceled', () => {
    expect(statesAfter('done')).toEqual([])
    expect(statesAfter('canceled')).toEqual([])
  })

  test('can end from every state', () => {
    for (const state of states) {
      const ends = reachableFrom(state)
      expect(ends.has('done') || ends.has('canceled'), state).toBe(true)
    }
  })

  test('goes back to the queue when the process ends, from every running state', () => {
    for (const state of runningStates) expect(stateAfter(state, { kind: 'interrupt' })).toBe('queued')
    expect(stateAfter('canceling', { kind: 'interrupt' })).toBe('canceling')
  })

  test('can be stopped until the store assembles the object, and not from then on', () => {
    const stoppable = states.filter((state) => stateAfter(state, { kind: 'cancel' }) === 'canceling')
    expect(stoppable).toEqual(['queued', 'preparing', 'creating', 'uploading', 'waiting', 'paused', 'failed'])
    for (const state of ['completing', 'verifying', 'registering'] as const)
      expect(stateAfter(state, { kind: 'pause' }), state).toBeUndefined()
  })

  test('has a canceled transfer end nowhere else', () => {
    expect(reachableFrom('canceling')).toEqual(new Set(['canceling', 'canceled']))
  })

  test('is done only by way of registering', () => {
    for (const state of states) if (statesAfter(state).includes('done')) expect(state).toBe('registering')
  })

  test('throws on a step that is not listed, and only then', () => {
    const seed = Number(process.env['RUSHES_SEED'] ?? 1)
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...events), { maxLength: 60 }), (walk) => {
        let state: TransferState = 'queued'
        for (const event of walk) {
          const next = stateAfter(state, event)
          if (next === undefined) expect(() => nextState(state, event)).toThrow(state)
          else expect(nextState(state, event)).toBe(next)
          state = next ?? state
          if (next !== undefined && event.kind === 'advance')
            expect(isRunning(next) || next === 'done').toBe(true)
        }
      }),
      { seed, numRuns: 1000 },
    )
  })
})
