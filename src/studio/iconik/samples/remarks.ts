import type { PersonKey } from '../accounts.ts'
import type { Segment } from '../segments/segmentRows.ts'
import { sampleTitles } from './titles.ts'

/** Somebody's remark on a sample. Frames count from 0, both ends inclusive; none: on the whole version. */
export interface Remark {
  readonly by: PersonKey | { readonly guest: string }
  /** Hours before the samples are made. */
  readonly hoursAgo: number
  readonly text: string
  readonly frames?: readonly [first: number, last: number]
  readonly type?: Segment['segment_type']
  readonly colour?: string
  readonly track?: string
  readonly isDone?: boolean
  readonly isInternal?: boolean
  readonly drawing?: Segment['drawing']
  readonly replies?: readonly Omit<Remark, 'frames' | 'replies'>[]
}

export interface Review {
  readonly title: string
  /** From 1. */
  readonly version: number
  readonly framesPerSecond: readonly [numerator: number, denominator: number]
  readonly remarks: readonly Remark[]
}

const red = '#e5484d'
const amber = '#f5a524'
const green = '#30a46c'
const blue = '#3e63dd'
const client = { guest: 'client@fjellvann.invalid' } as const

/** Points in ten-thousandths of the picture's width and height. */
const figure = (
  type: 'ARROW' | 'ELLIPSE' | 'RECTANGLE' | 'PENCIL',
  color: string,
  ...points: readonly (readonly [x: number, y: number])[]
): Segment['drawing'] => ({
  primitives: [{ type, color, opacity: 1, width: 45, points: points.map(([x, y]) => ({ x, y })) }],
})

/** What was said of the samples, version by version. */
export const reviews: readonly Review[] = [
  {
    ...{ title: sampleTitles.ridge, version: 1, framesPerSecond: [24, 1] },
    remarks: [
      {
        by: 'director',
        hoursAgo: 118,
        frames: [0, 0],
        text: 'Starts too early, trim to the first bird.',
        isDone: true,
      },
      {
        by: 'director',
        hoursAgo: 117,
        frames: [96, 143],
        text: 'Sky is a stop too bright.',
        colour: amber,
        isDone: true,
      },
    ],
  },
  {
    ...{ title: sampleTitles.ridge, version: 2, framesPerSecond: [24, 1] },
    remarks: [
      {
        ...{ by: 'director', hoursAgo: 74, frames: [60, 119], colour: amber, isDone: true },
        text: 'Better. Keep more of the haze between the ridges.',
        replies: [{ by: 'mfa', hoursAgo: 72, text: 'Haze is back in v3.' }],
      },
      { by: client, hoursAgo: 70, frames: [200, 200], text: 'Is the sun real? It looks wonderful.' },
    ],
  },
  {
    ...{ title: sampleTitles.ridge, version: 3, framesPerSecond: [24, 1] },
    remarks: [
      {
        ...{ by: 'director', hoursAgo: 26, frames: [120, 120], colour: red },
        text: 'The birds pull the eye away from the sun. Paint them out, please.',
        drawing: figure('ELLIPSE', red, [3300, 2900], [4500, 3600]),
        replies: [
          { by: 'mfa', hoursAgo: 25, text: 'Half a day of work. @Robin Producer, is that in the budget?' },
          { by: 'me', hoursAgo: 22, text: 'Yes, go ahead.' },
        ],
      },
      {
        ...{ by: client, hoursAgo: 20, frames: [168, 215], colour: blue },
        text: 'This is the moment for our claim. Could the picture hold here a little?',
        replies: [{ by: 'me', hoursAgo: 19, text: 'We can hold it for twelve frames more.' }],
      },
      {
        ...{ by: 'limited', hoursAgo: 18, frames: [240, 240], text: 'Horizon tips to the left by a hair.' },
        ...{ colour: amber, drawing: figure('ARROW', amber, [800, 5200], [2600, 5500]) },
      },
      {
        ...{ by: 'me', hoursAgo: 17, frames: [0, 287], isInternal: true },
        text: 'Internal: the client pays for two more days of grading, not three.',
        replies: [{ by: 'director', hoursAgo: 16, isInternal: true, text: 'Then the birds come first.' }],
      },
      { by: 'director', hoursAgo: 15, text: 'Overall the strongest take of the day. @Robin Producer' },
      {
        by: 'mfa',
        hoursAgo: 14,
        frames: [48, 48],
        type: 'MARKER',
        track: 'Edit',
        colour: green,
        text: 'In point',
      },
      {
        by: 'mfa',
        hoursAgo: 14,
        frames: [263, 263],
        type: 'MARKER',
        track: 'Edit',
        colour: green,
        text: 'Out point',
      },
      {
        by: 'me',
        hoursAgo: 13,
        frames: [0, 287],
        type: 'SCENE',
        track: 'Scenes',
        text: 'Ridge at first light',
      },
      { by: 'me', hoursAgo: 13, frames: [108, 191], type: 'TAG', track: 'Tags', text: 'sunrise' },
    ],
  },
  {
    ...{ title: sampleTitles.lake, version: 2, framesPerSecond: [25, 1] },
    remarks: [
      {
        ...{ by: 'director', hoursAgo: 41, frames: [150, 150], colour: green, isDone: true },
        text: 'Lantern is exactly right now.',
        drawing: figure('RECTANGLE', green, [5900, 5700], [7100, 7200]),
      },
      {
        by: 'limited',
        hoursAgo: 40,
        frames: [75, 124],
        text: 'Stars flicker in the water, is that the codec?',
        colour: amber,
      },
      {
        ...{ by: 'mfa', hoursAgo: 39, frames: [75, 124], type: 'QC', track: 'QC', colour: red },
        text: 'Macro blocks in the dark water, 8 bit source.',
      },
      { by: 'me', hoursAgo: 9, text: 'Approved from our side.' },
    ],
  },
  {
    ...{ title: sampleTitles.road, version: 2, framesPerSecond: [30_000, 1001] },
    remarks: [
      {
        ...{ by: client, hoursAgo: 12, frames: [120, 149], colour: red },
        text: 'We must not see a number plate here. Please blur the red car.',
        drawing: figure('ARROW', red, [6800, 3300], [5300, 4800]),
      },
      {
        by: 'mfa',
        hoursAgo: 11,
        frames: [240, 299],
        text: 'Head lights clip for ten frames, I can bring them down.',
      },
      {
        by: 'limited',
        hoursAgo: 5,
        frames: [30, 30],
        text: '@Robin Producer the cut from the cabin comes too hard.',
      },
      {
        ...{ by: 'mfa', hoursAgo: 10, frames: [0, 359], type: 'GENERIC', track: 'Music', colour: blue },
        text: 'Cue 4, strings',
      },
    ],
  },
  {
    ...{ title: 'Lighthouse, dusk', version: 1, framesPerSecond: [60_000, 1001] },
    remarks: [
      {
        by: 'director',
        hoursAgo: 33,
        frames: [24, 71],
        text: 'Beam passes too fast for the voice over.',
        colour: amber,
      },
      { by: 'me', hoursAgo: 32, frames: [120, 120], text: 'Frame for the poster?', isInternal: true },
    ],
  },
]
