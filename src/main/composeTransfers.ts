import type { z } from 'zod'
import type { EventName, Payload } from '../shared/contract.ts'
import { AppError } from '../shared/errors.ts'
import type { ConnectionId } from '../shared/ids.ts'
import type { Transfer } from '../shared/transfer.ts'
import type { Connections } from './connections/connections.ts'
import { createOpenDrops } from './drops/openDrops.ts'
import { takenIn } from './drops/takenIn.ts'
import { installationId } from './installation.ts'
import { storedSettings } from './ipc/appCalls.ts'
import type { TransferCallParts } from './ipc/transferCalls.ts'
import type { Library } from './library/library.ts'
import type { ReadAgain } from './library/readAgain.ts'
import type { Log } from './log/logFile.ts'
import type { Notices } from './notices.ts'
import type { AssetStore } from './store/assetStore.ts'
import type { ConnectionStore } from './store/connectionStore.ts'
import type { PlaceStore } from './store/placeStore.ts'
import type { SettingStore } from './store/settingStore.ts'
import type { TransferHostProcess } from './transferHostProcess.ts'
import { startTransferHost } from './transferHostProcess.ts'
import type { HostEvents } from './transfers/hostContract.ts'
import type { Desktop } from './transferWatch.ts'
import { createTransferWatch } from './transferWatch.ts'
import type { WantedPictures } from './wantedPictures.ts'
import { createWantedPictures } from './wantedPictures.ts'

export interface ComposeTransfersParts {
  readonly profile: string
  /** The built script of the process that moves the bytes. */
  readonly script: string
  readonly settings: SettingStore
  readonly assets: AssetStore
  readonly places: PlaceStore
  readonly connectionStore: ConnectionStore
  readonly connections: () => Connections
  readonly library: Library
  readonly readAgain: ReadAgain
  readonly notices: Notices
  readonly desktop: Desktop
  readonly tell: <E extends EventName>(name: E, payload: Payload<E>) => void
  readonly later: (milliseconds: number, run: () => void) => () => void
  readonly log: Log
  readonly report: (error: unknown, where?: string) => void
}

/** What belongs to files on their way, built together: the process that sends them, what was dropped, and their pictures. */
export interface TransferSide extends Pick<TransferCallParts, 'host' | 'drops' | 'withAsset'> {
  readonly pictures: WantedPictures
  settingsChanged(): void
  start(): void
  stop(): Promise<void>
}

/** Folders of an upload are looked for at most this often, in milliseconds. */
const treeInterval = 1000

export function composeTransfers(parts: ComposeTransfersParts): TransferSide {
  const { settings, assets, places, library, readAgain, notices, tell, later, log, report } = parts
  const watch = createTransferWatch({ desktop: parts.desktop, settings: () => storedSettings(settings) })
  const pictures = createWantedPictures((wanted) => tell('thumbnails.wanted', wanted))

  const withAsset = (transfer: Transfer): Transfer =>
    transfer.state === 'done'
      ? {
          ...transfer,
          assetId:
            transfer.destination.versionOf ??
            assets.ofSource(transfer.destination.connectionId, transfer.sourceId),
        }
      : transfer

  let isStopped = false
  const lookBelow = new Map<ConnectionId, () => void>()
  /** Files of a dropped folder lie in folders that were made for them: what is shown of the tree is asked again, for many files once. */
  const madeBelow = (connectionId: ConnectionId) => {
    if (isStopped || lookBelow.has(connectionId)) return
    const look = () => {
      lookBelow.delete(connectionId)
      library.touchedBelow(connectionId, 'all')
      library.touchedAll(connectionId)
    }
    lookBelow.set(connectionId, later(treeInterval, look))
  }

  const registered = async (made: z.output<HostEvents['registered']>) => {
    const { connectionId, placeId, remoteId, sourceId } = made
    const known = assets.ofRemote(connectionId, remoteId)
    if (known !== undefined) await readAgain(known)
    await library.refresh(placeId)
    const id = assets.ofRemote(connectionId, remoteId)
    if (id === undefined) madeBelow(connectionId)
    // The file stands for an asset that is nothing else; of several versions it is only one.
    if (id !== undefined && assets.versions(id).length === 1)
      assets.setSource(connectionId, remoteId, sourceId)
  }

  const host: TransferHostProcess = startTransferHost({
    script: parts.script,
    folder: parts.profile,
    installationId: installationId(settings),
    access: () => parts.connections().access(),
    uploadLimit: () => storedSettings(settings).uploadLimit,
    onDown() {
      watch.rest()
      drops.lost()
    },
    report: (text) => log('warn', text),
    onEvent(event) {
      // Said before it ended, heard after the library was closed.
      if (isStopped) return
      switch (event.name) {
        case 'transfersChanged':
          watch.summary(event.payload.summary)
          tell('transfers.changed', { ...event.payload, rows: event.payload.rows.map(withAsset) })
          return
        case 'scanChanged':
          drops.changed(event.payload)
          return
        case 'thumbnailWanted':
          pictures.want({ ...event.payload, url: `media://local/source/${event.payload.sourceId}` })
          return
        case 'registered':
          registered(event.payload).catch((error: unknown) => report(error, 'registered'))
          return
        case 'signedOut':
          parts.connections().report(event.payload.connectionId, new AppError('auth.expired'))
          return
        case 'database':
          notices.database('transfers', event.payload)
          if (event.payload.state === 'open') host.configure()
          else watch.rest()
          return
        case 'log':
          log(event.payload.level, `transfers: ${event.payload.text}`)
      }
    },
  })

  const drops = createOpenDrops({
    host: () => host.call,
    takenIn: (placeId) => takenIn(placeId, { assets, places, connections: parts.connectionStore }),
    readPlace: (placeId) => library.refresh(placeId),
    tell: (scan) => tell('drops.changed', scan),
    report: (error) => report(error, 'drops'),
  })

  return {
    host,
    drops,
    pictures,
    withAsset,
    settingsChanged() {
      host.configure()
      watch.settingsChanged()
    },
    start() {
      host.call.summary().then(
        (summary) => watch.summary(summary),
        (error: unknown) => report(error, 'summary'),
      )
    },
    async stop() {
      await host.stop()
      isStopped = true
      for (const cancel of lookBelow.values()) cancel()
      watch.rest()
    },
  }
}
