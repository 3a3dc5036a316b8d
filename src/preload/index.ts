import { contextBridge, ipcRenderer, webUtils } from 'electron'
import type { Bridge } from '../shared/contract.ts'

// Types only from shared: the sandbox gets no schema code, and a new call never touches this file.
const bridge: Bridge<File> = {
  call: (name, input) => ipcRenderer.invoke('call', name, input),
  on: (name, listener) => {
    const relay = (_event: unknown, payload: Parameters<typeof listener>[0]) => listener(payload)
    ipcRenderer.on(`event:${name}`, relay)
    return () => {
      ipcRenderer.off(`event:${name}`, relay)
    }
  },
  grant: (file) => ipcRenderer.invoke('grant', webUtils.getPathForFile(file)),
}

contextBridge.exposeInMainWorld('rushes', bridge)
