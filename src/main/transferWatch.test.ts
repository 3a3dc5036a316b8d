import { beforeEach, expect, test } from 'vitest'
import type { Settings } from '../shared/settings.ts'
import { defaultSettings } from '../shared/settings.ts'
import type { TransferSummary } from '../shared/transfer.ts'
import { createTransferWatch } from './transferWatch.ts'

let awake: boolean
let bar: [share: number | undefined, isMoving: boolean]
let told: string[]
let isFocused: boolean
let settings: Settings

beforeEach(() => {
  awake = false
  bar = [undefined, false]
  told = []
  isFocused = false
  settings = defaultSettings
})

const open = () =>
  createTransferWatch({
    settings: () => settings,
    desktop: {
      keepAwake: (isOn) => {
        awake = isOn
      },
      progress: (share, isMoving) => {
        bar = [share, isMoving]
      },
      notify: (title, body) => told.push(`${title}. ${body}`),
      isFocused: () => isFocused,
    },
  })
const summary = (more: Partial<TransferSummary>): TransferSummary => ({
  total: 0,
  done: 0,
  moving: 0,
  queued: 0,
  waiting: 0,
  paused: 0,
  failed: 0,
  needsYou: 0,
  canceled: 0,
  bytesTotal: 0,
  bytesVerified: 0,
  bytesStored: 0,
  bytesPerSecond: 0,
  secondsLeft: null,
  waitReason: null,
  ...more,
})

test('awake while files move and no longer; a wait for the network may sleep', () => {
  const watch = open()
  watch.summary(summary({ moving: 1, bytesTotal: 100 }))
  expect(awake).toBe(true)
  watch.summary(summary({ waiting: 1, bytesTotal: 100, bytesStored: 50 }))
  expect([awake, bar]).toEqual([false, [0.5, false]])
  watch.summary(summary({ queued: 1, bytesTotal: 100, bytesStored: 50 }))
  expect(awake).toBe(true)
  settings = { ...settings, keepAwake: false }
  watch.settingsChanged()
  expect(awake).toBe(false)
  settings = { ...settings, keepAwake: true }
  watch.settingsChanged()
  watch.rest()
  expect([awake, bar]).toEqual([false, [undefined, false]])
})

test('progress is of what came since everything was sent, also when finished rows are taken off the list', () => {
  const watch = open()
  watch.summary(summary({ done: 9, bytesTotal: 900, bytesStored: 900 }))
  watch.summary(summary({ done: 9, moving: 1, bytesTotal: 1000, bytesStored: 950 }))
  expect(bar).toEqual([0.5, true])
  watch.summary(summary({ moving: 1, bytesTotal: 100, bytesStored: 50 }))
  expect(bar).toEqual([0.5, true])
  watch.summary(summary({ moving: 1, bytesTotal: 100, bytesStored: 75 }))
  expect(bar).toEqual([0.75, true])
})

test('one notification when everything was sent, with how much it was', () => {
  const watch = open()
  watch.summary(summary({ done: 2 }))
  watch.summary(summary({ done: 2, moving: 3 }))
  watch.summary(summary({ done: 4, waiting: 1 }))
  expect(told).toEqual([])
  watch.summary(summary({ done: 5 }))
  watch.summary(summary({ done: 5 }))
  expect(told).toEqual(['Everything was sent. 3 files were sent.'])
  // So small that it was never seen on its way.
  watch.summary(summary({ done: 6 }))
  expect(told[1]).toBe('Everything was sent. One file was sent.')
  watch.summary(summary({ done: 6, moving: 2 }))
  watch.summary(summary({ done: 7, failed: 1 }))
  expect(told[2]).toBe('Uploads stopped. One file was sent, 1 needs you.')
})

test('none after a pause, a cancel, in front of somebody, or where it is not wanted', () => {
  const watch = open()
  const send = (end: Partial<TransferSummary>) => {
    watch.summary(summary({ done: 0 }))
    watch.summary(summary({ moving: 2 }))
    watch.summary(summary(end))
  }
  send({ done: 1, paused: 1 })
  send({ done: 0 })
  isFocused = true
  send({ done: 2 })
  isFocused = false
  settings = { ...settings, notifyWhenDone: false }
  send({ done: 2 })
  expect(told).toEqual([])
})
