/**
 * The app under test: real Electron, its sandbox on, a profile of its own per test.
 * A test fails when a page reports an error or breaks its content security policy, unless it said so before.
 */
import type { ChildProcess } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { existsSync, readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import {
  test as base,
  type ElectronApplication,
  _electron as electron,
  expect,
  type Page,
  type TestInfo,
} from '@playwright/test'
import { z } from 'zod'

const setupSchema = z.object({ electronPath: z.string(), env: z.record(z.string(), z.string()) })

export interface LaunchOptions {
  /** A profile folder to go on with; without it a fresh one, removed after the test. */
  readonly userData?: string
  readonly args?: readonly string[]
  readonly env?: Readonly<Record<string, string>>
  /** Size of the window's content in CSS pixels. */
  readonly size?: { readonly width: number; readonly height: number }
  /** `none`: as on a machine without a system key store. */
  readonly keyStore?: 'system' | 'none'
}

export interface LaunchedApp {
  readonly app: ElectronApplication
  readonly window: Page
  readonly userData: string
  /** Quits as a person would; resolves when every process is gone. */
  close(): Promise<void>
  /** Takes the power away from every process of the app. */
  kill(): Promise<void>
}

interface Running {
  readonly app: ElectronApplication
  readonly child: ChildProcess
  /** What it wrote to its terminal. */
  readonly output: string[]
  readonly userData: string
}

interface Fixtures {
  launchApp(options?: LaunchOptions): Promise<LaunchedApp>
  /** Errors on the console that match are part of the test. */
  expectConsoleError(pattern: RegExp): void
}

const checkout = fileURLToPath(new URL('../..', import.meta.url))

function readSetup() {
  const text = process.env['RUSHES_SETUP']
  if (!text) throw new Error('Start these tests with npm run test:e2e; it sets up Electron and the display.')
  return setupSchema.parse(JSON.parse(text))
}

/** The environment of the test runner, with what this app is to see instead. */
function environment(extra: Readonly<Record<string, string>>): Record<string, string> {
  const inherited = Object.entries(process.env).filter(([name]) => name !== 'RUSHES_SQLITE_ADDON')
  const kept = inherited.flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const]))
  // A packaged app finds all it needs in itself.
  const setup = process.env['RUSHES_PACKAGED'] ? {} : readSetup().env
  return { ...Object.fromEntries(kept), ...setup, ...extra }
}

/** What the studio's iconik API is asked and answers, a file per run, for the check against the vendor's own schemas. */
function recording(): string[] {
  const folder = process.env['RUSHES_EXCHANGES']
  return folder ? [`--studio-exchanges=${join(folder, `${randomUUID()}.jsonl`)}`] : []
}

async function start(userData: string, options: LaunchOptions): Promise<ElectronApplication> {
  const packaged = process.env['RUSHES_PACKAGED']
  const passwordStore = options.keyStore === 'none' ? 'basic' : 'gnome-libsecret'
  return electron.launch({
    executablePath: packaged ?? readSetup().electronPath,
    args: [
      ...(packaged ? [] : ['.']),
      `--user-data-dir=${userData}`,
      ...(process.platform === 'linux' ? [`--password-store=${passwordStore}`] : []),
      '--force-device-scale-factor=1',
      ...recording(),
      ...(options.args ?? []),
    ],
    cwd: checkout,
    chromiumSandbox: true,
    env: environment(options.env ?? {}),
  })
}

function watchErrors(page: Page, onError: (text: string) => void): void {
  page.on('pageerror', (error) => onError(`uncaught: ${error.stack ?? error.message}`))
  page.on('crash', () => onError('the page crashed'))
  page.on('console', (message) => {
    if (message.type() === 'error') onError(`${message.text()} (${message.location().url})`)
  })
}

async function untilExit(child: ChildProcess, act: () => void | Promise<void>): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const exited = once(child, 'exit')
  await act()
  await exited
}

/** Playwright gives the app a process group of its own; its helpers are in it. */
function killGroup(child: ChildProcess): void {
  const { pid } = child
  if (pid === undefined) throw new Error('The app was never started.')
  if (process.platform === 'win32') child.kill('SIGKILL')
  else process.kill(-pid, 'SIGKILL')
}

/** What the window shows after a failure, or why that cannot be had: the app may hang, which is worth knowing too. */
async function attachPicture(window: Page, name: string, testInfo: TestInfo): Promise<void> {
  try {
    const body = await window.screenshot({ timeout: 5_000 })
    await testInfo.attach(name, { body, contentType: 'image/png' })
  } catch (error) {
    await testInfo.attach(name, { body: String(error), contentType: 'text/plain' })
  }
}

/**
 * The debugger runs what it is given in the middle of whatever main does, of a query too; nobody else can quit there.
 * What is only scheduled that way comes when main is free.
 */
async function quit(app: ElectronApplication): Promise<void> {
  await app
    .evaluate(({ app: running }) => {
      setImmediate(() => running.quit())
    })
    .catch(() => app.close())
}

/** Quits as a person would. One that does not go within forty seconds is killed; resolves to whether it went. */
async function closeOrKill({ app, child }: Running): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined
  const patience = new Promise<'hangs'>((resolve) => {
    timer = setTimeout(() => resolve('hangs'), 40_000)
  })
  const isHanging = (await Promise.race([untilExit(child, () => quit(app)), patience])) === 'hangs'
  clearTimeout(timer)
  if (isHanging) await untilExit(child, () => killGroup(child))
  return !isHanging
}

/** Lines of main's log about errors that were thrown where nobody waits for them. */
function bugsIn(userData: string): string[] {
  const log = join(userData, 'logs', 'main.log')
  if (!existsSync(log)) return []
  return readFileSync(log, 'utf8')
    .split('\n')
    .filter((line) => / error (uncaught|unhandled) /.test(line))
}

/** Leaves nothing running, and everything that explains a failure. */
async function endApp(running: Running, index: number, testInfo: TestInfo): Promise<void> {
  const isFailed = testInfo.status !== testInfo.expectedStatus
  const last = running.app.windows()[0]
  if (isFailed && last && !last.isClosed()) await attachPicture(last, `window-${index}`, testInfo)
  const hasQuit = await closeOrKill(running)
  expect.soft(hasQuit, 'the app quits when asked to').toBe(true)
  const bugs = bugsIn(running.userData)
  expect.soft(bugs, `errors that nothing in main caught: ${bugs[0] ?? 'none'}`).toEqual([])
  if (hasQuit && !isFailed) return
  await testInfo.attach(`output-${index}`, { body: running.output.join(''), contentType: 'text/plain' })
}

async function resize(app: ElectronApplication, window: Page, size: { width: number; height: number }) {
  const handle = await app.browserWindow(window)
  await handle.evaluate((browserWindow, { width, height }) => {
    browserWindow.unmaximize()
    browserWindow.setContentSize(width, height)
  }, size)
  await expect.poll(() => window.evaluate(() => [innerWidth, innerHeight])).toEqual([size.width, size.height])
}

export const test = base.extend<Fixtures & { consoleErrors: { found: string[]; expected: RegExp[] } }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads what a fixture needs from this pattern.
  consoleErrors: async ({}, use) => use({ found: [], expected: [] }),

  expectConsoleError: async ({ consoleErrors }, use) => {
    await use((pattern) => {
      consoleErrors.expected.push(pattern)
    })
  },

  launchApp: async ({ consoleErrors }, use, testInfo) => {
    const launched: Running[] = []
    const profiles: string[] = []
    await use(async (options = {}) => {
      const userData = options.userData ?? (await mkdtemp(join(tmpdir(), 'rushes-profile-')))
      if (!options.userData) profiles.push(userData)
      const app = await start(userData, options)
      // Asked now: once the app is gone, Playwright no longer knows its process.
      const child = app.process()
      const output: string[] = []
      for (const stream of [child.stdout, child.stderr])
        stream?.on('data', (data) => output.push(String(data)))
      launched.push({ app, child, output, userData })
      const watch = (page: Page) => watchErrors(page, (text) => consoleErrors.found.push(text))
      app.windows().forEach(watch)
      app.on('window', watch)
      const window = await app.firstWindow()
      if (options.size) await resize(app, window, options.size)
      return {
        app,
        window,
        userData,
        close: () => untilExit(child, () => quit(app)),
        kill: () => untilExit(child, () => killGroup(child)),
      }
    })
    for (const [index, running] of launched.entries()) await endApp(running, index, testInfo)
    for (const profile of profiles) await rm(profile, { recursive: true, force: true })
    const unexpected = consoleErrors.found.filter(
      (text) => !consoleErrors.expected.some((known) => known.test(text)),
    )
    expect(unexpected, 'errors on the console').toEqual([])
  },
})

export { expect } from '@playwright/test'
