import { type PointerEvent, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react'
import { type ClipTiming, formatFrameNumber } from '../../../shared/clipTiming.ts'
import type { VersionId } from '../../../shared/ids.ts'
import { errorWords } from '../../text/errors.ts'
import { text } from '../../text/text.ts'
import { classesOf } from '../../ui/classes.ts'
import { clipOf } from '../clipOf.ts'
import type { FrameClock } from '../frameClock.ts'
import { usePlayed } from '../renditions/usePlayed.ts'
import { useClockElement } from '../useClock.ts'
import css from './Compare.module.css'
import { type CompareOffsets, setOtherLack, setWipe, useCompare } from './compareStore.ts'
import { follow, followingFrame, followingHas } from './follower.ts'
import { soundLack } from './soundLack.ts'

const c = classesOf(css)

interface OtherPictureProps {
  readonly versionId: VersionId
  readonly number: number
  readonly clock: FrameClock
  readonly timing: ClipTiming
  readonly isMuted: boolean
  /** From 0 to 1. */
  readonly volume: number
}

/** The other version, in step with the one in the room. */
export function OtherPicture({ versionId, number, clock, timing, isMuted, volume }: OtherPictureProps) {
  const video = useRef<HTMLVideoElement>(null)
  const mode = useCompare((compare) => compare.mode)
  const offsets = useCompare((compare) => compare.offsets)
  const wipe = useCompare((compare) => compare.wipe)
  const played = usePlayed(versionId)
  const { value: media, failure } = played
  const [broken, setBroken] = useState<string | null>(null)
  const lack = media !== null && broken === media.url ? 'missing' : soundLack(played)
  useEffect(() => setOtherLack(lack), [lack])
  // biome-ignore lint/correctness/useExhaustiveDependencies: the element behind the ref is the medium's
  useLayoutEffect(() => {
    if (video.current !== null) video.current.volume = volume
  }, [media, volume])
  // Versions of one clip are numbered alike.
  const { firstNumber } = timing
  const own = useMemo(() => (media === null ? null : clipOf(media, null, firstNumber)), [media, firstNumber])
  useEffect(() => {
    const element = video.current
    if (element === null || own === null) return
    // A new offset moves the picture at once.
    return follow({ element, clock, leading: timing, own, offsets })
  }, [clock, timing, own, offsets])
  return (
    <div
      className={c('other', mode)}
      style={mode === 'wipe' ? { clipPath: `inset(0 0 0 ${wipe * 100}%)` } : undefined}
      data-compare={mode}
    >
      {failure === null ? null : <p className={c('problem')}>{errorWords(failure).what}</p>}
      {media === null ? null : media.info.kind === 'image' ? (
        <img src={media.url} alt={text.library.versionLong(number)} />
      ) : (
        <video
          ref={video}
          src={media.url}
          muted={isMuted}
          preload="auto"
          crossOrigin="anonymous"
          playsInline
          onError={() => setBroken(media.url)}
        />
      )}
      {own === null ? null : (
        <OtherName number={number} clock={clock} leading={timing} own={own} offsets={offsets} />
      )}
    </div>
  )
}

interface OtherNameProps {
  readonly number: number
  readonly clock: FrameClock
  readonly leading: ClipTiming
  readonly own: ClipTiming
  readonly offsets: CompareOffsets
}

/** Which version it is and its frame, or why there is none: one that stands still beside one that moves looks broken. */
function OtherName({ number, clock, leading, own, offsets }: OtherNameProps) {
  const isApart = useCompare(({ mode }) => mode === 'side')
  const label = useClockElement<HTMLSpanElement>(clock, (element, frame) => {
    const has = followingHas(frame, offsets, leading, own)
    const shown = formatFrameNumber(followingFrame(frame, offsets, leading, own), own)
    // Its first or last frame belongs to another moment.
    if (element.parentElement !== null) element.parentElement.dataset['has'] = has
    element.textContent = text.compare[has](text.library.version(number), shown)
  })
  return <span ref={label} className={c('label', !isApart && 'far')} data-compared="other" />
}

interface OwnNameProps {
  readonly number: number
  readonly clock: FrameClock
  readonly timing: ClipTiming
}

/** The same for the version in the room. */
export function OwnName({ number, clock, timing }: OwnNameProps) {
  const label = useClockElement<HTMLSpanElement>(clock, (element, frame) => {
    element.textContent = text.compare.picture(text.library.version(number), formatFrameNumber(frame, timing))
  })
  return <span ref={label} className={c('label')} data-compared="own" />
}

/** The edge between the two versions, dragged or moved by arrow key. */
export function WipeEdge() {
  const wipe = useCompare((compare) => compare.wipe)
  const moved = (event: PointerEvent<HTMLDivElement>) => {
    const box = event.currentTarget.parentElement?.getBoundingClientRect()
    if (box !== undefined && box.width > 0) setWipe((event.clientX - box.left) / box.width)
  }
  return (
    <div
      role="slider"
      tabIndex={0}
      aria-label={text.compare.edge}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={Math.round(wipe * 100)}
      className={c('edge')}
      style={{ left: `${wipe * 100}%` }}
      onPointerDown={(event) => {
        event.stopPropagation()
        event.currentTarget.setPointerCapture(event.pointerId)
      }}
      onPointerMove={(event) => {
        if (event.currentTarget.hasPointerCapture(event.pointerId)) moved(event)
      }}
      onClick={(event) => event.stopPropagation()}
      onKeyDown={(event) => {
        const step = event.key === 'ArrowLeft' ? -0.01 : event.key === 'ArrowRight' ? 0.01 : 0
        if (step === 0) return
        event.preventDefault()
        event.stopPropagation()
        setWipe(wipe + step * (event.shiftKey ? 10 : 1))
      }}
    />
  )
}
