/** 50,000 assets in one production: all of them can be reached, and only what is on the screen exists. */
import { cards, openProduction } from './actor.ts'
import { expect, test } from './launch.ts'

const assets = 50_000

test('a production of 50,000 assets scrolls to its end', async ({ launchApp }) => {
  test.setTimeout(180_000)
  const { app, window } = await launchApp({
    args: ['--demo', `--demo-assets=${assets}`],
    size: { width: 1440, height: 900 },
  })
  await openProduction(window, 'Many assets')
  await expect(cards(window).first()).toBeVisible()
  await expect(window.getByText(/^50,000 assets, .* Updated/)).toBeVisible({ timeout: 120_000 })
  await window.getByRole('listbox', { name: 'Assets' }).focus()
  const memory = () =>
    app.evaluate(({ app: running }) =>
      Math.round(
        (running.getAppMetrics().find((one) => one.type === 'Tab')?.memory.workingSetSize ?? 0) / 1024,
      ),
    )
  const sizes = [await memory()]
  for (let round = 0; round < 3; round += 1) {
    await window.keyboard.press('End')
    await expect.poll(() => cards(window).last().getAttribute('data-item')).toBe(String(assets - 1))
    expect(await cards(window).count()).toBeLessThan(150)
    await window.keyboard.press('Home')
    await expect.poll(() => cards(window).first().getAttribute('data-item')).toBe('0')
    sizes.push(await memory())
  }
  process.stdout.write(
    `memory of the page, start and after each way to the end and back, MiB: ${sizes.join(', ')}\n`,
  )
})
