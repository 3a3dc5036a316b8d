import { type PointerEvent, useEffect, useMemo, useRef } from 'react'
import type { ClipTiming } from '../../../shared/clipTiming.ts'
import type { VersionId } from '../../../shared/ids.ts'
import { errorWords } from '../../text/errors.ts'
import { text } from '../../text/text.ts'
import { classesOf } from '../../ui/classes.ts'
import { useMedia } from '../assetStore.ts'
import { clipOf } from '../clipOf.ts'
import type { FrameClock } from '../frameClock.ts'
import css from './Compare.module.css'
import { setWipe, useCompare } from './compareStore.ts'
import { follow } from './follower.ts'

const c = classesOf(css)

interface OtherPictureProps {
  readonly versionId: VersionId
  readonly number: number
  readonly clock: FrameClock
  readonly timing: ClipTiming
}

/** The other version, in step with the one in the room. */
export function OtherPicture({ versionId, number, clock, timing }: OtherPictureProps) {
  const video = useRef<HTMLVideoElement>(null)
  const mode = useCompare((compare) => compare.mode)
  const offset = useCompare((compare) => compare.offset)
  const wipe = useCompare((compare) => compare.wipe)
  const { value: media, failure } = useMedia(versionId)
  const own = useMemo(() => (media === null ? null : clipOf(media, null)), [media])
  useEffect(() => {
    const element = video.current
    if (element === null || own === null) return
    // The offset is read anew with every frame, and a new one moves the picture at once.
    return follow({ element, clock, leading: timing, own, offset: () => offset })
  }, [clock, timing, own, offset])
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
        <video ref={video} src={media.url} muted preload="auto" crossOrigin="anonymous" playsInline />
      )}
      <Name number={number} isFarEnd={mode === 'wipe'} />
    </div>
  )
}

interface NameProps {
  readonly number: number
  readonly isFarEnd?: boolean
}

/** Which version is where, while both have a place of their own. */
function Name({ number, isFarEnd = false }: NameProps) {
  const isApart = useCompare(({ mode }) => mode === 'side' || mode === 'wipe')
  if (!isApart) return null
  return <span className={c('label', isFarEnd && 'far')}>{text.library.version(number)}</span>
}

/** The same for the version in the room. */
export function OwnName({ number }: Pick<NameProps, 'number'>) {
  return <Name number={number} />
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
