import type { BrowserWindow, IpcMainInvokeEvent, WebContents } from 'electron'
import { ipcMain } from 'electron'
import { z } from 'zod'
import type { EventName, Payload, Reply } from '../../shared/contract.ts'
import { calls } from '../../shared/contract.ts'
import { AppError, toFailure } from '../../shared/errors.ts'
import type { GrantId } from '../../shared/ids.ts'
import type { Handlers } from '../../shared/rpc.ts'
import { answer } from '../../shared/rpc.ts'
import { appOrigin } from '../appProtocol.ts'

export interface RouterParts {
  readonly handlers: Handlers<typeof calls>
  /** Takes the path of a file the user dropped. */
  readonly grant: (path: string) => Promise<GrantId>
  readonly window: () => BrowserWindow | undefined
  readonly report: (error: unknown, name: string) => void
}

const pathSchema = z.string().min(1).max(32_768)

/** The only user of ipcMain: checks who asks and the shape of what is asked, and turns errors into replies. */
export function startRouter(parts: RouterParts): void {
  const foreign: Reply<never> = { ok: false, failure: toFailure(new AppError('request.foreign')) }
  ipcMain.handle('call', async (event, name: unknown, input: unknown): Promise<Reply<unknown>> => {
    if (!isOurs(event, parts.window())) return foreign
    return answer(calls, parts.handlers, name, input, parts.report)
  })
  ipcMain.handle('grant', async (event, path: unknown): Promise<Reply<GrantId>> => {
    if (!isOurs(event, parts.window())) return foreign
    const parsed = pathSchema.safeParse(path)
    if (!parsed.success)
      return { ok: false, failure: toFailure(new AppError('request.invalid', { call: 'grant' })) }
    try {
      return { ok: true, value: await parts.grant(parsed.data) }
    } catch (error) {
      parts.report(error, 'grant')
      return { ok: false, failure: toFailure(error) }
    }
  })
}

/** The main frame of our window, showing our page: anything else has no business here. */
function isOurs(event: IpcMainInvokeEvent, window: BrowserWindow | undefined): boolean {
  const frame = event.senderFrame
  if (window === undefined || window.isDestroyed() || frame === null) return false
  return event.sender === window.webContents && frame === window.webContents.mainFrame && isAppUrl(frame.url)
}

function isAppUrl(text: string): boolean {
  return text === appOrigin || text.startsWith(`${appOrigin}/`)
}

/** Sends an event to the page, if there is one. */
export function createTeller(
  window: () => BrowserWindow | undefined,
): <E extends EventName>(name: E, payload: Payload<E>) => void {
  return (name, payload) => {
    const target = window()
    if (target === undefined || target.isDestroyed()) return
    // A window that closes loses its page before itself.
    const page: WebContents | null = target.webContents
    if (page !== null && !page.isDestroyed()) page.send(`event:${name}`, payload)
  }
}
