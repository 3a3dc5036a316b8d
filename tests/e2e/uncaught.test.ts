/** What nothing in the page caught is said once, calmly; the console has all of it. */
import type { Page } from '@playwright/test'
import { cards, openProduction } from './actor.ts'
import { expect, test } from './launch.ts'

const demo = { args: ['--demo'], size: { width: 1440, height: 900 } } as const
const line = (window: Page) => window.getByRole('alert').filter({ hasText: 'Something unexpected happened.' })

/** Lets the page go wrong in its own time, this often; resolves when it has drawn what came of it. */
const goWrong = (window: Page, way: 'throws' | 'rejects', times = 1) =>
  window.evaluate(
    async ([how, count]) => {
      const name = how === 'throws' ? 'error' : 'unhandledrejection'
      for (let at = 0; at < count; at += 1) {
        const told = new Promise((resolve) => addEventListener(name, resolve, { once: true }))
        setTimeout(() => {
          if (how === 'throws') throw new RangeError('wrong on purpose')
          void Promise.reject(new RangeError('wrong on purpose'))
        })
        await told
      }
      for (let drawn = 0; drawn < 2; drawn += 1) await new Promise(requestAnimationFrame)
    },
    [way, times] as const,
  )

for (const way of ['throws', 'rejects'] as const)
  test(`a page that ${way} says so once, and goes on`, async ({ launchApp, expectConsoleError }) => {
    expectConsoleError(/^uncaught: RangeError: wrong on purpose/)
    const { app, window } = await launchApp(demo)
    await openProduction(window, 'Autumn Campaign')
    await expect(cards(window)).not.toHaveCount(0)
    const heard: string[] = []
    window.on('pageerror', ({ message }) => heard.push(message))

    await goWrong(window, way, 20)
    await expect(line(window)).toHaveCount(1)
    await expect.poll(() => heard, 'nothing is kept from the console').toHaveLength(20)

    await line(window).getByRole('button', { name: 'Copy details' }).click()
    const copied = () => app.evaluate(({ clipboard }) => clipboard.readText())
    await expect.poll(copied).toContain('"name": "RangeError"')
    expect(await copied(), 'its text may say anything').not.toContain('on purpose')
    await expect(line(window)).toHaveCount(0)

    await goWrong(window, way, 20)
    await expect(line(window), 'it was said').toHaveCount(0)
    await expect.poll(() => heard).toHaveLength(40)
    await cards(window).first().click()
    await expect(cards(window).first()).toHaveAttribute('aria-selected', 'true')
  })
