import { type CSSProperties, memo } from 'react'
import { type ClipTiming, formatClipFrame } from '../../../shared/clipTiming.ts'
import { colourNameOf } from '../../../shared/commentColour.ts'
import { text } from '../../text/text.ts'
import { classesOf } from '../../ui/classes.ts'
import { hueOf } from '../../ui/person.ts'
import type { Thread } from '../comments/threads.ts'
import { player } from '../playerControl.ts'
import { framesOf, nextOf } from './crowds.ts'
import css from './Timeline.module.css'

const c = classesOf(css)
/** More than these nobody tells apart on a marker, or reads in a tip. */
const mostHues = 4
const mostLines = 6

interface CrowdPinProps {
  readonly crowd: readonly Thread[]
  readonly timing: ClipTiming
  readonly isHere: boolean
}

/** Several comments where one marker has room: how many and whose. A press goes through their frames. */
export const CrowdPin = memo(function CrowdPin({ crowd, timing, isHere }: CrowdPinProps) {
  const frames = framesOf(crowd)
  const [first = 0] = frames
  const comments = crowd.map(({ comment }) => comment)
  /** As they are stored, by their names. */
  const colours = new Map(
    comments.flatMap(({ colour }) => {
      const name = colourNameOf(colour)
      return name === null || colour === null ? [] : [[name, colour] as const]
    }),
  )
  const hues = [...new Set(comments.map(({ author }) => hueOf(author.name)))]
  const style = {
    left: `${((first + 0.5) / timing.frameCount) * 100}%`,
    '--p': hues[0],
    '--fill': stripes(hues),
    '--mark': stripes([...colours.values()]),
  } as CSSProperties
  const people = [...new Set(comments.map(({ author }) => author.name))]
  const words = [...colours.keys()].reduce(
    (said, colour) => text.remark.marker(said, text.remark.colours[colour]),
    text.remark.markers(comments.length, people, formatClipFrame(first, timing)),
  )
  const lines = comments.slice(0, mostLines).map(({ author, text: said }) => `${author.name}: ${short(said)}`)
  const more = comments.length - lines.length
  return (
    <button
      type="button"
      className={c('pin', 'crowd')}
      style={style}
      data-resolved={comments.every(({ isResolved }) => isResolved) || undefined}
      data-internal={comments.every(({ isInternal }) => isInternal) || undefined}
      data-here={isHere || undefined}
      data-colour={colours.size > 0 || undefined}
      aria-label={words}
      title={[...lines, ...(more > 0 ? [text.remark.moreMarkers(more)] : [])].join('\n')}
      tabIndex={-1}
      onClick={() => {
        const control = player()
        const next = nextOf(frames, control?.frame() ?? -1)
        if (next !== undefined) control?.seek(next)
      }}
    >
      {comments.length}
    </button>
  )
})

const short = (said: string) => (said.length > 80 ? `${said.slice(0, 80)}…` : said)

/** Side by side, as wide as each other. */
function stripes(colours: readonly string[]): string {
  const shown = colours.slice(0, mostHues)
  const share = 100 / shown.length
  return `linear-gradient(90deg, ${shown.map((each, at) => `${each} ${at * share}% ${(at + 1) * share}%`).join(', ')})`
}
