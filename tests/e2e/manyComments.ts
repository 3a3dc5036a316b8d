/** A clip with more comments than anybody reads. */
import type { Page } from '@playwright/test'
import type { FrameRate } from '../../src/shared/frameRate.ts'
import { drawnShape } from '../fakes/drawnShape.ts'
import { seeded } from '../fakes/seeded.ts'
import { ask, cards, openProduction, sendFiles } from './actor.ts'
import { summary } from './arrived.ts'
import { expect } from './launch.ts'

export interface CommentedClip {
  readonly path: string
  /** A word of its name. */
  readonly name: string
  readonly frames: number
  readonly rate: FrameRate
}

/** One in ten over a range, one in fifty with a drawing, words of one to thirty; the same for the same salt and seed. */
function drafts(versionId: string, { frames, rate }: CommentedClip, count: number, salt: number) {
  const random = seeded(salt)
  return Array.from({ length: count }, (_, index) => {
    const startFrame = random.below(frames)
    const length = random.below(10) === 0 ? random.below(50) : 0
    // Its own type is deeper than what Playwright's can take in.
    const drawing: readonly object[] =
      random.below(50) === 0 ? [drawnShape({ id: `shape-${index}`, colour: '#ff4d3d' })] : []
    return {
      versionId,
      text: `${index}: ${'Take the light down here. '.repeat(1 + random.below(6))}`,
      span: { startFrame, endFrame: Math.min(frames - 1, startFrame + length), rate },
      drawing,
    }
  })
}

/** Every call at once would be one long task of the page. */
async function write(window: Page, all: ReturnType<typeof drafts>): Promise<void> {
  for (let at = 0; at < all.length; at += 500)
    await window.evaluate(
      async (some) => {
        const bridge = Reflect.get(globalThis, 'rushes') as {
          call(name: string, input: unknown): Promise<{ ok: boolean }>
        }
        const replies = await Promise.all(some.map((draft) => bridge.call('comments.create', draft)))
        if (replies.some((reply) => !reply.ok)) throw new Error('a comment was refused')
      },
      all.slice(at, at + 500),
    )
}

/** Sends the clip, writes the comments and opens the room; resolves when picture and comments are there. */
export async function openCommented(
  window: Page,
  clip: CommentedClip,
  count: number,
  salt: number,
): Promise<void> {
  await openProduction(window, 'Winter catalogue')
  await sendFiles(window, [clip.path])
  await expect
    .poll(
      async () => {
        const { total, done } = await summary(window)
        return total === 1 && done === total
      },
      { timeout: 60_000 },
    )
    .toBe(true)
  const found = (await ask(window, 'library.find', { text: clip.name, limit: 5 })) as {
    assets: { name: string; latestVersionId: string }[]
  }
  const versionId = found.assets.find((asset) => asset.name.includes(clip.name))?.latestVersionId
  if (versionId === undefined) throw new Error('the clip did not arrive')
  await write(window, drafts(versionId, clip, count, salt))
  await cards(window).filter({ hasText: clip.name }).first().dblclick()
  const shown = count.toLocaleString('en-US')
  await expect(window.getByRole('complementary', { name: 'Comments' }).getByText(shown).first()).toBeVisible({
    timeout: 30_000,
  })
  await window.waitForFunction(() => (document.querySelector('video')?.readyState ?? 0) >= 3)
}
