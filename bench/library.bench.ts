/** 50,000 assets in a production: the first page, the way to the end, the memory, the page's main thread. */

import { ask, cards, openProduction } from '../tests/e2e/actor.ts'
import type { LaunchedApp } from '../tests/e2e/launch.ts'
import { expect, test } from '../tests/e2e/launch.ts'
import { traceMainThread } from '../tests/e2e/trace.ts'

const assets = 50_000

async function memory({ app }: LaunchedApp): Promise<Record<string, number>> {
  return app.evaluate(({ app: running }) =>
    Object.fromEntries(
      running
        .getAppMetrics()
        .filter((one) => one.type !== 'GPU' && one.type !== 'Zygote')
        .map((one) => [one.name ?? one.type, Math.round(one.memory.workingSetSize / 1024)]),
    ),
  )
}

const say = (text: string) => process.stdout.write(`${text}\n`)

test('a production of 50,000 assets', async ({ launchApp }) => {
  const launched = await launchApp({
    args: ['--demo', `--demo-assets=${assets}`],
    size: { width: 1440, height: 900 },
  })
  const { window } = launched
  await window.getByRole('treeitem', { name: 'Many assets' }).first().waitFor()
  say(`memory before, MiB: ${JSON.stringify(await memory(launched))}`)

  const opened = Date.now()
  await openProduction(window, 'Many assets')
  await expect(cards(window).first()).toBeVisible()
  say(`first cards, nothing cached: ${Date.now() - opened} ms`)
  await expect(window.getByText('50,000 assets, ').first()).toBeVisible({ timeout: 60_000 })
  await expect(window.getByText(/of 50,000 read so far/)).toHaveCount(0, { timeout: 120_000 })
  say(`all read into the cache: ${Date.now() - opened} ms`)

  await openProduction(window, 'Autumn Campaign')
  const again = await window.evaluate(async () => {
    const item = [...document.querySelectorAll<HTMLElement>('[role="treeitem"]')].find((each) =>
      each.textContent?.includes('Many assets'),
    )
    const from = performance.now()
    item?.click()
    while (
      !document.querySelector('[role="listbox"] [role="option"]') ||
      !document.querySelector('h1')?.textContent?.includes('Many assets')
    ) {
      await new Promise(requestAnimationFrame)
    }
    return performance.now() - from
  })
  say(`opened from the cache: ${Math.round(again)} ms`)

  const grid = window.getByRole('listbox', { name: 'Assets' })
  const box = await grid.boundingBox()
  if (box === null) throw new Error('no grid')
  await window.mouse.move(box.x + box.width / 2, box.y + box.height / 2)
  const wheel = async () => {
    for (let turn = 0; turn < 240; turn += 1) await window.mouse.wheel(0, 240)
  }
  await wheel()
  for (let round = 1; round <= 3; round += 1) {
    const found = await traceMainThread(launched, wheel)
    say(
      `main thread per frame while scrolling, round ${round}: p50 ${found.p50.toFixed(1)} ms, p95 ${found.p95.toFixed(1)} ms, ` +
        `worst ${found.worst.toFixed(1)} ms over ${found.frames} frames; longest task ${found.longestTask.toFixed(1)} ms`,
    )
  }

  await grid.focus()
  const jumped = Date.now()
  await window.keyboard.press('End')
  await expect.poll(() => cards(window).last().getAttribute('data-item')).toBe(String(assets - 1))
  say(`to the last asset: ${Date.now() - jumped} ms`)
  expect(await cards(window).count()).toBeLessThan(120)
  for (const press of ['Home', 'End', 'Home', 'End', 'Home']) await window.keyboard.press(press)
  say(`memory after, MiB: ${JSON.stringify(await memory(launched))}`)

  const times: number[] = []
  const { places } = (await ask(window, 'library.find', { text: 'Many assets', limit: 1 })) as {
    places: { id: string }[]
  }
  for (let page = 0; page < 100; page += 1) {
    const from = performance.now()
    await ask(window, 'assets.list', {
      placeId: places[0]?.id,
      offset: page * 500,
      limit: 200,
      sort: 'newest',
      filter: {},
    })
    times.push(performance.now() - from)
  }
  times.sort((a, b) => a - b)
  say(`a page of 200 through the bridge: p50 ${times[50]?.toFixed(1)} ms, p95 ${times[95]?.toFixed(1)} ms`)
})
