import { useEffect, useRef, useState } from 'react'
import type { ClipTiming } from '../../../shared/clipTiming.ts'
import { useApp } from '../../shell/appStore.ts'
import { classesOf } from '../../ui/classes.ts'
import css from './Timeline.module.css'
import { drawPeaks, madePeaks, readPeaks, type Sound, type TimedPeaks } from './waveform.ts'

const c = classesOf(css)
/** As many as the widest screen has pixels. */
const stretches = 4096

interface WaveformProps {
  readonly sound: Sound
  readonly timing: ClipTiming
  readonly width: number
  /** Sound alone gets more height than sound below a picture. */
  readonly isTall: boolean
}

/** The sound along the clip, read once; nothing where there is none. */
export function Waveform({ sound, timing, width, isTall }: WaveformProps) {
  const { url, isPeaks } = sound
  const canvas = useRef<HTMLCanvasElement>(null)
  const [read, setRead] = useState<{ readonly url: string; readonly peaks: TimedPeaks | null }>()
  const theme = useApp((app) => app.settings.theme)
  useEffect(() => {
    const stop = new AbortController()
    const reading = isPeaks ? madePeaks(url, stop.signal) : readPeaks(url, stretches, stop.signal)
    reading.then(
      (peaks) => stop.signal.aborted || setRead({ url, peaks: peaks ?? null }),
      // No answer means no strip; the player itself says what is wrong with the medium.
      () => stop.signal.aborted || setRead({ url, peaks: null }),
    )
    return () => stop.abort()
  }, [url, isPeaks])
  const peaks = read?.url === url ? read.peaks : undefined
  // biome-ignore lint/correctness/useExhaustiveDependencies: another theme has other colours
  useEffect(() => {
    const node = canvas.current
    const context = node?.getContext('2d')
    if (node === null || context == null || !peaks || width === 0) return
    node.width = Math.round(width * window.devicePixelRatio)
    node.height = Math.round(node.clientHeight * window.devicePixelRatio)
    drawPeaks(context, peaks, timing, getComputedStyle(node).color)
  }, [peaks, timing, width, isTall, theme])
  if (peaks === null) return null
  return (
    <div className={c('wave', isTall && 'tall')} aria-hidden="true" aria-busy={peaks === undefined}>
      <canvas ref={canvas} />
    </div>
  )
}
