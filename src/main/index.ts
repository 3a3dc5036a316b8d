import { once } from 'node:events'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { app, type BrowserWindow, dialog, Menu, nativeTheme, protocol } from 'electron'
import mediaInfoWasm from 'mediainfo.js/MediaInfoModule.wasm?asset'
import type { Settings } from '../shared/settings.ts'
import { appOrigin, appScheme, serveApp } from './appProtocol.ts'
import type { App } from './compose.ts'
import { compose } from './compose.ts'
import { chooseFile, copyText, createDesktop, followPower, saveText } from './desktop.ts'
import { storedSettings } from './ipc/appCalls.ts'
import { createTeller, startRouter } from './ipc/router.ts'
import { describe } from './log/logFile.ts'
import { mediaScheme, serveMedia } from './mediaProtocol.ts'
import { setMenu } from './menu.ts'
import { stopInTime } from './quitting.ts'
import { createSecrets } from './secrets.ts'
import { startProblem } from './startProblem.ts'
import { createWindow } from './window.ts'

const built = dirname(dirname(fileURLToPath(import.meta.url)))

protocol.registerSchemesAsPrivileged([
  { scheme: appScheme, privileges: { standard: true, secure: true, supportFetchAPI: true } },
  {
    scheme: mediaScheme,
    privileges: { standard: true, secure: true, supportFetchAPI: true, stream: true, corsEnabled: true },
  },
])
/** So long may a window take to close. */
const closePatienceMs = 3_000

app.enableSandbox()
// Windows shows notifications only of an app it knows: the id the installer registers.
if (process.platform === 'win32') app.setAppUserModelId('io.rushes.app')

let window: BrowserWindow | undefined
let running: App | undefined
let quitting: 'no' | 'stopping' | 'stopped' = 'no'

function open(): void {
  const made = running
  // While it stops there is no database any more to remember the window's place in.
  if (made === undefined || quitting !== 'no') return
  window = createWindow(built, made.settings)
  window.on('closed', () => {
    window = undefined
  })
  // Closed while it loads, it has nothing to show.
  window.loadURL(`${appOrigin}/index.html`).catch((error: unknown) => {
    if (quitting === 'no') made.report(error, 'window')
  })
}

function isSeen(target: BrowserWindow): boolean {
  return !target.isDestroyed() && target.isVisible() && !target.isMinimized()
}

function show(): void {
  if (window === undefined) open()
  if (window?.isMinimized() === true) window.restore()
  window?.focus()
}

/**
 * Closes the window. It stores its place while it goes, and its page what somebody has begun to write, so it goes before
 * everything it asks for; one that hangs is taken away.
 */
async function windowGone(): Promise<void> {
  const target = window
  if (target === undefined || target.isDestroyed()) return
  const gone = once(target, 'closed')
  const late = setTimeout(() => target.destroy(), closePatienceMs)
  target.close()
  await gone
  clearTimeout(late)
}

function applySettings(settings: Settings): void {
  nativeTheme.themeSource = settings.theme
  setMenu(settings.shortcuts, (id) => createTeller(() => window)('actions.run', { id }))
}

async function start(): Promise<void> {
  const secrets = createSecrets(join(app.getPath('userData'), 'secrets.json'))
  const throttle = Number(app.commandLine.getSwitchValue('studio-throttle'))
  const exchanges = app.commandLine.getSwitchValue('studio-exchanges')
  const made = compose({
    profile: app.getPath('userData'),
    scripts: join(built, 'main'),
    samplesFolder: app.isPackaged
      ? join(process.resourcesPath, 'samples')
      : join(app.getAppPath(), 'resources', 'samples'),
    version: app.getVersion(),
    mediaInfoWasm,
    programPath: process.env['PATH'] ?? '',
    studioThrottle: throttle > 0 ? throttle : undefined,
    studioExchanges: exchanges === '' ? undefined : exchanges,
    secrets,
    tell: createTeller(() => window),
    settingsChanged: applySettings,
    desktop: createDesktop(() => window, show),
    isVisible: () => window !== undefined && isSeen(window),
    save: (name, text) => saveText(window, name, text),
    copy: copyText,
    chooseFile: (wanted) => chooseFile(window, wanted),
    async choose(kind) {
      const options = {
        properties: [kind === 'files' ? 'openFile' : 'openDirectory', 'multiSelections'],
      } satisfies Electron.OpenDialogOptions
      const { filePaths } =
        window === undefined
          ? await dialog.showOpenDialog(options)
          : await dialog.showOpenDialog(window, options)
      return filePaths
    },
  })
  running = made
  process.on('unhandledRejection', (error) => made.report(error, 'unhandled'))
  // Without a listener Electron opens a box that stops everything here, quitting too, until somebody presses its button.
  process.on('uncaughtException', (error) => made.report(error, 'uncaught'))
  app.on(
    'will-quit',
    followPower((event) => made.signal(event)),
  )
  serveApp(join(built, 'renderer'))
  serveMedia({
    media: made.media,
    signInWait: made.signInWait,
    proxies: made.proxies,
    renditions: made.renditions,
    posters: made.posters,
    thumbnails: made.thumbnails,
    fetch: globalThis.fetch,
    sourceFile: (sourceId) => made.host.call.source({ sourceId }),
    sourcePicture: (sourceId) => made.host.call.thumbnailOf({ sourceId }),
    report: (error) => made.report(error, 'media'),
  })
  startRouter({
    handlers: made.handlers,
    grant: (path) => made.grants.add(path),
    window: () => window,
    report: (error, name) => made.report(error, name),
  })
  applySettings(storedSettings(made.settings))
  open()
  if (app.commandLine.hasSwitch('demo')) await openDemo(made)
  await made.start()
}

/** The demo skips the welcome: it opens the studio as each service it stands in for, and on request a production of many assets to measure with. */
async function openDemo(made: App): Promise<void> {
  await made.handlers['settings.set']({ hasSeenWelcome: true })
  const many = Number(app.commandLine.getSwitchValue('demo-assets'))
  if (many > 0) await made.studio.seed('Many assets', many)
  await made.connections.openStudio('candidio')
  await made.connections.openStudio('iconik')
}

if (!app.requestSingleInstanceLock()) app.quit()
else {
  app.on('second-instance', show)
  app.on('web-contents-created', (_event, contents) => {
    contents.on('will-attach-webview', (event) => event.preventDefault())
  })
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin') app.quit()
  })
  app.on('activate', () => {
    if (window === undefined) open()
  })
  app.on('before-quit', (event) => {
    const stopping = running
    if (quitting === 'stopped' || stopping === undefined) return
    event.preventDefault()
    if (quitting === 'stopping') return
    quitting = 'stopping'
    void stopInTime(
      async () => {
        await windowGone()
        await stopping.stop()
      },
      (error) => stopping.report(error, 'quit'),
    ).finally(() => {
      quitting = 'stopped'
      // Whatever of the system still holds it has nothing to wait for.
      setTimeout(() => app.exit(0), closePatienceMs).unref()
      app.quit()
    })
  })
  app
    .whenReady()
    .then(start)
    .catch((error: unknown) => {
      // Told to quit while it was starting: what it waited for is gone, and nobody waits for the app.
      if (quitting !== 'no') return
      Menu.setApplicationMenu(null)
      // Also where a terminal or a service log can see it: the box may have no screen to stand on.
      process.stderr.write(`Rushes cannot start. ${describe(error)}\n`)
      dialog.showErrorBox('Rushes cannot start', startProblem(error))
      app.exit(1)
    })
}
