import { join } from 'node:path'
import { BrowserWindow, nativeTheme, screen } from 'electron'
import { z } from 'zod'
import { appOrigin } from './appProtocol.ts'
import type { SettingStore } from './store/settingStore.ts'

const boundsSchema = z.object({
  x: z.number().int(),
  y: z.number().int(),
  width: z.number().int().min(800).max(20_000),
  height: z.number().int().min(500).max(20_000),
  isMaximised: z.boolean(),
})
const boundsName = 'window.bounds'
const calmAfter = 10_000

/** The one window: sandboxed, without Node, going nowhere but the app's own page. */
export function createWindow(folder: string, settings: SettingStore): BrowserWindow {
  const bounds = rememberedBounds(settings)
  const isMac = process.platform === 'darwin'
  const window = new BrowserWindow({
    width: bounds?.width ?? 1440,
    height: bounds?.height ?? 900,
    ...(bounds === undefined ? {} : { x: bounds.x, y: bounds.y }),
    minWidth: 800,
    minHeight: 520,
    show: false,
    title: 'Rushes',
    backgroundColor: nativeTheme.shouldUseDarkColors ? '#151515' : '#fbfbfb',
    autoHideMenuBar: true,
    ...(isMac ? { titleBarStyle: 'hiddenInset', trafficLightPosition: { x: 16, y: 15 } } : {}),
    webPreferences: {
      preload: join(folder, 'preload', 'index.cjs'),
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webviewTag: false,
      spellcheck: false,
      // A hidden window still shows how uploads go in the taskbar and takes pictures of files on their way.
      backgroundThrottling: true,
    },
  })
  if (bounds?.isMaximised === true) window.maximize()
  window.once('ready-to-show', () => window.show())
  const remember = () => {
    if (window.isDestroyed() || window.isMinimized()) return
    settings.write(boundsName, { ...window.getNormalBounds(), isMaximised: window.isMaximized() })
  }
  window.on('resized', remember)
  window.on('moved', remember)
  window.on('close', remember)

  const { webContents } = window
  let reloadedAt = Number.NEGATIVE_INFINITY
  webContents.on('render-process-gone', (_event, { reason }) => {
    // A page that dies at once again would only heat the computer; the next start is the user's.
    if (reason === 'clean-exit' || performance.now() - reloadedAt < calmAfter) return
    reloadedAt = performance.now()
    webContents.reload()
  })
  webContents.on('will-navigate', (event) => event.preventDefault())
  webContents.on('will-redirect', (event) => event.preventDefault())
  webContents.on('will-attach-webview', (event) => event.preventDefault())
  webContents.setWindowOpenHandler(() => ({ action: 'deny' }))
  const { session } = webContents
  session.setPermissionRequestHandler((_contents, permission, allow, details) =>
    allow(permission === 'fullscreen' && details.requestingUrl.startsWith(appOrigin)),
  )
  session.setPermissionCheckHandler((_contents, permission) => permission === 'fullscreen')
  session.setDevicePermissionHandler(() => false)
  session.on('will-download', (event) => event.preventDefault())
  return window
}

/** Bounds of the last run, unless the screen they were on is gone. */
function rememberedBounds(settings: SettingStore): z.infer<typeof boundsSchema> | undefined {
  const parsed = boundsSchema.safeParse(settings.read(boundsName))
  if (!parsed.success) return undefined
  const { x, y, width, height } = parsed.data
  const { workArea } = screen.getDisplayMatching({ x, y, width, height })
  const isVisible =
    x < workArea.x + workArea.width - 100 &&
    x + width > workArea.x + 100 &&
    y >= workArea.y - 20 &&
    y < workArea.y + workArea.height - 60
  return isVisible ? parsed.data : undefined
}
