import { join } from 'node:path'
import { ulid } from 'ulid'
import type { calls, EventName, Payload } from '../shared/contract.ts'
import { AppError } from '../shared/errors.ts'
import type { VersionId } from '../shared/ids.ts'
import type { Client, Handlers } from '../shared/rpc.ts'
import type { Settings } from '../shared/settings.ts'
import type { Transfer } from '../shared/transfer.ts'
import type { Connections } from './connections/connections.ts'
import { createConnections } from './connections/connections.ts'
import type { Grants } from './drops/grants.ts'
import { createGrants } from './drops/grants.ts'
import { appCalls, storedSettings } from './ipc/appCalls.ts'
import { libraryCalls } from './ipc/libraryCalls.ts'
import { reviewCalls } from './ipc/reviewCalls.ts'
import { transferCalls } from './ipc/transferCalls.ts'
import { createCoalescer } from './library/coalesce.ts'
import { createLibrary } from './library/library.ts'
import { createLog, describe } from './log/logFile.ts'
import type { Media } from './media/media.ts'
import { createMedia } from './media/media.ts'
import type { ThumbnailCache } from './media/thumbnailCache.ts'
import { createThumbnailCache } from './media/thumbnailCache.ts'
import { createCommentService } from './review/comments.ts'
import { createOutbox } from './review/outbox.ts'
import type { Secrets } from './secrets.ts'
import { createAssetStore } from './store/assetStore.ts'
import { createCommentStore } from './store/commentStore.ts'
import { createConnectionStore } from './store/connectionStore.ts'
import { openDatabase } from './store/database.ts'
import { libraryMigrations } from './store/libraryMigrations.ts'
import { createOutboxStore } from './store/outboxStore.ts'
import { createPlaceStore } from './store/placeStore.ts'
import type { SettingStore } from './store/settingStore.ts'
import { createSettingStore } from './store/settingStore.ts'
import type { StudioProcess } from './studioProcess.ts'
import { createStudioProcess } from './studioProcess.ts'
import type { TransferHostProcess } from './transferHostProcess.ts'
import { startTransferHost } from './transferHostProcess.ts'
import { systemClock } from './transfers/clock.ts'
import type { HostCalls } from './transfers/hostContract.ts'
import type { Desktop } from './transferWatch.ts'
import { createTransferWatch } from './transferWatch.ts'
import { createWantedPictures } from './wantedPictures.ts'

export interface ComposeOptions {
  /** This profile's own folder. */
  readonly profile: string
  /** The built scripts: `transferHost.js`, `studio.js`. */
  readonly scripts: string
  readonly samplesFolder: string
  readonly version: string
  /** MediaInfo's WebAssembly module, a file. */
  readonly mediaInfoWasm: string
  readonly studioThrottle: number | undefined
  readonly secrets: Secrets
  readonly tell: <E extends EventName>(name: E, payload: Payload<E>) => void
  readonly choose: (kind: 'files' | 'folders') => Promise<string[]>
  readonly settingsChanged: (settings: Settings) => void
  readonly desktop: Desktop
}

export interface App {
  readonly handlers: Handlers<typeof calls>
  readonly grants: Grants
  readonly media: Media
  readonly thumbnails: ThumbnailCache
  readonly connections: Connections
  readonly studio: StudioProcess
  readonly host: TransferHostProcess
  readonly settings: SettingStore
  readonly report: (error: unknown, where?: string) => void
  /** What happened to the computer's network or power. */
  signal(kind: Parameters<Client<HostCalls>['signal']>[0]['kind']): void
  /** Signs in and takes up what was left. */
  start(): Promise<void>
  stop(): Promise<void>
}

/** Updates reach the window at most this often, in milliseconds. */
const eventInterval = 250
/** Comments that no service holds live in library.db alone. */
const backupEvery = 3_600_000

/** Builds every object of the main process and passes them to each other; the one place that does. */
export function compose(options: ComposeOptions): App {
  const { profile, tell, secrets } = options
  const now = () => Date.now()
  const log = createLog(join(profile, 'logs', 'main.log'), now)
  const report = (error: unknown, where = '') => {
    // Expected refusals are for the user; the log keeps them short. Everything else is a bug and kept whole.
    if (error instanceof AppError && error.code !== 'internal.bug')
      log('info', `${where} ${error.code} ${JSON.stringify(error.facts)}`)
    else log('error', `${where} ${describe(error)}`)
  }
  const opened = openDatabase({
    file: join(profile, 'library.db'),
    migrations: libraryMigrations,
    exclusive: true,
  })
  const { db } = opened
  if (opened.recovery.kind !== 'none') log('warn', `library.db was damaged: ${opened.recovery.kind}`)

  const settings = createSettingStore(db)
  const connectionStore = createConnectionStore(db)
  const places = createPlaceStore(db)
  const assets = createAssetStore(db)
  const comments = createCommentStore(db)
  const outboxStore = createOutboxStore(db)
  const coalescer = createCoalescer(eventInterval, () => performance.now())
  const thumbnails = createThumbnailCache(join(profile, 'pictures'), (error) => report(error, 'pictures'))
  const grants = createGrants()
  const connectorParts = { fetch: globalThis.fetch, clock: systemClock }
  const later = (milliseconds: number, run: () => void) => {
    const timer = setTimeout(run, milliseconds)
    return () => clearTimeout(timer)
  }
  const watch = createTransferWatch({ desktop: options.desktop, settings: () => storedSettings(settings) })
  const pictures = createWantedPictures((wanted) => tell('thumbnails.wanted', wanted))
  const backup = () => opened.backup().catch((error: unknown) => report(error, 'backup'))
  const backups = setInterval(() => void backup(), backupEvery)

  const studio = createStudioProcess({
    script: join(options.scripts, 'studio.js'),
    folder: join(profile, 'studio'),
    samplesFolder: options.samplesFolder,
    throttleBytesPerSecond: options.studioThrottle,
    report: (text) => log('warn', text),
    onRestart() {
      // Removed in the meantime, it must not come back by itself.
      if (connectionStore.studio() === undefined) return
      connections.openStudio().catch((error: unknown) => report(error, 'studio'))
    },
  })

  const connections: Connections = createConnections({
    store: connectionStore,
    secrets,
    connectorParts,
    openStudio: () => studio.open(),
    unfinished: (connectionId) => host.call.unfinished({ connectionId }),
    changed: (list) => tell('connections.changed', list),
    accessChanged: () => host.configure(),
    online(id) {
      void library.reconnected(id)
      void outbox.signedIn(id)
    },
    removed: (id) =>
      void thumbnails.removeConnection(id).catch((error: unknown) => report(error, 'pictures')),
    now,
    random: Math.random,
    later,
  })

  const library = createLibrary({
    places,
    assets,
    connector: (id) => connections.connector(id),
    reported: (id, error) => {
      if (error !== undefined) report(error, 'library')
      connections.report(id, error)
    },
    placesChanged: (connectionId, parentId) => tell('places.changed', { connectionId, parentId }),
    assetsChanged: (placeId) =>
      coalescer.tell(`assets:${placeId}`, () => tell('assets.changed', { placeId })),
    now,
  })

  const commentsChanged = (versionId: VersionId) =>
    coalescer.tell(`comments:${versionId}`, () => tell('comments.changed', { versionId }))
  const powerOf = (id: Parameters<Connections['connectorIfAny']>[0]) =>
    connections.connectorIfAny(id)?.can.comments
  const outbox = createOutbox({
    outbox: outboxStore,
    comments,
    powerOf,
    refOf(versionId) {
      const origin = assets.originOf(versionId)
      const place = origin === undefined ? undefined : places.get(origin.placeId)
      return origin === undefined || place === undefined
        ? undefined
        : { remoteId: origin.versionRemoteId, place: place.remote.remote }
    },
    changed: commentsChanged,
    now,
    random: Math.random,
    later,
    report: (error) => report(error, 'outbox'),
  })
  const commentService = createCommentService({
    database: db,
    comments,
    outbox: outboxStore,
    assets,
    now,
    powerOf,
    myName: (id) => connections.myName(id),
    changed: commentsChanged,
    wake: (id) => void outbox.wake(id),
  })

  const withAsset = (transfer: Transfer): Transfer =>
    transfer.state === 'done'
      ? { ...transfer, assetId: assets.ofSource(transfer.destination.connectionId, transfer.sourceId) }
      : transfer

  const host: TransferHostProcess = startTransferHost({
    script: join(options.scripts, 'transferHost.js'),
    folder: profile,
    installationId: installationId(settings),
    access: () => connections.access(),
    uploadLimit: () => storedSettings(settings).uploadLimit,
    onDown: () => watch.rest(),
    report: (text) => log('warn', text),
    onEvent(event) {
      switch (event.name) {
        case 'transfersChanged':
          watch.summary(event.payload.summary)
          tell('transfers.changed', { ...event.payload, rows: event.payload.rows.map(withAsset) })
          return
        case 'scanChanged':
          tell('drops.changed', event.payload)
          return
        case 'thumbnailWanted':
          pictures.want({ ...event.payload, url: `media://local/source/${event.payload.sourceId}` })
          return
        case 'registered': {
          const { connectionId, placeId, remoteId, sourceId } = event.payload
          void library
            .refresh(placeId)
            .then(() => assets.setSource(connectionId, remoteId, sourceId))
            .catch((error: unknown) => report(error, 'registered'))
          return
        }
        case 'signedOut':
          connections.report(event.payload.connectionId, new AppError('auth.expired'))
          return
        case 'log':
          log(event.payload.level, `transfers: ${event.payload.text}`)
      }
    },
  })

  const media = createMedia({
    assets,
    places,
    connector: (id) => connections.connector(id),
    sourceFile: (sourceId) => host.call.source({ sourceId }),
    fetch: globalThis.fetch,
    mediaInfoWasm: options.mediaInfoWasm,
  })

  const handlers: Handlers<typeof calls> = {
    ...appCalls({
      version: options.version,
      keyStore: () => secrets.keyStore(),
      settings,
      pageListens: () => pictures.askAll(),
      settingsChanged(next) {
        tell('settings.changed', next)
        host.configure()
        watch.settingsChanged()
        options.settingsChanged(next)
      },
    }),
    ...libraryCalls({ connections, library, media }),
    ...reviewCalls(commentService),
    ...transferCalls({
      host,
      grants,
      withAsset,
      places,
      pictures,
      connections: connectionStore,
      choose: options.choose,
    }),
  }

  return {
    handlers,
    grants,
    media,
    thumbnails,
    connections,
    studio,
    host,
    settings,
    report,
    signal(kind) {
      host.call.signal({ kind }).catch((error: unknown) => report(error, kind))
      if (kind === 'online' || kind === 'resume') connections.askAgain()
    },
    async start() {
      outbox.start()
      host.call.summary().then(
        (summary) => watch.summary(summary),
        (error: unknown) => report(error, 'summary'),
      )
      await connections.start()
      await thumbnails.sweep().catch((error: unknown) => report(error, 'pictures'))
    },
    async stop() {
      connections.stop()
      library.stop()
      outbox.stop()
      coalescer.stop()
      clearInterval(backups)
      await Promise.all([host.stop(), studio.stop(), backup()])
      watch.rest()
      opened.close()
    },
  }
}

/** Names this installation in object keys, so that two stations on one bucket never touch each other's uploads. */
function installationId(settings: SettingStore): string {
  const known = settings.read('installation')
  if (typeof known === 'string' && known !== '') return known
  const made = ulid().toLowerCase()
  settings.write('installation', made)
  return made
}
