import { type RidgeShape, ridgePath } from './ridges.ts'

const width = 880
const height = 900

const far: readonly RidgeShape[] = [
  { top: 0.47, swing: 0.06, colour: '#b1844f', seed: 11 },
  { top: 0.53, swing: 0.08, colour: '#94703f', seed: 29 },
  { top: 0.6, swing: 0.09, colour: '#735430', seed: 5 },
  { top: 0.68, swing: 0.1, colour: '#523a22', seed: 47 },
]

/** The picture of the first page: a walker on a ridge at dusk, drawn so that it is sharp at any size. */
export function Ridge() {
  return (
    <svg viewBox={`0 0 ${width} ${height}`} preserveAspectRatio="xMidYMid slice" aria-hidden="true">
      <defs>
        <linearGradient id="sky" x1="0" y1="0" x2="0" y2="1">
          <stop offset="0" stopColor="#3d4650" />
          <stop offset="0.3" stopColor="#6d747c" />
          <stop offset="0.48" stopColor="#c5a07c" />
          <stop offset="0.58" stopColor="#e7b273" />
        </linearGradient>
        <radialGradient id="sun" cx="0.86" cy="0.44" r="0.72">
          <stop offset="0" stopColor="#fff3c4" stopOpacity="0.95" />
          <stop offset="0.07" stopColor="#ffe7b0" stopOpacity="0.72" />
          <stop offset="0.22" stopColor="#ffd590" stopOpacity="0.36" />
          <stop offset="0.5" stopColor="#ffcb84" stopOpacity="0.12" />
          <stop offset="1" stopColor="#ffcb84" stopOpacity="0" />
        </radialGradient>
        <radialGradient id="glow" cx="0.86" cy="0.44" r="0.6">
          <stop offset="0" stopColor="#ffdfa6" stopOpacity="0.34" />
          <stop offset="1" stopColor="#ffdfa6" stopOpacity="0" />
        </radialGradient>
        <linearGradient id="haze" x1="0" y1="0" x2="0" y2="1">
          <stop offset="0" stopColor="#e8b67c" stopOpacity="0" />
          <stop offset="1" stopColor="#e8b67c" stopOpacity="0.24" />
        </linearGradient>
        <linearGradient id="near" x1="0" y1="0" x2="1" y2="1">
          <stop offset="0" stopColor="#0b0805" />
          <stop offset="1" stopColor="#211508" />
        </linearGradient>
      </defs>
      <rect width={width} height={height} fill="url(#sky)" />
      <rect width={width} height={height} fill="url(#sun)" />
      {far.map((ridge) => (
        <g key={ridge.seed}>
          <path d={ridgePath(ridge, width, height)} fill={ridge.colour} />
          <path d={ridgePath(ridge, width, height)} fill="url(#haze)" />
        </g>
      ))}
      <rect width={width} height={height} fill="url(#glow)" />
      <path d="M0 640C120 660 210 690 330 716S620 770 880 806V900H0Z" fill="url(#near)" />
      <path
        d="M0 640C120 660 210 690 330 716S620 770 880 806"
        fill="none"
        stroke="#8a5a2c"
        strokeOpacity="0.5"
      />
      <Walker />
      <g fill="none" strokeLinecap="round">
        <path d={ink} stroke="#000000" strokeOpacity="0.4" strokeWidth="7" />
        <path d={ink} stroke="#f3a3c6" strokeWidth="3.5" />
      </g>
    </svg>
  )
}

/** A hand-drawn ring around the pack. */
const ink = 'M268 520c22-27 66-25 79 8 13 35 8 86-17 107-27 19-63 6-73-32-7-33-3-66 13-84'

function Walker() {
  return (
    <g fill="#0a0704">
      <circle cx="338" cy="487" r="18" />
      <path d="M316 512c8-10 34-12 46-2 10 10 12 34 14 58l12 46-10 4-18-46 2 48 14 98-20 2-22-86-10 90-22-2 4-102-8-70z" />
      <path d="M276 530c0-14 8-20 18-20h20c8 0 12 6 12 14v66c0 10-6 14-14 14h-20c-10 0-16-6-16-14z" />
      <path d="M288 534h26v50h-26z" fill="#5a1710" />
      <path d="M384 606l18 118" stroke="#0a0704" strokeWidth="4" strokeLinecap="round" />
    </g>
  )
}
