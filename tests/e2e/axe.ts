/** Fails with what axe finds on the screen, in either theme. */
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import type { Page } from '@playwright/test'
import { z } from 'zod'
import { ask } from './actor.ts'
import { expect } from './launch.ts'

const axeFile = createRequire(import.meta.url).resolve('axe-core/axe.min.js')
const resultSchema = z.array(
  z.object({
    id: z.string(),
    help: z.string(),
    nodes: z.array(z.object({ html: z.string(), failureSummary: z.string().optional() })),
  }),
)

/** The screen in both themes, which differ in nothing but colours; dark is on afterwards. */
export async function expectNone(window: Page, screen: string): Promise<void> {
  if (!(await window.evaluate(() => 'axe' in globalThis)))
    await window.evaluate(await readFile(axeFile, 'utf8'))
  for (const theme of ['light', 'dark'] as const) {
    await ask(window, 'settings.set', { theme })
    await expect(window.locator('html')).toHaveAttribute('data-theme', theme)
    const found = resultSchema.parse(
      await window.evaluate(async (onlyColours) => {
        const axe = Reflect.get(globalThis, 'axe') as {
          configure(spec: { rules: { id: string; selector: string }[] }): void
          run(options: { runOnly?: string[] }): Promise<{ violations: unknown }>
        }
        // The name of what the pointer rests on stands outside of the page's landmarks, as a dialog does; axe spares dialogs itself.
        axe.configure({
          rules: [
            {
              id: 'region',
              selector:
                'body *:not(:has([role="tooltip"]), [data-radix-popper-content-wrapper]:has([role="tooltip"]) *)',
            },
          ],
        })
        // A control that fades in or out has no colour of its own yet.
        await Promise.all(
          document.getAnimations().map((animation) => animation.finished.catch(() => undefined)),
        )
        return (await axe.run(onlyColours ? { runOnly: ['color-contrast', 'link-in-text-block'] } : {}))
          .violations
      }, theme === 'light'),
    )
    expect(
      found.map(
        ({ id, help, nodes }) =>
          `${id}: ${help}\n${nodes.map((node) => `  ${node.html.slice(0, 200)}\n  ${node.failureSummary ?? ''}`).join('\n')}`,
      ),
      `${screen}, ${theme}`,
    ).toEqual([])
  }
}
