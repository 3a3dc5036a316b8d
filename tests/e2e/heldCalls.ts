import type { ElectronApplication } from '@playwright/test'

type Handler = (event: unknown, name: unknown, input: unknown) => unknown

/** How often this was called from now on. */
export async function countCalls(app: ElectronApplication, name: string): Promise<() => Promise<number>> {
  await app.evaluate(({ ipcMain }, counted) => {
    const handlers = Reflect.get(ipcMain, '_invokeHandlers') as Map<string, Handler>
    const answer = handlers.get('call')
    if (answer === undefined) throw new Error('nobody answers calls')
    let count = 0
    Reflect.set(globalThis, 'countedCalls', () => count)
    ipcMain.removeHandler('call')
    ipcMain.handle('call', (event, call, input) => {
      if (call === counted) count += 1
      return answer(event, call, input)
    })
  }, name)
  return () => app.evaluate(() => Reflect.get(globalThis, 'countedCalls')() as number)
}

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
