import { describe, expect, test } from 'vitest'
import type { Transfer, TransferState } from '../../shared/transfer.ts'
import { transferStateSchema, waitReasonSchema } from '../../shared/transfer.ts'
import { canCancel, mainButton, transferLine } from './transferWords.ts'

const transfer = (more: Partial<Transfer>): Transfer =>
  ({
    name: 'A012_C003_0915.mov',
    state: 'uploading',
    waitReason: null,
    failure: null,
    bytes: 100,
    bytesStored: 43,
    bytesInFlight: 4,
    partCount: 100,
    partsStored: 43,
    partsInFlight: 4,
    isStoppable: true,
    updatedAt: 0,
    destination: { path: ['Northlight', 'Autumn', 'Day 3'] },
    ...more,
  }) as Transfer

describe('transferLine', () => {
  test.each(transferStateSchema.options)('%s has a colour, a shape and words', (state) => {
    const failure = state === 'failed' ? ({ code: 'source.changed', facts: {} } as const) : null
    const line = transferLine(transfer({ state, failure }))
    expect(line.state).not.toBe('')
    expect(line.look.shape).not.toBe('')
  })
  test.each(waitReasonSchema.options)('waiting for %s says for what', (waitReason) => {
    const line = transferLine(transfer({ state: 'waiting', waitReason }))
    expect(line.look.tone).toBe('wait')
    expect(line.more).not.toBe('')
  })
  test('refused keys say so, not that somebody has to sign in', () => {
    const failure = { code: 'storage.denied', facts: {} } as const
    const line = transferLine(transfer({ state: 'waiting', waitReason: 'auth', failure }))
    expect(line.state).toBe('Storage refused the keys')
    expect(line.more).toContain('Check the keys')
  })
  test('what is stored is said to be safe while the network is away', () => {
    const line = transferLine(transfer({ state: 'waiting', waitReason: 'offline' }))
    expect(line.more).toBe('43 % is stored and will not be sent again')
  })
})

describe('buttons follow what main takes', () => {
  test.each<[TransferState, ReturnType<typeof mainButton>]>([
    ['queued', 'sendFirst'],
    ['uploading', 'pause'],
    ['paused', 'resume'],
    ['waiting', 'tryNow'],
    ['done', undefined],
    ['canceled', undefined],
  ])('%s offers %s', (state, button) => expect(mainButton(transfer({ state }))).toBe(button))
  test('nothing can be stopped once the store puts the object together', () => {
    const late = transfer({ state: 'completing', isStoppable: false })
    expect(mainButton(late)).toBeUndefined()
    expect(canCancel(late)).toBe(false)
  })
  test('an ended session asks to sign in where that is possible; refused keys are tried again', () => {
    const ended = {
      state: 'waiting',
      waitReason: 'auth',
      failure: { code: 'auth.expired', facts: {} },
    } as const
    expect(mainButton(transfer(ended), true)).toBe('signIn')
    expect(mainButton(transfer(ended), false)).toBe('tryNow')
    const denied = { ...ended, failure: { code: 'storage.denied', facts: {} } } as const
    expect(mainButton(transfer(denied), true)).toBe('tryNow')
  })
  test('a changed file is started again, another failure is tried again', () => {
    const changed = transfer({ state: 'failed', failure: { code: 'source.changed', facts: {} } })
    const denied = transfer({ state: 'failed', failure: { code: 'storage.denied', facts: {} } })
    expect(mainButton(changed)).toBe('startAgain')
    expect(mainButton(denied)).toBe('tryNow')
  })
})
