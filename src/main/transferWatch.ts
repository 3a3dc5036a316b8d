import type { Settings } from '../shared/settings.ts'
import type { TransferSummary } from '../shared/transfer.ts'

/** What the system around the window shows and does for transfers. */
export interface Desktop {
  /** Keeps the computer, not the screen, awake. */
  keepAwake(isOn: boolean): void
  /** On the window's icon, 0 to 1; undefined takes it away. */
  progress(share: number | undefined, isMoving: boolean): void
  /** A notification of the system; a click on it brings the window. */
  notify(title: string, body: string): void
  /** Whether somebody looks at the window now. */
  isFocused(): boolean
}

export interface TransferWatchParts {
  readonly desktop: Desktop
  readonly settings: () => Settings
}

/** Keeps the computer awake while files move, shows how far they are, and tells when everything was sent. */
export interface TransferWatch {
  summary(summary: TransferSummary): void
  settingsChanged(): void
  /** Nothing moves until the next summary. */
  rest(): void
}

export function createTransferWatch({ desktop, settings }: TransferWatchParts): TransferWatch {
  // As it was when nothing was left to send: progress and the count of files are of what came since.
  let from: { done: number; bytesStored: number } | undefined
  let last = { done: 0, bytesStored: 0 }
  let isMoving = false

  const stayAwake = () => desktop.keepAwake(isMoving && settings().keepAwake)

  return {
    summary(now) {
      const { done, bytesStored } = now
      from ??= { done, bytesStored }
      // Less than the last time: finished rows were taken off the list.
      from = {
        done: Math.max(0, from.done - Math.max(0, last.done - done)),
        bytesStored: Math.max(0, from.bytesStored - Math.max(0, last.bytesStored - bytesStored)),
      }
      last = { done, bytesStored }
      isMoving = now.moving + now.queued > 0
      stayAwake()
      if (isMoving || now.waiting > 0) {
        const bytes = now.bytesTotal - from.bytesStored
        desktop.progress(bytes > 0 ? Math.min(1, (bytesStored - from.bytesStored) / bytes) : 0, isMoving)
        return
      }
      desktop.progress(undefined, false)
      const sent = done - from.done
      from = { done, bytesStored }
      if (sent === 0 || now.paused > 0 || !settings().notifyWhenDone || desktop.isFocused()) return
      const files = sent === 1 ? 'One file was sent' : `${sent} files were sent`
      if (now.failed === 0) desktop.notify('Everything was sent', `${files}.`)
      else
        desktop.notify(
          'Uploads stopped',
          `${files}, ${now.failed} ${now.failed === 1 ? 'needs' : 'need'} you.`,
        )
    },
    settingsChanged: stayAwake,
    rest() {
      isMoving = false
      stayAwake()
      desktop.progress(undefined, false)
    },
  }
}
