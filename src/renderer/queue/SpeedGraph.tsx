import { memo, useMemo } from 'react'
import { speed } from '../text/format.ts'
import { text } from '../text/text.ts'
import { useTransfers } from './transferStore.ts'

/** Bytes a second as a line, oldest left; few enough points that it costs nothing. */
function linePath(speeds: readonly number[], width: number, height: number, top: number): string {
  if (speeds.length < 2) return ''
  const points = 60
  const step = Math.max(1, speeds.length / points)
  const heights: number[] = []
  for (let at = 0; at < speeds.length; at += step) {
    const some = speeds.slice(Math.floor(at), Math.max(Math.floor(at) + 1, Math.floor(at + step)))
    heights.push(some.reduce((sum, each) => sum + each, 0) / some.length)
  }
  const across = width / Math.max(1, heights.length - 1)
  return heights
    .map((value, index) => {
      const y = height - 1 - (top === 0 ? 0 : (value / top) * (height - 2))
      return `${index === 0 ? 'M' : 'L'}${(index * across).toFixed(1)} ${y.toFixed(1)}`
    })
    .join('')
}

interface SizeProps {
  readonly width: number
  readonly height: number
}

/** The last ten minutes without words: for the tray. */
export const SpeedLine = memo(function SpeedLine({ width, height }: SizeProps) {
  const speeds = useTransfers((transfers) => transfers.speeds)
  const path = useMemo(
    () => linePath(speeds.slice(-120), width, height, Math.max(...speeds.slice(-120), 1)),
    [speeds, width, height],
  )
  return (
    <svg width={width} height={height} viewBox={`0 0 ${width} ${height}`} aria-hidden="true">
      <path d={path} fill="none" stroke="currentColor" strokeWidth="1.25" strokeLinejoin="round" />
    </svg>
  )
})

/** The last ten minutes with the fastest of them named. */
export function SpeedGraph({ width, height }: SizeProps) {
  const speeds = useTransfers((transfers) => transfers.speeds)
  const top = Math.max(...speeds, 1)
  const path = linePath(speeds, width, height, top)
  const fastest = top > 1 ? speed(top) : ''
  return (
    <svg
      width="100%"
      height={height}
      viewBox={`0 0 ${width} ${height}`}
      preserveAspectRatio="none"
      role="img"
      aria-label={fastest === '' ? text.transfers.speedGraph : `${text.transfers.speedGraph}, ${fastest}`}
    >
      <path
        d="M0 1H999"
        stroke="var(--line-strong)"
        strokeDasharray="3 3"
        vectorEffect="non-scaling-stroke"
      />
      {path === '' ? null : (
        <>
          <path d={`${path}L${width} ${height}L0 ${height}Z`} fill="var(--text)" opacity="0.07" />
          <path
            d={path}
            fill="none"
            stroke="var(--text-2)"
            strokeWidth="1.5"
            strokeLinejoin="round"
            vectorEffect="non-scaling-stroke"
          />
        </>
      )}
      <path d={`M0 ${height - 0.5}H999`} stroke="var(--line)" vectorEffect="non-scaling-stroke" />
    </svg>
  )
}
