import { AudioLines } from 'lucide-react'
import { type RefObject, useEffect, useRef, useState } from 'react'
import type { ClipTiming } from '../../shared/clipTiming.ts'
import { framesPerTimecodeSecond } from '../../shared/frameRate.ts'
import type { Asset, MediaInfo } from '../../shared/place.ts'
import { thumbnailUrl } from '../library/mediaUrl.ts'
import { errorWords } from '../text/errors.ts'
import { text } from '../text/text.ts'
import { classesOf } from '../ui/classes.ts'
import { EmptyState } from '../ui/EmptyState.tsx'
import type { Loaded, Media } from './assetStore.ts'
import { focusComposer } from './composerFocus.ts'
import type { FrameClock } from './frameClock.ts'
import { MediaPlayer } from './mediaPlayer.ts'
import css from './Player.module.css'
import { player, showPlayer } from './playerControl.ts'
import { Timeline } from './Timeline.tsx'
import { Transport } from './Transport.tsx'
import { commentFrame, type Thread } from './threads.ts'

const c = classesOf(css)

interface PlayerProps {
  readonly asset: Asset
  readonly media: Loaded<Media>
  readonly timing: ClipTiming | null
  readonly clock: FrameClock
  readonly threads: readonly Thread[]
  /** The element has told how long it is. */
  readonly onSeconds: (seconds: number) => void
}

/** The picture with its transport and timeline, or plain words about why it does not play. */
export function Player({ asset, media, timing, clock, threads, onSeconds }: PlayerProps) {
  const stage = useRef<HTMLDivElement>(null)
  const video = useRef<HTMLVideoElement>(null)
  const [isBroken, setBroken] = useState(false)
  const [isMuted, setMuted] = useState(false)
  const info = media.value?.info
  const moves = info?.kind === 'video' || info?.kind === 'audio'
  useControl({
    stage,
    video,
    clock,
    timing: moves ? timing : null,
    threads,
    hasPicture: info?.kind === 'video',
  })
  const poster = thumbnailUrl(asset)
  return (
    <>
      <div ref={stage} className={c('stage')} tabIndex={-1} data-focus="stage">
        <div className={c('picture')}>
          {media.value !== null && moves ? (
            // biome-ignore lint/a11y/useMediaCaption: the footage is the user's own and brings none
            <video
              ref={video}
              src={media.value.url}
              poster={poster}
              preload="auto"
              crossOrigin="anonymous"
              playsInline
              className={c(info?.kind === 'audio' && 'hidden')}
              onLoadedMetadata={(event) => onSeconds(event.currentTarget.duration)}
              onVolumeChange={(event) => setMuted(event.currentTarget.muted)}
              onError={() => setBroken(true)}
              onClick={() => player()?.toggle()}
            />
          ) : null}
          {media.value === null && poster !== undefined ? <img src={poster} alt="" /> : null}
          {info?.kind === 'image' ? (
            <img src={media.value?.url} alt={asset.name} onError={() => setBroken(true)} />
          ) : null}
          {info?.kind === 'audio' ? (
            <AudioLines size={96} strokeWidth={0.75} className={c('sound')} aria-hidden="true" />
          ) : null}
          <Unplayable media={media} isBroken={isBroken} isReady={asset.isReady} />
        </div>
        {info?.isVariableRate ? (
          <div className={c('note')}>
            <span className={c('chip')}>{text.room.variable}</span>
          </div>
        ) : null}
      </div>
      {timing !== null && moves ? (
        <>
          <Transport timing={timing} clock={clock} isMuted={isMuted} />
          <Timeline timing={timing} clock={clock} threads={threads} url={filmUrl(info, media)} />
        </>
      ) : null}
    </>
  )
}

const filmUrl = (info: MediaInfo | undefined, media: Loaded<Media>): string | null =>
  info?.kind === 'video' ? (media.value?.url ?? null) : null

interface ControlParts {
  readonly stage: RefObject<HTMLDivElement | null>
  readonly video: RefObject<HTMLVideoElement | null>
  readonly clock: FrameClock
  readonly timing: ClipTiming | null
  readonly threads: readonly Thread[]
  readonly hasPicture: boolean
}

/** Puts the player under the shortcuts and the palette for as long as it is on the screen. */
function useControl({ stage, video, clock, timing, threads, hasPicture }: ControlParts) {
  const latest = useRef(threads)
  useEffect(() => {
    latest.current = threads
  }, [threads])
  useEffect(() => {
    const element = video.current
    if (element === null || timing === null) return
    const media = new MediaPlayer(element, clock, timing, hasPicture)
    const stop = media.follow()
    const hide = showPlayer({
      timing,
      toggle: () => media.toggle(),
      pause: () => media.pause(),
      seek: (frame) => media.seek(frame),
      step: (frames) => media.seek(clock.frame + frames),
      stepSeconds: (seconds) => media.seek(clock.frame + seconds * framesPerTimecodeSecond(timing.rate)),
      faster: () => media.faster(),
      slower: () => media.slower(),
      mute: () => media.mute(),
      frame: () => clock.frame,
      fullScreen: () => {
        if (document.fullscreenElement !== null) void document.exitFullscreen()
        else void stage.current?.requestFullscreen()
      },
      comment: () => {
        media.pause()
        focusComposer()
      },
      toComment: (direction) => {
        const frame = commentFrame(latest.current, clock.frame, direction)
        if (frame !== undefined) media.seek(frame)
      },
    })
    return () => {
      hide()
      stop()
    }
  }, [stage, video, clock, timing, hasPicture])
}

interface UnplayableProps {
  readonly media: Loaded<Media>
  readonly isBroken: boolean
  readonly isReady: boolean
}

function Unplayable({ media, isBroken, isReady }: UnplayableProps) {
  const words = text.room
  const { value, failure } = media
  if (failure !== null && value === null) {
    const said = errorWords(failure)
    return (
      <div className={c('over')}>
        <EmptyState
          look={isReady ? 'failed' : 'plain'}
          title={isReady ? words.unplayable : said.what}
          more={isReady ? `${said.what} ${said.more}` : words.notReady}
        />
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
  const codec = value.info.videoCodec ?? value.info.audioCodec
  return (
    <div className={c('over')}>
      <EmptyState
        look="failed"
        title={words.unplayable}
        more={codec === null ? words.unplayableUnknown : words.unplayableCodec(codec)}
      />
    </div>
  )
}
