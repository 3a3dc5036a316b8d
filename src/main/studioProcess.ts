import type { ConnectionInput } from '../shared/connection.ts'
import { studioCalls, studioEvents } from '../studio/control.ts'
import type { SupervisedProcess } from './supervisedProcess.ts'
import { startSupervised } from './supervisedProcess.ts'

export interface StudioProcessOptions {
  readonly script: string
  /** Its database and files; kept from run to run. */
  readonly folder: string
  readonly samplesFolder: string
  /** Slows what arrives at its store, for tests that need an upload to last. */
  readonly throttleBytesPerSecond: number | undefined
  readonly report: (text: string) => void
  /** It had to be started again and may have another address. */
  readonly onRestart: () => void
}

/** The studio on this computer: started when somebody opens it, never otherwise. */
export interface StudioProcess {
  /** Starts it once and says how to reach it. Keys and token are new in every run and never stored. */
  open(): Promise<ConnectionInput>
  seed(production: string, assets: number): Promise<void>
  stop(): Promise<void>
}

const stopGrace = 1500

export function createStudioProcess(options: StudioProcessOptions): StudioProcess {
  let running: SupervisedProcess<typeof studioCalls> | undefined
  let opened: Promise<ConnectionInput> | undefined

  const start = async (process: SupervisedProcess<typeof studioCalls>): Promise<ConnectionInput> => {
    const { folder, samplesFolder, throttleBytesPerSecond } = options
    const access = await process.call.start({
      folder,
      samplesFolder,
      ...(throttleBytesPerSecond === undefined ? {} : { throttleBytesPerSecond }),
    })
    return {
      provider: 'candidio',
      name: 'Studio on this computer',
      address: access.address,
      token: access.token,
      storage: { ...access.storage, prefix: '' },
    }
  }

  return {
    async open() {
      if (running === undefined) {
        let isFirst = true
        running = startSupervised({
          name: 'Rushes studio',
          script: options.script,
          args: [],
          calls: studioCalls,
          events: studioEvents,
          onEvent: (event) => options.report(`studio: ${event.payload.text}`),
          onUp: () => {
            if (!isFirst) options.onRestart()
            isFirst = false
          },
          // Its address and keys are gone with it.
          onDown: () => {
            opened = undefined
          },
          report: options.report,
        })
      }
      const process = running
      opened ??= start(process).catch((error: unknown) => {
        opened = undefined
        throw error
      })
      return opened
    },
    async seed(production, assets) {
      await this.open()
      await running?.call.seed({ production, assets })
    },
    async stop() {
      const process = running
      running = undefined
      opened = undefined
      if (process === undefined) return
      const asked = process.call
        .stop()
        .catch(() => options.report('the studio was gone before it was stopped'))
      // Its process lives until its parent lets go of it.
      await Promise.race([asked, new Promise<void>((resolve) => setTimeout(resolve, stopGrace))])
      await process.stop(0)
    },
  }
}
