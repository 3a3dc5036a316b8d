/** The open queue as a person reads it: lines by the names of their files. */
import type { Locator } from '@playwright/test'
import { transfers as words } from '../../src/renderer/text/en/transfers.ts'
import { errorWords } from '../../src/renderer/text/errors.ts'
import type { ErrorCode } from '../../src/shared/errors.ts'
import type { Transfer } from '../../src/shared/transfer.ts'
import { allTransfers } from './arrived.ts'
import type { LaunchedApp } from './launch.ts'
import { expect } from './launch.ts'

type Window = LaunchedApp['window']

/** What the page says for a code. */
export const saying = (code: ErrorCode) => errorWords({ code, facts: {} })

/** A line of the open queue. */
export const line = (window: Window, name: string): Locator =>
  window.getByRole('grid', { name: words.title }).getByRole('row').filter({ hasText: name })

export async function openQueue(window: Window): Promise<void> {
  await window.keyboard.press('Control+j')
  await expect(window.getByRole('region', { name: words.title })).toBeVisible()
}

export async function closeQueue(window: Window): Promise<void> {
  await window.keyboard.press('Control+j')
  await expect(window.getByRole('region', { name: words.title })).toHaveCount(0)
}

export async function transferOf(window: Window, name: string): Promise<Transfer | undefined> {
  return (await allTransfers(window)).find((transfer) => transfer.name === name)
}

/** Resolves when the store holds a part of the file and not yet all. */
export async function untilUnderWay(window: Window, name: string): Promise<void> {
  await expect
    .poll(
      async () => {
        const { state, partsStored = 0 } = (await transferOf(window, name)) ?? {}
        return partsStored > 0 ? state : 'no part is stored'
      },
      { timeout: 60_000, intervals: [50] },
    )
    .toBe('uploading')
}
