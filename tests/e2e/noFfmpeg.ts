import type { ElectronApplication } from '@playwright/test'

type Handler = (event: unknown, name: unknown, input: unknown) => unknown

/** The page hears that this computer has no ffmpeg, wherever one lies; everything else is answered as ever. */
export function withoutFfmpeg(app: ElectronApplication): Promise<void> {
  return app.evaluate(({ ipcMain }) => {
    const handlers = Reflect.get(ipcMain, '_invokeHandlers') as Map<string, Handler>
    const answer = handlers.get('call')
    if (answer === undefined) throw new Error('nobody answers calls')
    ipcMain.removeHandler('call')
    ipcMain.handle('call', (event, name, input) =>
      name === 'ffmpeg.get'
        ? { ok: true, value: { tool: null, isChosenGone: false } }
        : answer(event, name, input),
    )
  })
}
