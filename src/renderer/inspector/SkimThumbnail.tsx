import { type PointerEvent, useRef, useState } from 'react'
import { type ClipTiming, formatClipFrame, seekSeconds } from '../../shared/clipTiming.ts'
import type { Asset } from '../../shared/place.ts'
import { ClipPicture } from '../library/ClipPicture.tsx'
import { KindPicture } from '../library/KindPicture.tsx'
import { lengthText } from '../library/lengthText.ts'
import { text } from '../text/text.ts'
import { classesOf } from '../ui/classes.ts'
import css from './SkimThumbnail.module.css'

const c = classesOf(css)

interface SkimThumbnailProps {
  readonly asset: Asset
  /** Null while it is not known, or when nothing moves in it. */
  readonly media: { readonly url: string; readonly timing: ClipTiming } | null
}

/** A clip's picture; the pointer over it looks through the clip. */
export function SkimThumbnail({ asset, media }: SkimThumbnailProps) {
  const [skim, setSkim] = useState<{ readonly share: number; readonly frame: number } | null>(null)
  const video = useRef<HTMLVideoElement>(null)
  const wanted = useRef<number | null>(null)
  const length = lengthText(asset)

  const show = (frame: number) => {
    const element = video.current
    if (element === null || media === null) return
    const at = seekSeconds(frame, media.timing)
    // One seek at a time: the next starts from the newest wish when this one has landed.
    if (element.seeking || element.readyState === 0) wanted.current = at
    else element.currentTime = at
  }
  const landed = () => {
    const element = video.current
    if (element === null || wanted.current === null) return
    element.currentTime = wanted.current
    wanted.current = null
  }
  const moved = (event: PointerEvent<HTMLDivElement>) => {
    if (media === null) return
    const box = event.currentTarget.getBoundingClientRect()
    const share = Math.max(0, Math.min(1, (event.clientX - box.left) / box.width))
    const frame = Math.min(media.timing.frameCount - 1, Math.floor(share * media.timing.frameCount))
    setSkim({ share, frame })
    show(frame)
  }

  return (
    <div
      className={c('picture')}
      onPointerMove={moved}
      onPointerLeave={() => setSkim(null)}
      title={media === null ? undefined : text.inspector.scrub}
    >
      <span className={c('kind')}>
        <KindPicture kind={asset.kind} />
      </span>
      <ClipPicture clip={asset} />
      {skim !== null && media !== null ? (
        <>
          <video
            ref={video}
            src={media.url}
            muted
            playsInline
            preload="auto"
            crossOrigin="anonymous"
            onSeeked={landed}
            onLoadedData={landed}
          />
          <span className={c('line')} style={{ left: `${skim.share * 100}%` }} />
          <span className={c('chip', 'start')}>{formatClipFrame(skim.frame, media.timing)}</span>
        </>
      ) : null}
      {length === undefined ? null : <span className={c('chip', 'end')}>{length}</span>}
    </div>
  )
}
