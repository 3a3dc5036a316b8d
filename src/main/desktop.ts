import { writeFile } from 'node:fs/promises'
import type { BrowserWindow } from 'electron'
import { clipboard, dialog, Notification, net, powerMonitor, powerSaveBlocker } from 'electron'
import { AppError } from '../shared/errors.ts'
import type { WantedFile } from './ipc/mediaCalls.ts'
import type { Desktop } from './transferWatch.ts'

export type PowerEvent = 'online' | 'offline' | 'suspend' | 'resume'

const lookEvery = 2_000

/** `show` brings the window to the front, opening it where it was closed. */
export function createDesktop(window: () => BrowserWindow | undefined, show: () => void): Desktop {
  let blocker: number | undefined
  // Held here: one that is swept from memory no longer hears its click.
  let shown: Notification | undefined
  return {
    keepAwake(isOn) {
      if (isOn === (blocker !== undefined)) return
      if (blocker === undefined) blocker = powerSaveBlocker.start('prevent-app-suspension')
      else {
        powerSaveBlocker.stop(blocker)
        blocker = undefined
      }
    },
    progress(share, isMoving) {
      const target = window()
      if (target === undefined || target.isDestroyed()) return
      target.setProgressBar(share ?? -1, { mode: isMoving ? 'normal' : 'paused' })
    },
    notify(title, body) {
      if (!Notification.isSupported()) return
      shown?.close()
      shown = new Notification({ title, body })
      shown.on('click', show)
      shown.show()
    },
    isFocused() {
      const target = window()
      return target !== undefined && !target.isDestroyed() && target.isFocused()
    },
  }
}

/** Asks where a text is to be kept and writes it there. False when the user changed their mind; `file.unwritable` when it cannot be. */
export async function saveText(
  window: BrowserWindow | undefined,
  name: string,
  text: string,
): Promise<boolean> {
  const { canceled, filePath } =
    window === undefined
      ? await dialog.showSaveDialog({ defaultPath: name })
      : await dialog.showSaveDialog(window, { defaultPath: name })
  if (canceled || filePath === '') return false
  try {
    await writeFile(filePath, text)
  } catch (error) {
    throw new AppError('file.unwritable', {}, error)
  }
  return true
}

/** Lets the user pick one file in the system's own dialog; undefined when they changed their mind. */
export async function chooseFile(
  window: BrowserWindow | undefined,
  wanted: WantedFile,
): Promise<string | undefined> {
  const options: Electron.OpenDialogOptions = {
    properties: ['openFile'],
    ...(wanted === 'captions' ? { filters: [{ name: 'SRT, WebVTT', extensions: ['srt', 'vtt'] }] } : {}),
  }
  const { filePaths } =
    window === undefined ? await dialog.showOpenDialog(options) : await dialog.showOpenDialog(window, options)
  return filePaths[0]
}

/** Puts a text on the system's clipboard. */
export function copyText(text: string): void {
  clipboard.writeText(text)
}

/** Tells what happens to the computer's power and network from now on. Returns the function that ends it. */
export function followPower(tell: (event: PowerEvent) => void): () => void {
  const suspend = () => tell('suspend')
  const resume = () => tell('resume')
  powerMonitor.on('suspend', suspend)
  powerMonitor.on('resume', resume)
  // The main process has no event for it; asking costs nothing. "Online" only says that there is a way out at all.
  let wasOnline = net.isOnline()
  const looking = setInterval(() => {
    const isOnline = net.isOnline()
    if (isOnline === wasOnline) return
    wasOnline = isOnline
    tell(isOnline ? 'online' : 'offline')
  }, lookEvery)
  return () => {
    powerMonitor.off('suspend', suspend)
    powerMonitor.off('resume', resume)
    clearInterval(looking)
  }
}
