import { AudioLines } from 'lucide-react'
import {
  type CSSProperties,
  type RefObject,
  useEffect,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from 'react'
import type { ClipTiming } from '../../shared/clipTiming.ts'
import type { Asset, MediaInfo, Version } from '../../shared/place.ts'
import { thumbnailUrl } from '../library/mediaUrl.ts'
import { runAction } from '../shell/actionRunner.ts'
import { useApp, useConnection } from '../shell/appStore.ts'
import { text } from '../text/text.ts'
import { classesOf } from '../ui/classes.ts'
import type { Loaded, Media } from './assetStore.ts'
import { ControlsBlank } from './ControlsBlank.tsx'
import { Captions } from './captions/Captions.tsx'
import { openCaptions, toggleCaptions } from './captions/captionStore.ts'
import { commentFrame, type Thread } from './comments/threads.ts'
import { CompareBar } from './compare/CompareBar.tsx'
import { besides, compareVersions, isComparing, stopComparing, useCompare } from './compare/compareStore.ts'
import { OtherPicture, OwnName, WipeEdge } from './compare/OtherPicture.tsx'
import { soundLack } from './compare/soundLack.ts'
import { useAlong, useComparison } from './compare/useComparison.ts'
import { focusStage } from './composerFocus.ts'
import { DrawingLayer } from './drawing/DrawingLayer.tsx'
import { DrawTools } from './drawing/DrawTools.tsx'
import { useDraw } from './drawing/drawStore.ts'
import type { PictureSize } from './drawing/shapePath.ts'
import type { FrameClock } from './frameClock.ts'
import { toggleFullScreen } from './fullScreen.ts'
import { MediaPlayer, type Onward } from './mediaPlayer.ts'
import css from './Player.module.css'
import { player, showPlayer } from './playerControl.ts'
import type { PlayRange } from './playRange.ts'
import { fallBack, openRenditions } from './renditions/renditionStore.ts'
import { useCarryOn } from './renditions/useCarryOn.ts'
import { mayComment } from './rights.ts'
import { StillBar } from './StillBar.tsx'
import { Transport } from './Transport.tsx'
import { filmUrl, soundOf } from './timeline/sourcesOf.ts'
import { Timeline } from './timeline/Timeline.tsx'
import { Unplayable } from './unplayable/Unplayable.tsx'
import { usePictureView } from './usePictureView.ts'
import { needsSession, useStarved } from './useStarved.ts'
import type { PlayerSound } from './VolumeControl.tsx'

const c = classesOf(css)

interface PlayerProps {
  readonly asset: Asset
  readonly media: Loaded<Media>
  readonly timing: ClipTiming | null
  readonly clock: FrameClock
  readonly range: PlayRange
  readonly threads: readonly Thread[]
  /** Every version of the asset, and the one that is shown. */
  readonly versions: readonly Version[]
  readonly version: Version
  /** The element has told how long it is. */
  readonly onSeconds: (seconds: number) => void
  /** The asset was deleted while it is open. */
  readonly isGone: boolean
  /** Who gets its control, until the returned function is called; without one it is the window's player. */
  readonly take?: typeof showPlayer
}

/** The picture with its transport and timeline, or plain words about why it does not play. */
export function Player(props: PlayerProps) {
  const { asset, media, timing, clock, range, threads, versions, version, onSeconds, isGone, take } = props
  const stage = useRef<HTMLDivElement>(null)
  const video = useRef<HTMLVideoElement>(null)
  const along = useAlong(version.id)
  const isShared = useCompare((compare) => compare.mode === 'side' && besides(version.id)(compare) !== null)
  const { view, style, size, wasDragged } = usePictureView(stage, { start: along?.view, isShared })
  // Another medium, or the same asked for again, is a new try.
  const [tries, setTries] = useState(0)
  const [broken, setBroken] = useState<string | null>(null)
  const [lost, setLost] = useState<string | null>(null)
  const [sound, setSound] = useState<PlayerSound>(() => ({
    isMuted: along?.isMuted ?? false,
    volume: keptVolume(),
  }))
  const { isMuted } = sound
  const connection = useConnection(asset.connectionId)
  const state = connection?.state
  const info = media.value?.info
  const moves = info?.kind === 'video' || info?.kind === 'audio'
  const source = media.value === null ? null : `${media.value.url} ${tries}`
  const isBroken = source !== null && source === broken
  const isStarved = useStarved(video, source, needsSession(media.value, state))
  useEffect(() => {
    // Going on by itself once somebody has signed in would be a surprise.
    if (isStarved || isGone) video.current?.pause()
  }, [isStarved, isGone])
  // biome-ignore lint/correctness/useExhaustiveDependencies: the element behind the ref is the source's
  useLayoutEffect(() => {
    if (video.current !== null) video.current.volume = keptVolume()
  }, [source])
  useEffect(() => openCaptions(version.id), [version.id])
  const isOpen = media.value !== null && moves && take === undefined
  useEffect(() => (isOpen ? openRenditions(version.id) : undefined), [isOpen, version.id])
  const onward = useCarryOn(video, source, clock, take === undefined)
  const { other, heard } = useComparison({
    ...{ version, versions, clock, view, isMuted, along, onward, playsOn: take === undefined },
  })
  const failed = () => fallBack(version.id) || setBroken(source)
  useControl({
    stage,
    video,
    source,
    clock,
    onward,
    timing: moves ? timing : null,
    threads,
    hasPicture: info?.kind === 'video',
    range,
    versions,
    version,
    mayComment: !isGone && mayComment(connection),
    // Of the two that are compared the one that is heard: the silence of the other is nobody's wish.
    silence:
      heard === 'other'
        ? (silent = !isMuted) => setSound((before) => ({ ...before, isMuted: silent }))
        : null,
    take: take ?? showPlayer,
  })
  const mode = useCompare((compare) => compare.mode)
  const pictureSize = usePictureSize(info)
  const isDrawing = useDraw((draw) => draw.tool !== null || draw.of !== null || draw.shapes.length > 0)
  // Whoever came by key goes on by key: what had the focus is gone with the screen before.
  useEffect(() => {
    if (document.activeElement === document.body) focusStage()
    return () => {
      if (document.activeElement === document.body)
        document.querySelector<HTMLElement>('[data-focus="assets"]')?.focus()
    }
  }, [])
  const poster = media.value?.own?.posterUrl ?? thumbnailUrl(asset)
  const isOpening = media.value === null && media.failure === null && !isGone
  return (
    <>
      <CompareBar
        versions={versions}
        shown={version}
        other={other}
        heard={heard}
        ownLack={soundLack(media)}
        isMoving={moves}
      />
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset is for the fields of a form */}
      <div
        ref={stage}
        className={c('stage')}
        tabIndex={-1}
        role="group"
        aria-label={asset.name}
        data-focus="stage"
      >
        <div
          className={c('picture')}
          style={style}
          data-compare={other === undefined ? undefined : mode}
          data-zoomed={view.scale > 1 || undefined}
        >
          <div className={c('own')}>
            {media.value !== null && moves ? (
              <video
                key={source}
                ref={video}
                src={media.value.url}
                poster={poster}
                preload="auto"
                crossOrigin="anonymous"
                playsInline
                data-pixels=""
                muted={isMuted || heard === 'other'}
                data-muted={heard === 'other' ? isMuted : undefined}
                className={c(info?.kind === 'audio' && 'hidden')}
                onLoadedMetadata={(event) => {
                  onSeconds(event.currentTarget.duration)
                  // Sound that plays without the picture it belongs to is not what was meant.
                  if (info?.kind === 'video' && event.currentTarget.videoWidth === 0) failed()
                }}
                onVolumeChange={({ currentTarget: { muted, volume: loud } }) =>
                  setSound((before) => ({ isMuted: heard === 'own' ? muted : before.isMuted, volume: loud }))
                }
                onError={failed}
                onClick={() => (wasDragged() ? undefined : player()?.toggle())}
              />
            ) : null}
            {media.value === null && poster !== undefined && poster !== lost ? (
              <img src={poster} alt="" onError={() => setLost(poster)} />
            ) : null}
            {info?.kind === 'image' && !isBroken ? (
              <img src={media.value?.url} alt={asset.name} data-pixels="" onError={() => setBroken(source)} />
            ) : null}
            {info?.kind === 'audio' ? (
              <AudioLines size={96} strokeWidth={0.75} className={c('sound')} aria-hidden="true" />
            ) : null}
            {other === undefined || timing === null ? null : (
              <OwnName number={version.number} clock={clock} timing={timing} />
            )}
          </div>
          {other !== undefined && timing !== null ? (
            <OtherPicture
              key={other.id}
              versionId={other.id}
              number={other.number}
              clock={clock}
              timing={timing}
              isMuted={isMuted || heard === 'own'}
              volume={sound.volume}
            />
          ) : null}
          {/* Above both pictures: colours that are mixed with another version's are not those that were drawn. */}
          {pictureSize === null ? null : (
            <div className={c('own', 'drawn')}>
              <DrawingLayer
                versionId={version.id}
                size={pictureSize}
                clock={clock}
                range={range}
                threads={threads}
              />
            </div>
          )}
          {other !== undefined && mode === 'wipe' ? <WipeEdge /> : null}
          <Unplayable
            versionId={version.id}
            media={media}
            isBroken={isBroken || isStarved}
            isReady={asset.isReady}
            isOnline={state !== 'offline'}
            signedOutOf={state === 'signedOut' ? asset.connectionId : null}
            isGone={isGone}
            onLeave={take === undefined ? () => runAction('review.close') : undefined}
            onAgain={() => setTries((before) => before + 1)}
          />
        </div>
        {timing !== null && moves && !isBroken ? (
          <Captions versionId={version.id} clock={clock} timing={timing} />
        ) : null}
        {media.value?.own && !isBroken ? (
          <div className={c('made')}>
            <div className={c('fitted')} style={aspectOf(pictureSize)}>
              <span className={c('chip')}>{text.proxies.own}</span>
            </div>
          </div>
        ) : null}
        {pictureSize !== null && isDrawing && !isGone ? (
          <DrawTools versionId={version.id} threads={threads} />
        ) : null}
        {info?.isVariableRate && media.value?.times === null ? (
          <div className={c('note')}>
            <span className={c('chip')}>{text.room.variable}</span>
          </div>
        ) : null}
      </div>
      {timing !== null && moves ? (
        <>
          <Transport
            versionId={version.id}
            timing={timing}
            clock={clock}
            range={range}
            size={size}
            sound={sound}
          />
          <Timeline
            timing={timing}
            clock={clock}
            range={range}
            threads={threads}
            film={isBroken ? null : filmUrl(info, media.value)}
            sound={isBroken ? null : soundOf(info, media.value)}
          />
        </>
      ) : (info?.kind === 'image' && !isBroken) || (isOpening && asset.kind === 'image') ? (
        <StillBar size={size} />
      ) : isOpening && (asset.kind === 'video' || asset.kind === 'audio') ? (
        <ControlsBlank />
      ) : null}
    </>
  )
}

const keptVolume = () => useApp.getState().settings.volume

/** The picture's own size; null for sound and for what is not known yet. */
function usePictureSize(info: MediaInfo | undefined): PictureSize | null {
  const width = info?.width ?? null
  const height = info?.height ?? null
  return useMemo(() => (width === null || height === null ? null : { width, height }), [width, height])
}

/** Of sound there is no picture: its words stand in the corner of a common one. */
const aspectOf = (size: PictureSize | null) =>
  ({ '--aspect': size === null ? 16 / 9 : size.width / size.height }) as CSSProperties

interface ControlParts {
  /** Which element it is: another medium has another. */
  readonly source: string | null
  readonly stage: RefObject<HTMLDivElement | null>
  readonly video: RefObject<HTMLVideoElement | null>
  readonly clock: FrameClock
  readonly onward: Onward
  readonly range: PlayRange
  readonly timing: ClipTiming | null
  readonly threads: readonly Thread[]
  readonly hasPicture: boolean
  readonly versions: readonly Version[]
  readonly version: Version
  readonly mayComment: boolean
  /** Silences what is heard instead of this player's own sound; null where that is heard. */
  readonly silence: ((isMuted?: boolean) => void) | null
  readonly take: typeof showPlayer
}

/** Puts the player under the shortcuts and the palette for as long as it is on the screen. */
function useControl(parts: ControlParts) {
  const { stage, video, source, clock, onward, range, timing, hasPicture, take } = parts
  const latest = useRef(parts)
  useEffect(() => {
    latest.current = parts
  })
  useEffect(() => {
    const element = video.current
    if (source === null || element === null || timing === null) return
    const media = new MediaPlayer({ element, clock, range, timing, hasPicture, onward })
    const stop = media.follow()
    const hide = take({
      timing,
      get isPlaying() {
        return clock.isPlaying
      },
      toggle: () => media.toggle(),
      play: (speed) => media.play(speed),
      setSpeed: (speed) => media.setSpeed(speed),
      pause: () => media.pause(),
      seek: (frame) => media.seek(frame),
      step: (frames) => media.seek(clock.frame + frames),
      stepSeconds: (seconds) => media.stepSeconds(seconds),
      shuttle: (way) => media.shuttle(way),
      creep: (way) => media.creep(way),
      markIn: () => range.markIn(clock.frame),
      markOut: () => range.markOut(clock.frame),
      clearRange: () => range.clear(),
      toggleLoop: () => range.loop(!range.isLooping),
      playRange: () => media.playRange(),
      compare: () => {
        const { versions, version } = latest.current
        const beside = neighbour(versions, version)
        if (isComparing()) stopComparing()
        else if (beside !== undefined) compareVersions(version.id, beside.id)
      },
      mute: () => (latest.current.silence ?? (() => media.mute()))(),
      setSound: (volume, isMuted) => {
        const { silence } = latest.current
        media.setSound(volume, isMuted || silence !== null)
        silence?.(isMuted)
      },
      captions: () => void toggleCaptions(latest.current.version.id),
      frame: () => clock.frame,
      marks: () => ({ start: range.start, end: range.end }),
      fullScreen: () => {
        if (stage.current !== null) toggleFullScreen(stage.current)
      },
      mayComment: () => latest.current.mayComment,
      toComment: (direction) => {
        const frame = commentFrame(latest.current.threads, clock.frame, direction)
        if (frame !== undefined) media.seek(frame)
      },
    })
    return () => {
      hide()
      stop()
    }
  }, [stage, video, source, clock, onward, range, timing, hasPicture, take])
}

/** What a version is compared with first: the one before it, else the one after. */
function neighbour(versions: readonly Version[], version: Version): Version | undefined {
  const others = versions.filter((each) => each.id !== version.id).toSorted((a, b) => b.number - a.number)
  return others.find((each) => each.number < version.number) ?? others.at(-1)
}
