import type { ConnectionInput, ProviderId } from '../shared/connection.ts'
import { AppError } from '../shared/errors.ts'
import type { StudioAccess } from '../studio/control.ts'
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
  /** A file that takes every call of iconik's API and its answer; for tests, since both hold secrets. */
  readonly recordExchanges: string | undefined
  readonly report: (text: string) => void
  /** It had to be started again and may have another address. */
  readonly onRestart: () => void
}

/** The studio on this computer: started when somebody opens it, never otherwise. */
export interface StudioProcess {
  /**
   * Starts it once and says how to reach what it has of this kind of service. Keys and tokens are new in every run and
   * never stored. `request.invalid` for a service it does not stand in for.
   */
  open(provider: ProviderId): Promise<ConnectionInput>
  seed(production: string, assets: number): Promise<void>
  stop(): Promise<void>
}

const stopGrace = 1500

export function createStudioProcess(options: StudioProcessOptions): StudioProcess {
  let running: SupervisedProcess<typeof studioCalls> | undefined
  let opened: Promise<StudioAccess> | undefined

  const start = (process: SupervisedProcess<typeof studioCalls>): Promise<StudioAccess> => {
    const { folder, samplesFolder, throttleBytesPerSecond, recordExchanges } = options
    return process.call.start({
      folder,
      samplesFolder,
      ...(throttleBytesPerSecond === undefined ? {} : { throttleBytesPerSecond }),
      ...(recordExchanges === undefined ? {} : { recordExchanges }),
    })
  }

  const access = (): Promise<StudioAccess> => {
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
    opened ??= start(running).catch((error: unknown) => {
      opened = undefined
      throw error
    })
    return opened
  }

  return {
    open: async (provider) => studioInput(provider, await access()),
    async seed(production, assets) {
      await access()
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

/** What somebody would type to connect to the studio. */
export function studioInput(
  provider: ProviderId,
  { address, token, storage, iconik }: StudioAccess,
): ConnectionInput {
  switch (provider) {
    case 'candidio':
      return {
        provider,
        name: 'Studio on this computer',
        address,
        token,
        storage: { ...storage, prefix: '' },
      }
    case 'iconik':
      return {
        provider,
        name: 'iconik on this computer',
        address: iconik.address,
        signIn: { kind: 'token', appId: iconik.appId, token: iconik.token },
      }
    case 'kitsu':
      throw new AppError('request.invalid', { provider })
  }
}
