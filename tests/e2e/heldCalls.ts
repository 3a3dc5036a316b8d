import type { ElectronApplication } from '@playwright/test'

type Handler = (event: unknown, name: unknown, input: unknown) => unknown

/** Calls of this name reach main only once the returned function was called, in their order; others as ever. */
export async function holdCalls(app: ElectronApplication, name: string): Promise<() => Promise<void>> {
  await app.evaluate(({ ipcMain }, held) => {
    const handlers = Reflect.get(ipcMain, '_invokeHandlers') as Map<string, Handler>
    const answer = handlers.get('call')
    if (answer === undefined) throw new Error('nobody answers calls')
    const opened = new Promise<void>((resolve) => Reflect.set(globalThis, 'releaseCalls', resolve))
    ipcMain.removeHandler('call')
    ipcMain.handle('call', async (event, call, input) => {
      if (call === held) await opened
      return answer(event, call, input)
    })
  }, name)
  return () =>
    app.evaluate(() => {
      Reflect.get(globalThis, 'releaseCalls')()
    })
}
