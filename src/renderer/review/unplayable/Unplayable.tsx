import type { ConnectionId, VersionId } from '../../../shared/ids.ts'
import type { MediaInfo } from '../../../shared/place.ts'
import { useOverlays } from '../../shell/overlayStore.ts'
import { go } from '../../shell/routeStore.ts'
import { errorWords } from '../../text/errors.ts'
import { percent } from '../../text/format.ts'
import { text } from '../../text/text.ts'
import { Button } from '../../ui/Button.tsx'
import { classesOf } from '../../ui/classes.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { Meter } from '../../ui/Meter.tsx'
import { type Loaded, type Media, tryMediaAgain } from '../assetStore.ts'
import { codecName } from './codecName.ts'
import { lackOf } from './lackOf.ts'
import { cancelProxy, makeProxy, useFfmpeg, useOwnProxy } from './ownProxy.ts'
import css from './Unplayable.module.css'

const c = classesOf(css)

interface UnplayableProps {
  readonly versionId: VersionId
  readonly media: Loaded<Media>
  /** The player has tried, and could not; or it waits for what does not come. */
  readonly isBroken: boolean
  readonly isReady: boolean
  /** The service answers. */
  readonly isOnline: boolean
  /** The connection whose session has ended; null while it holds. */
  readonly signedOutOf: ConnectionId | null
  /** It was deleted, or moved out of sight. */
  readonly isGone: boolean
  /** Leaves what is gone; undefined where something else goes on by itself. */
  readonly onLeave: (() => void) | undefined
  /** Asks the service anew for something that plays. */
  readonly onAgain: () => void
}

/** Why nothing is shown, and what can be done about it. */
export function Unplayable(props: UnplayableProps) {
  const { versionId, media, isBroken, isReady, isOnline, signedOutOf, isGone, onLeave, onAgain } = props
  const words = text.room
  const { value, failure } = media
  const lack = value === null && failure !== null ? lackOf(failure, isReady) : null
  if (isGone || lack === 'gone')
    return (
      <div className={c('over')} role="alert">
        <EmptyState title={words.gone} more={isGone ? words.goneOpen : words.goneMore}>
          {onLeave === undefined ? null : (
            <Button look="primary" onClick={onLeave}>
              {text.shell.back}
            </Button>
          )}
        </EmptyState>
      </div>
    )
  const isRefused = value === null ? failure?.code === 'auth.expired' : isBroken && value.own === null
  if (signedOutOf !== null && isRefused)
    return (
      <div className={c('over')} role="alert">
        <EmptyState title={words.signedOut} more={words.signedOutMore}>
          <Button look="primary" onClick={() => useOverlays.setState({ signInTo: signedOutOf })}>
            {text.connect.signIn}
          </Button>
        </EmptyState>
      </div>
    )
  if (lack === 'notMade' || lack === 'none')
    return (
      <div className={c('over')}>
        <EmptyState
          title={lack === 'none' ? words.unplayable : text.library.making}
          more={lack === 'none' ? words.nothingToPlay : words.notReady}
        />
      </div>
    )
  if (failure !== null && value === null) {
    const said = errorWords(failure)
    const isUnread = failure.code === 'media.unplayable'
    return (
      <div className={c('over')}>
        <EmptyState
          look={isReady ? 'failed' : 'plain'}
          title={isReady && !isUnread ? words.unplayable : said.what}
          more={!isReady ? words.notReady : isUnread ? said.more : `${said.what} ${said.more}`}
        >
          <Button onClick={() => tryMediaAgain(versionId)}>{text.proxies.again}</Button>
        </EmptyState>
      </div>
    )
  }
  if (value?.info.kind === 'other')
    return (
      <div className={c('over')}>
        <EmptyState title={words.unplayable} more={words.unplayableOther} />
      </div>
    )
  if (!isBroken || value === null) return null
  // What did not come says nothing about whether it could be played.
  if (!isOnline && value.own === null)
    return (
      <div className={c('over')}>
        <EmptyState title={words.away} more={words.awayMore}>
          <Button onClick={onAgain}>{text.proxies.again}</Button>
        </EmptyState>
      </div>
    )
  const canConvert = value.info.kind === 'video' || value.info.kind === 'audio'
  return (
    <div className={c('over')}>
      {canConvert && value.own === null ? (
        <Convert versionId={versionId} info={value.info} isReady={isReady} onAgain={onAgain} />
      ) : (
        <EmptyState look="failed" title={titleOf(value.info)} more={reasonOf(value.info)}>
          <Button onClick={onAgain}>{text.proxies.again}</Button>
        </EmptyState>
      )}
    </div>
  )
}

function titleOf(info: MediaInfo): string {
  const codec = codecName(info)
  return codec === null ? text.proxies.cannotUnknown : text.proxies.cannot(codec)
}

/** `7.1` of what a distribution calls `7.1-3+deb13u1`. */
const shortVersion = (version: string): string => /^n?(\d[\d.]*)/.exec(version)?.[1] ?? version

/** Codecs that Chromium plays where the system has a decoder for them. */
const ofTheSystem = new Set(['HEVC'])
/** What Chromium decodes in most of its forms: where it does not, that may be the file. */
const mostlyPlayed = new Set([
  ...['AVC', 'VP8', 'VP9', 'AV1', 'AAC', 'MPEG Audio', 'Opus', 'Vorbis', 'FLAC', 'PCM'],
  ...['JPEG', 'PNG', 'WebP', 'GIF'],
])

function reasonOf({ kind, videoCodec, audioCodec }: MediaInfo): string {
  const codec = kind === 'audio' ? audioCodec : videoCodec
  if (codec === null || mostlyPlayed.has(codec)) return text.proxies.unsure
  return ofTheSystem.has(codec) ? text.proxies.systemDecoder : text.proxies.fine
}

interface ConvertProps extends Pick<UnplayableProps, 'versionId' | 'isReady' | 'onAgain'> {
  readonly info: MediaInfo
}

/** The way to a proxy: the service's, or one made here. */
function Convert({ versionId, info, isReady, onAgain }: ConvertProps) {
  const words = text.proxies
  const proxy = useOwnProxy(versionId)
  const ffmpeg = useFfmpeg()
  if (proxy === null || ffmpeg === null || proxy.state === 'ready') return null
  if (proxy.state === 'making' || proxy.state === 'waiting')
    return (
      <Making
        share={proxy.state === 'making' ? proxy.share : null}
        isWaiting={proxy.state === 'waiting'}
        onCancel={() => void cancelProxy(versionId)}
      />
    )
  const { tool } = ffmpeg
  const canMake = tool !== null && tool.makes !== null
  const why = reasonOf(info)
  const how =
    tool === null
      ? words.noFfmpeg
      : canMake
        ? words.makes(shortVersion(tool.version))
        : words.unfit(tool.version)
  const failed = proxy.state === 'failed' ? errorWords(proxy.failure) : null
  return (
    <EmptyState
      look="failed"
      title={titleOf(info)}
      more={
        failed === null
          ? [why, how, isReady ? '' : words.serviceMore].filter((each) => each !== '').join(' ')
          : `${failed.what} ${failed.more}`
      }
    >
      {canMake ? (
        <Button look="primary" onClick={() => void makeProxy(versionId)}>
          {failed === null ? words.make : words.again}
        </Button>
      ) : (
        <Button onClick={() => go({ screen: 'settings', section: 'transfers' })}>{words.settings}</Button>
      )}
      <Button onClick={onAgain}>{words.service}</Button>
    </EmptyState>
  )
}

interface MakingProps {
  readonly share: number | null
  readonly isWaiting: boolean
  readonly onCancel: () => void
}

function Making({ share, isWaiting, onCancel }: MakingProps) {
  const words = text.proxies
  return (
    <div className={c('making')}>
      <p className={c('title')} role="status">
        {isWaiting ? words.waiting : words.making}
      </p>
      <Meter share={share ?? 0} />
      <div className={c('line')}>
        <span>{share === null ? '' : words.share(percent(share, 1))}</span>
        <Button size="small" onClick={onCancel}>
          {words.cancel}
        </Button>
      </div>
    </div>
  )
}
