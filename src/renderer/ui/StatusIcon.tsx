/** The shapes that go with the status colours: colour alone never carries a meaning. */
export type StatusShape =
  | 'done'
  | 'review'
  | 'verifying'
  | 'waiting'
  | 'changes'
  | 'failed'
  | 'idle'
  | 'unknown'
  | 'paused'
  | 'canceled'
  | 'moving'

const thin = { fill: 'none', stroke: 'currentColor', strokeWidth: 1.5 } as const
const inside = {
  fill: 'none',
  stroke: 'var(--inside, var(--canvas))',
  strokeWidth: 1.6,
  strokeLinecap: 'round',
  strokeLinejoin: 'round',
} as const

const shapes: Readonly<Record<Exclude<StatusShape, 'moving'>, React.ReactNode>> = {
  done: (
    <>
      <circle cx="7" cy="7" r="6.5" fill="currentColor" />
      <path d="m4.2 7.2 2 2 3.7-4.2" {...inside} />
    </>
  ),
  review: (
    <>
      <circle cx="7" cy="7" r="5.75" {...thin} />
      <path d="M7 1.2a5.8 5.8 0 0 1 0 11.6z" fill="currentColor" />
    </>
  ),
  verifying: (
    <>
      <path d="M7 1 12 2.8v3.6c0 3-2 5.3-5 6.6-3-1.3-5-3.6-5-6.6V2.8z" {...thin} strokeLinejoin="round" />
      <path d="m4.8 6.8 1.6 1.6 2.8-3" {...thin} strokeLinecap="round" strokeLinejoin="round" />
    </>
  ),
  waiting: (
    <>
      <circle cx="7" cy="7" r="5.75" {...thin} />
      <path d="M7 4v3.2l2 1.2" {...thin} strokeLinecap="round" strokeLinejoin="round" />
    </>
  ),
  changes: (
    <>
      <path d="M7 1 13.2 12.4H.8z" fill="currentColor" stroke="currentColor" strokeLinejoin="round" />
      <path d="M7 5v3.2M7 10.5v.2" {...inside} />
    </>
  ),
  failed: (
    <>
      <path d="M4.3.5h5.4l3.8 3.8v5.4l-3.8 3.8H4.3L.5 9.7V4.3z" fill="currentColor" />
      <path d="M7 3.6v4M7 10.1v.2" {...inside} />
    </>
  ),
  unknown: (
    <>
      <circle cx="7" cy="7" r="5.75" {...thin} strokeOpacity="0.5" />
      <path d="M5.4 5.6a1.6 1.6 0 1 1 2.4 1.4c-.6.3-.8.6-.8 1.2" {...thin} strokeLinecap="round" />
      <circle cx="7" cy="10.2" r="0.8" fill="currentColor" />
    </>
  ),
  idle: <circle cx="7" cy="7" r="5.75" {...thin} strokeDasharray="2.2 2.3" />,
  paused: (
    <>
      <circle cx="7" cy="7" r="5.75" {...thin} />
      <path d="M5.4 4.8v4.4M8.6 4.8v4.4" {...thin} strokeLinecap="round" />
    </>
  ),
  canceled: (
    <>
      <circle cx="7" cy="7" r="5.75" {...thin} />
      <path d="M4.8 7h4.4" {...thin} strokeLinecap="round" />
    </>
  ),
}

const around = 2 * Math.PI * 5.5

interface StatusIconProps {
  readonly shape: StatusShape
  /** Of `moving`: how far, 0 to 1. */
  readonly share?: number
  readonly size?: number
}

export function StatusIcon({ shape, share = 0.25, size = 14 }: StatusIconProps) {
  return (
    <svg width={size} height={size} viewBox="0 0 14 14" aria-hidden="true">
      {shape === 'moving' ? (
        <>
          <circle
            cx="7"
            cy="7"
            r="5.5"
            fill="none"
            stroke="currentColor"
            strokeOpacity="0.25"
            strokeWidth="2"
          />
          <circle
            cx="7"
            cy="7"
            r="5.5"
            fill="none"
            stroke="currentColor"
            strokeWidth="2"
            strokeLinecap="round"
            strokeDasharray={`${Math.max(0.02, Math.min(1, share)) * around} ${around}`}
            transform="rotate(-90 7 7)"
          />
        </>
      ) : (
        shapes[shape]
      )}
    </svg>
  )
}
