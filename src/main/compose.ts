import { homedir } from 'node:os'
import { join } from 'node:path'
import type { calls, EventName, Payload } from '../shared/contract.ts'
import { AppError } from '../shared/errors.ts'
import type { Client, Handlers } from '../shared/rpc.ts'
import type { Settings } from '../shared/settings.ts'
import type { LibrarySide } from './composeLibrary.ts'
import { composeLibrary } from './composeLibrary.ts'
import type { MediaSide } from './composeMedia.ts'
import { composeMedia } from './composeMedia.ts'
import type { Review } from './composeReview.ts'
import { composeReview } from './composeReview.ts'
import type { TransferSide } from './composeTransfers.ts'
import { composeTransfers } from './composeTransfers.ts'
import { createAskService } from './connections/askService.ts'
import type { Connections } from './connections/connections.ts'
import { createConnections } from './connections/connections.ts'
import type { Grants } from './drops/grants.ts'
import { createGrants } from './drops/grants.ts'
import type { InboxService } from './inbox/inbox.ts'
import { createInbox } from './inbox/inbox.ts'
import { appCalls } from './ipc/appCalls.ts'
import { assetCalls } from './ipc/assetCalls.ts'
import { draftCalls } from './ipc/draftCalls.ts'
import { libraryCalls } from './ipc/libraryCalls.ts'
import type { WantedFile } from './ipc/mediaCalls.ts'
import { mediaCalls } from './ipc/mediaCalls.ts'
import { playlistCalls } from './ipc/playlistCalls.ts'
import { reviewCalls } from './ipc/reviewCalls.ts'
import { sharingCalls } from './ipc/sharingCalls.ts'
import { transferCalls } from './ipc/transferCalls.ts'
import { createCoalescer } from './library/coalesce.ts'
import { createLog, describe } from './log/logFile.ts'
import type { Media } from './media/media.ts'
import { createMedia } from './media/media.ts'
import type { SignInWait } from './media/signInWait.ts'
import { createSignInWait } from './media/signInWait.ts'
import type { ThumbnailCache } from './media/thumbnailCache.ts'
import { createThumbnailCache } from './media/thumbnailCache.ts'
import { createNotices } from './notices.ts'
import type { Secrets } from './secrets.ts'
import { createShares } from './sharing/shares.ts'
import { createAssetStore } from './store/assetStore.ts'
import { createConnectionStore } from './store/connectionStore.ts'
import { openDatabase } from './store/database.ts'
import { libraryMigrations } from './store/libraryMigrations.ts'
import { createPlaceStore } from './store/placeStore.ts'
import type { SettingStore } from './store/settingStore.ts'
import { createSettingStore } from './store/settingStore.ts'
import type { StudioProcess } from './studioProcess.ts'
import { createStudioProcess } from './studioProcess.ts'
import type { TransferHostProcess } from './transferHostProcess.ts'
import { systemClock } from './transfers/clock.ts'
import type { HostCalls } from './transfers/hostContract.ts'
import type { Desktop } from './transferWatch.ts'

export interface ComposeOptions {
  /** This profile's own folder. */
  readonly profile: string
  /** The built scripts: `transferHost.js`, `studio.js`. */
  readonly scripts: string
  readonly samplesFolder: string
  readonly version: string
  /** MediaInfo's WebAssembly module, a file. */
  readonly mediaInfoWasm: string
  /** `PATH`: where programs of this computer are looked for. */
  readonly programPath: string
  readonly studioThrottle: number | undefined
  readonly studioExchanges: string | undefined
  readonly secrets: Secrets
  readonly tell: <E extends EventName>(name: E, payload: Payload<E>) => void
  readonly choose: (kind: 'files' | 'folders') => Promise<string[]>
  readonly chooseFile: (wanted: WantedFile) => Promise<string | undefined>
  readonly settingsChanged: (settings: Settings) => void
  readonly desktop: Desktop
  /** Whether the window can be seen. */
  readonly isVisible: () => boolean
  /** The system's own dialog, with a name to start from; false when the user changed their mind. */
  readonly save: (name: string, text: string) => Promise<boolean>
  /** The system's clipboard. */
  readonly copy: (text: string) => void
}

export interface App {
  readonly handlers: Handlers<typeof calls>
  readonly grants: Grants
  readonly media: Media
  readonly signInWait: SignInWait
  readonly proxies: MediaSide['proxies']
  readonly renditions: MediaSide['renditions']
  readonly posters: MediaSide['posters']
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
  const notices = createNotices((list) => tell('notices.changed', list))
  if (opened.recovery.kind !== 'none') log('warn', `library.db was damaged: ${opened.recovery.kind}`)
  notices.database('library', { state: 'open', recovery: opened.recovery })

  const settings = createSettingStore(db)
  const connectionStore = createConnectionStore(db)
  const places = createPlaceStore(db)
  const assets = createAssetStore(db)
  const coalescer = createCoalescer(eventInterval, () => performance.now())
  const thumbnails = createThumbnailCache(join(profile, 'pictures'), (error) => report(error, 'pictures'))
  const grants = createGrants()
  const connectorParts = { fetch: globalThis.fetch, clock: systemClock }
  const later = (milliseconds: number, run: () => void) => {
    const timer = setTimeout(run, milliseconds)
    return () => clearTimeout(timer)
  }
  const backup = () => opened.backup().catch((error: unknown) => report(error, 'backup'))
  const backups = setInterval(() => void backup(), backupEvery)

  const studio = createStudioProcess({
    script: join(options.scripts, 'studio.js'),
    folder: join(profile, 'studio'),
    samplesFolder: options.samplesFolder,
    throttleBytesPerSecond: options.studioThrottle,
    recordExchanges: options.studioExchanges,
    report: (text) => log('warn', text),
    onRestart() {
      // Those removed in the meantime must not come back by themselves.
      for (const { provider } of connectionStore.studios())
        connections.openStudio(provider).catch((error: unknown) => report(error, 'studio'))
    },
  })

  const signInWait = createSignInWait()
  const connections: Connections = createConnections({
    store: connectionStore,
    secrets,
    connectorParts,
    openStudio: (provider) => studio.open(provider),
    unfinished: (connectionId) => transferSide.host.call.unfinished({ connectionId }),
    changed: (list) => tell('connections.changed', list),
    accessChanged: () => transferSide.host.configure(),
    online(id) {
      signInWait.again(id)
      transferSide.host.call.release({ connectionId: id }).catch((error: unknown) => report(error, 'release'))
      void library.reconnected(id)
      void review.outbox.signedIn(id)
      review.feed.wake()
      void inbox.wake()
      void review.playlists.wake()
    },
    removed(id) {
      signInWait.again(id)
      thumbnails.removeConnection(id).catch((error: unknown) => report(error, 'pictures'))
      mediaSide.removeConnection(id)
      void inbox.wake()
      void review.playlists.wake()
    },
    now,
    random: Math.random,
    later,
  })

  const service = createAskService({
    connector: (id) => connections.connector(id),
    reported: (id, error) => connections.report(id, error),
  })
  const librarySide: LibrarySide = composeLibrary({
    places,
    assets,
    service,
    connections: () => connections,
    coalescer,
    tell,
    now,
    later,
    report,
  })
  const { library, search, whereabouts, refs, readAgain, metadata } = librarySide
  const review: Review = composeReview({
    db,
    assets,
    refs,
    service,
    connections: () => connections,
    library,
    whereabouts,
    coalescer,
    tell,
    save: options.save,
    isVisible: options.isVisible,
    now,
    later,
    report,
  })
  const inbox: InboxService = createInbox({
    assets,
    service,
    whereabouts,
    connections: () =>
      connectionStore
        .all()
        .flatMap(({ id }) => (connections.connectorIfAny(id)?.can.inbox === undefined ? [] : [id])),
    changed: (found) => tell('inbox.changed', found),
    isVisible: options.isVisible,
    report: (error) => report(error, 'inbox'),
    now,
    later,
  })

  const transferSide: TransferSide = composeTransfers({
    ...{ profile, settings, assets, places, library, readAgain, notices, tell, later, log, report },
    script: join(options.scripts, 'transferHost.js'),
    connectionStore,
    connections: () => connections,
    desktop: options.desktop,
  })
  const { host } = transferSide

  const media = createMedia({
    assets,
    places,
    connector: (id) => connections.connector(id),
    sessionEnded: (id, error) => connections.report(id, error),
    sourceFile: (sourceId) => host.call.source({ sourceId }),
    fetch: globalThis.fetch,
    mediaInfoWasm: options.mediaInfoWasm,
  })
  const mediaSide: MediaSide = composeMedia({
    ...{ profile, settings, assets, media, thumbnails, refs, service, tell, report, now },
    mediaInfoWasm: options.mediaInfoWasm,
    path: options.programPath,
    home: homedir(),
  })

  const handlers: Handlers<typeof calls> = {
    ...appCalls({
      version: options.version,
      keyStore: () => secrets.keyStore(),
      settings,
      pageListens: () => transferSide.pictures.askAll(),
      settingsChanged(next) {
        tell('settings.changed', next)
        transferSide.settingsChanged()
        mediaSide.settingsChanged()
        options.settingsChanged(next)
      },
    }),
    ...libraryCalls({ connections, library, search, readUnknown: review.approvals.readUnknown }),
    ...mediaCalls({ ...mediaSide, media, chooseFile: options.chooseFile }),
    ...assetCalls(librarySide),
    ...reviewCalls(review),
    ...draftCalls({ settings, isKnown: assets.hasVersion }),
    ...playlistCalls(review.playlists),
    ...sharingCalls({
      service,
      shares: createShares({ refs, service, whereabouts, copy: options.copy, now }),
      inbox,
    }),
    ...transferCalls({
      ...transferSide,
      grants,
      notices,
      places,
      connections: connectionStore,
      refs,
      service,
      metadata,
      choose: options.choose,
    }),
  }

  return {
    handlers,
    grants,
    media,
    signInWait,
    proxies: mediaSide.proxies,
    renditions: mediaSide.renditions,
    posters: mediaSide.posters,
    thumbnails,
    connections,
    studio,
    host,
    settings,
    report,
    signal(kind) {
      host.call.signal({ kind }).catch((error: unknown) => report(error, kind))
      if (kind !== 'online' && kind !== 'resume') return
      connections.askAgain()
      review.feed.wake()
    },
    async start() {
      review.outbox.start()
      inbox.start()
      review.playlists.start()
      transferSide.start()
      await connections.start()
      await thumbnails.sweep().catch((error: unknown) => report(error, 'pictures'))
      await mediaSide.start()
    },
    async stop() {
      connections.stop()
      service.stop()
      library.stop()
      review.outbox.stop()
      review.feed.stop()
      inbox.stop()
      review.playlists.stop()
      coalescer.stop()
      clearInterval(backups)
      mediaSide.fileCaptions.stopAll()
      mediaSide.posters.stopAll()
      await Promise.all([transferSide.stop(), studio.stop(), mediaSide.proxies.stop(), backup()])
      opened.close()
    },
  }
}
