import { useVirtualizer } from '@tanstack/react-virtual'
import { type KeyboardEvent, useEffect, useRef, useState } from 'react'
import { playedFrames } from '../../shared/listTiming.ts'
import { reviewLooks } from '../library/reviewLook.ts'
import { exactCount } from '../text/format.ts'
import { text } from '../text/text.ts'
import { classesOf } from '../ui/classes.ts'
import heard from '../ui/Heard.module.css'
import { MiddleCut } from '../ui/MiddleCut.tsx'
import { RowPicture } from '../ui/RowPicture.tsx'
import rowsCss from '../ui/Rows.module.css'
import { ToneIcon } from '../ui/StateLabel.tsx'
import { EntryPicture } from './EntryPicture.tsx'
import type { MeasuredEntry } from './lengths.ts'
import type { ListPlayer } from './listPlayer.ts'
import { entryTime } from './listTime.ts'
import css from './PlayingRoom.module.css'

const c = classesOf(css)
const r = classesOf(rowsCss)
const width = 116

interface ListStripProps {
  readonly player: ListPlayer
  readonly entries: readonly MeasuredEntry[]
  readonly index: number
}

/** The clips in their order; the one that is on stays in sight. Arrows look along, Enter goes there. */
export function ListStrip({ player, entries, index }: ListStripProps) {
  const scroller = useRef<HTMLDivElement>(null)
  const [looked, setLooked] = useState<{ readonly at: number; readonly from: number } | null>(null)
  // Another clip is on: the keyboard is with it again.
  const active = looked !== null && looked.from === index ? looked.at : index
  const virtual = useVirtualizer({
    horizontal: true,
    count: entries.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => width,
    getItemKey: (at) => entries[at]?.id ?? at,
    overscan: 4,
    paddingStart: 12,
    paddingEnd: 12,
    useFlushSync: false,
  })
  useEffect(() => virtual.scrollToIndex(index), [virtual, index])
  const look = (at: number) => {
    const to = Math.max(0, Math.min(entries.length - 1, at))
    setLooked({ at: to, from: index })
    virtual.scrollToIndex(to)
  }
  const pressed = (event: KeyboardEvent) => {
    if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return
    const moves: Readonly<Record<string, () => void>> = {
      ArrowRight: () => look(active + 1),
      ArrowLeft: () => look(active - 1),
      Home: () => look(0),
      End: () => look(entries.length - 1),
      Enter: () => player.go(active, 'first', player.isPlaying ? 1 : 0),
    }
    const move = moves[event.key]
    if (move === undefined) return
    event.preventDefault()
    move()
  }
  const shown = virtual.getVirtualItems()
  const isHere = shown.some((item) => item.index === active)
  return (
    <div
      ref={scroller}
      role="listbox"
      tabIndex={0}
      className={`${r('scroller')} ${c('strip')}`}
      aria-label={text.playing.strip}
      aria-orientation="horizontal"
      aria-activedescendant={isHere ? `clip-${entries[active]?.id}` : undefined}
      onKeyDown={pressed}
    >
      <div
        role="presentation"
        className={`${r('all')} ${c('all')}`}
        style={{ width: virtual.getTotalSize() }}
      >
        {shown.map((item) => {
          const entry = entries[item.index]
          return entry === undefined ? null : (
            <Card
              key={entry.id}
              entry={entry}
              at={item.index}
              left={item.start}
              isOn={item.index === index}
              isActive={item.index === active}
              onChoose={() => player.go(item.index, 'first', player.isPlaying ? 1 : 0)}
            />
          )
        })}
      </div>
    </div>
  )
}

interface CardProps {
  readonly entry: MeasuredEntry
  readonly at: number
  readonly left: number
  readonly isOn: boolean
  readonly isActive: boolean
  readonly onChoose: () => void
}

function Card({ entry, at, left, isOn, isActive, onChoose }: CardProps) {
  const { frames, rate, range, times, problem, name, review } = entry
  const words = problem === null ? text.review[review] : text.playlists.problems[problem]
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the strip takes the keys; its active clip is named by aria-activedescendant
    <div
      id={`clip-${entry.id}`}
      role="option"
      tabIndex={-1}
      aria-selected={isOn}
      className={`${r('row', isOn && 'chosen', isActive && 'active')} ${c('card', isOn && 'on', problem !== null && 'gone')}`}
      style={{ left }}
      onMouseDown={(event) => event.preventDefault()}
      onClick={onChoose}
    >
      <RowPicture className={c('picture')}>
        <EntryPicture entry={entry} size={18} isBesidePlayer />
        <span className={c('number')}>{exactCount(at + 1)}</span>
        {frames === null || problem !== null ? null : (
          <span className={c('length')}>
            {entryTime({ ...playedFrames({ frames, range }), rate, times })}
          </span>
        )}
      </RowPicture>
      <span className={c('line')}>
        <ToneIcon look={problem === null ? reviewLooks[review] : { tone: 'stop', shape: 'failed' }} />
        <span className={c('words')}>
          <MiddleCut name={name} />
        </span>
        <span className={heard['heard']}>{words}</span>
      </span>
    </div>
  )
}
