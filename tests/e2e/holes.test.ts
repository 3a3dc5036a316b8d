/** The holes that stay shut: the sandbox, the bridge, the router, the page's policy. */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from './launch.ts'

const preload = join(fileURLToPath(new URL('../..', import.meta.url)), 'out', 'preload', 'index.cjs')

test('the page runs in the seccomp sandbox and has no Node', async ({ launchApp }) => {
  const { app, window } = await launchApp()
  const pid = await app.evaluate(({ webContents }) => webContents.getAllWebContents()[0]?.getOSProcessId())
  if (process.platform === 'linux') {
    const status = await readFile(`/proc/${pid}/status`, 'utf8')
    expect(/^Seccomp:\s+(\d)/m.exec(status)?.[1]).toBe('2')
    expect(/^NoNewPrivs:\s+(\d)/m.exec(status)?.[1]).toBe('1')
  }
  const found = await window.evaluate(() => ({
    names: ['process', 'require', 'module', 'global', 'Buffer', '__dirname', 'electron'].filter(
      (name) => name in globalThis,
    ),
    bridge: Object.keys(Reflect.get(globalThis, 'rushes') as object).sort(),
    isIsolated:
      Object.isFrozen(Reflect.get(globalThis, 'rushes')) ||
      !Object.getOwnPropertyDescriptor(globalThis, 'rushes')?.writable,
  }))
  expect(found).toEqual({ names: [], bridge: ['call', 'grant', 'on'], isIsolated: true })
  const preferences = await app.evaluate(({ BrowserWindow }) => {
    const contents = BrowserWindow.getAllWindows()[0]?.webContents
    const all =
      contents === undefined
        ? undefined
        : (Reflect.get(contents, 'getLastWebPreferences') as () => object).call(contents)
    return all as Record<string, unknown> | undefined
  })
  expect(preferences?.['sandbox']).toBe(true)
  expect(preferences?.['contextIsolation']).toBe(true)
  expect(preferences?.['nodeIntegration']).toBe(false)
})

test('10,000 calls of wrong names and wrong shapes are refused, and the app lives', async ({ launchApp }) => {
  const { app, window } = await launchApp()
  const seed = Number(process.env['RUSHES_SEED'] ?? Math.floor(Math.random() * 2 ** 31))
  process.stdout.write(`fuzz seed: RUSHES_SEED=${seed}\n`)
  const outcome = await window.evaluate(async (first) => {
    // Mulberry32, written out in the page: its policy forbids eval.
    let state = first
    const random = () => {
      state = (state + 0x6d2b79f5) | 0
      let t = Math.imul(state ^ (state >>> 15), 1 | state)
      t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
      return ((t ^ (t >>> 14)) >>> 0) / 4294967296
    }
    const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T
    // Calls whose every wrong input must be refused; those that take nothing are asked with something.
    const known = [
      'app.about',
      'settings.get',
      'connections.list',
      'connections.add',
      'connections.retry',
      'connections.remove',
      'places.list',
      'places.get',
      'assets.list',
      'assets.refresh',
      'assets.get',
      'media.open',
      'library.find',
      'drops.choose',
      'drops.scan',
      'drops.send',
      'drops.discard',
      'transfers.list',
      'transfers.get',
      'transfers.pause',
      'transfers.cancel',
      'thumbnails.store',
      'comments.list',
      'comments.create',
      'comments.change',
      'comments.remove',
      'transfers.clear',
    ]
    const strange = [
      '',
      '__proto__',
      'constructor',
      'toString',
      'hasOwnProperty',
      'app.about ',
      'APP.ABOUT',
      'grant',
      'drops',
      '../app.about',
      '\u0000',
      'x'.repeat(10_000),
    ]
    const scalar = (): unknown =>
      pick([
        null,
        true,
        0,
        -1,
        1e308,
        Number.NaN,
        '',
        '/etc/passwd',
        '../../..',
        '\u202e',
        'a'.repeat(1000),
        12345678901234567890n,
        new Date(0),
        new Uint8Array(3),
        /x/,
      ])
    const fields = [
      'id',
      'placeId',
      'versionId',
      'connectionId',
      'parentId',
      'which',
      'grants',
      'offset',
      'limit',
      'sort',
      'filter',
      'text',
      'kind',
      'path',
      'url',
      'jpeg',
      'span',
      '__proto__',
    ]
    const value = (depth: number): unknown => {
      const shape = random()
      if (depth === 0 || shape < 0.5) return scalar()
      if (shape < 0.65) return Array.from({ length: Math.floor(random() * 5) }, () => value(depth - 1))
      return Object.fromEntries(
        Array.from({ length: 1 + Math.floor(random() * 5) }, () => [pick(fields), value(depth - 1)]),
      )
    }
    const rushes = Reflect.get(globalThis, 'rushes') as {
      call(name: unknown, input: unknown): Promise<{ ok: boolean; failure?: { code: string } }>
      grant(file: unknown): Promise<{ ok: boolean; failure?: { code: string } }>
    }
    const codes: Record<string, number> = {}
    const accepted: unknown[] = []
    for (let n = 0; n < 10_000; n += 1) {
      const isKnown = random() < 0.7
      const name = isKnown ? pick(known) : pick<unknown>([...strange, scalar(), value(2)])
      const reply = await rushes.call(name, value(3)).catch((error: unknown) => {
        // What cannot be cloned never leaves the page.
        return {
          ok: false,
          failure: { code: `not sent: ${error instanceof Error ? error.name : 'unknown'}` },
        }
      })
      const code = reply.ok ? 'accepted' : (reply.failure?.code ?? 'none')
      codes[code] = (codes[code] ?? 0) + 1
      if (reply.ok) accepted.push(name)
    }
    for (const file of [undefined, null, '/etc/passwd', { path: '/etc/passwd' }, new Blob(['x'])]) {
      // Something that is no File is refused before it leaves the page.
      const isGranted = await (async () => (await rushes.grant(file)).ok)().catch(() => false)
      if (isGranted) accepted.push('grant')
    }
    const invented = await rushes.grant(new File(['x'], '/etc/passwd'))
    return { codes, accepted, invented, alive: (await rushes.call('app.about', undefined)).ok }
  }, seed)
  process.stdout.write(`replies: ${JSON.stringify(outcome.codes)}\n`)
  expect(outcome.accepted).toEqual([])
  expect(outcome.invented.ok).toBe(false)
  expect(outcome.alive).toBe(true)
  expect(Object.values(outcome.codes).reduce((sum, count) => sum + count, 0)).toBe(10_000)
  expect(outcome.codes['internal.bug'] ?? 0).toBe(0)
  expect(await app.evaluate(({ app: running }) => running.isReady())).toBe(true)
})

test('a page in another window is a foreign sender, whatever it asks', async ({ launchApp }) => {
  const { app } = await launchApp()
  const replies = await app.evaluate(async ({ BrowserWindow }, preloadFile) => {
    const asked: unknown[] = []
    for (const address of ['app://rushes/index.html', 'data:text/html,<p>foreign</p>']) {
      const other = new BrowserWindow({
        show: false,
        webPreferences: { preload: preloadFile, sandbox: true, contextIsolation: true },
      })
      await other.loadURL(address)
      asked.push(
        await other.webContents.executeJavaScript(
          'Promise.all([rushes.call("app.about"), rushes.call("settings.set", { theme: "light" }), rushes.grant(new File(["x"], "x"))])',
        ),
      )
      other.destroy()
    }
    return asked
  }, preload)
  const refusal = { ok: false, failure: { code: 'request.foreign', facts: {} } }
  expect(replies).toEqual([
    [refusal, refusal, refusal],
    [refusal, refusal, refusal],
  ])
})

test('the page goes nowhere, opens nothing, loads nothing from outside and is refused permissions', async ({
  launchApp,
  expectConsoleError,
}) => {
  expectConsoleError(/Content Security Policy|Refused to|Failed to load resource|net::ERR/)
  const { app, window } = await launchApp()
  const before = window.url()
  const tried = await window.evaluate(async () => {
    const outcomes: Record<string, unknown> = {}
    outcomes['popup'] = globalThis.open('https://example.invalid/') === null
    location.href = 'https://example.invalid/'
    outcomes['fetch'] = await fetch('http://127.0.0.1:9/').then(
      () => 'loaded',
      () => 'refused',
    )
    outcomes['file'] = await fetch('file:///etc/passwd').then(
      () => 'loaded',
      () => 'refused',
    )
    const script = document.createElement('script')
    script.textContent = 'globalThis.injected = true'
    document.body.append(script)
    outcomes['inline'] = 'injected' in globalThis
    const frame = document.createElement('iframe')
    frame.src = 'app://rushes/index.html'
    document.body.append(frame)
    await new Promise((resolve) => {
      frame.addEventListener('load', resolve, { once: true })
      frame.addEventListener('error', resolve, { once: true })
    })
    let isReadable = false
    try {
      isReadable = frame.contentDocument?.getElementById('root') instanceof HTMLElement
    } catch {
      // A blocked frame is of another origin.
      isReadable = false
    }
    outcomes['frame'] = isReadable
    frame.remove()
    outcomes['notifications'] = await Notification.requestPermission()
    outcomes['location'] = await new Promise((resolve) =>
      navigator.geolocation.getCurrentPosition(
        () => resolve('given'),
        () => resolve('refused'),
      ),
    )
    outcomes['camera'] = await navigator.mediaDevices.getUserMedia({ video: true }).then(
      () => 'given',
      () => 'refused',
    )
    outcomes['escape'] = await fetch('app://rushes/../../../package.json').then((reply) => reply.status)
    outcomes['escapeEncoded'] = await fetch('app://rushes/%2e%2e/%2e%2e/package.json').then(
      (reply) => reply.status,
    )
    return outcomes
  })
  expect(tried).toEqual({
    popup: true,
    fetch: 'refused',
    file: 'refused',
    inline: false,
    frame: false,
    notifications: 'denied',
    location: 'refused',
    camera: 'refused',
    escape: 404,
    escapeEncoded: 404,
  })
  expect(window.url()).toBe(before)
  expect(await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1)
})

test('the media protocol knows ids only', async ({ launchApp, expectConsoleError }) => {
  expectConsoleError(/Failed to load resource|net::ERR/)
  const { window } = await launchApp()
  const answers = await window.evaluate(async () => {
    const asked = [
      'media://local/source/..%2f..%2fetc%2fpasswd',
      'media://local/etc/passwd',
      'media://local/source/01J0000000000000000000ZZZZ',
      'media://01j0000000000000000000zzzz/version/01J0000000000000000000ZZZZ/play',
      'media://01j0000000000000000000zzzz/asset/01J0000000000000000000ZZZZ/thumbnail',
      'media://local/source/http:%2f%2f127.0.0.1:9%2f',
    ]
    return Promise.all(
      asked.map((address) =>
        fetch(address).then(
          (reply) => reply.status,
          () => 'refused',
        ),
      ),
    )
  })
  for (const status of answers) expect([404, 502, 'refused']).toContain(status)
})
