import { Crop, ListPlus, Repeat, SkipBack, SkipForward } from 'lucide-react'
import { type KeyboardEvent, type PointerEvent, useMemo, useRef } from 'react'
import type { ListTiming } from '../../shared/listTiming.ts'
import { Control } from '../review/Transport.tsx'
import { useClockElement } from '../review/useClock.ts'
import type { ListRef } from '../shell/routeStore.ts'
import { text } from '../text/text.ts'
import { classesOf } from '../ui/classes.ts'
import heard from '../ui/Heard.module.css'
import type { ListPlayer } from './listPlayer.ts'
import { listTime, totalTime } from './listTime.ts'
import css from './PlayingRoom.module.css'
import { usePlaylists } from './playlistStore.ts'
import { useVoteSaid } from './voteNext.ts'

const c = classesOf(css)

interface ListBarProps {
  readonly player: ListPlayer
  readonly timing: ListTiming
  readonly count: number
  readonly index: number
  readonly list: ListRef
}

/** Where in the list we are: clip, running time, the whole list as one line. */
export function ListBar({ player, timing, count, index, list }: ListBarProps) {
  const words = text.playing
  const [at, of] = words.clip(index + 1, count)
  const isTrimmed = player.entries[index]?.range != null
  // A service may keep its lists from being changed.
  const kept = usePlaylists(({ lists }) => lists.find((each) => list.kind === 'kept' && each.id === list.id))
  const mayTrim = list.kind === 'chosen' || kept?.may.includes('change') === true
  const said = useVoteSaid((vote) => vote.words)
  return (
    <div className={c('bar')}>
      <p role="status" className={heard['heard']}>
        {said}
      </p>
      <Control id="playlist.previous" label={words.previous}>
        <SkipBack size={15} />
      </Control>
      <p className={c('place')}>
        {words.clipWord} <b data-clip="">{at}</b> {of}
      </p>
      <Control id="playlist.next" label={words.next}>
        <SkipForward size={15} />
      </Control>
      <Scrub player={player} timing={timing} index={index} />
      <Time player={player} timing={timing} />
      {mayTrim ? (
        <Control
          id={isTrimmed ? 'playlist.untrim' : 'playlist.trim'}
          label={isTrimmed ? words.untrim : words.trim}
          isOn={isTrimmed}
        >
          <Crop size={15} />
        </Control>
      ) : null}
      {list.kind === 'chosen' ? (
        <Control id="playlist.keep" label={words.keep}>
          <ListPlus size={15} />
        </Control>
      ) : null}
      <Control id="playlist.loop" label={words.loop} isOn={player.isLooping}>
        <Repeat size={15} />
      </Control>
    </div>
  )
}

function Time({ player, timing }: Pick<ListBarProps, 'player' | 'timing'>) {
  const shown = useClockElement<HTMLElement>(player.clock, (element, frame) => {
    element.textContent = listTime(timing, frame)
  })
  return (
    <p className={c('time')} title={text.playing.time}>
      <b ref={shown} data-list-time="" /> / {totalTime(timing) ?? text.library.unknown}
    </p>
  )
}

function Scrub({ player, timing, index }: Pick<ListBarProps, 'player' | 'timing' | 'index'>) {
  const box = useRef<HTMLDivElement>(null)
  const share = (frame: number) => {
    const place = timing.placeOf(frame)
    return place === undefined || timing.seconds === 0 ? 0 : timing.secondsOf(place) / timing.seconds
  }
  const head = useClockElement<HTMLDivElement>(player.clock, (element, frame) => {
    element.style.transform = `translateX(${share(frame) * 100}%)`
    box.current?.setAttribute('aria-valuenow', String(frame))
    box.current?.setAttribute('aria-valuetext', listTime(timing, frame))
  })
  const borders = useMemo(
    () =>
      player.entries
        .map((_, at) => timing.stretch(at)?.startsAt ?? 0)
        .filter((startsAt) => startsAt > 0)
        .map((startsAt) => `M${((startsAt / timing.seconds) * 1000).toFixed(2)} 0V8`)
        .join(''),
    [player, timing],
  )
  const here = timing.stretch(index)
  const to = (event: PointerEvent<HTMLElement>) => {
    const { left, width } = event.currentTarget.getBoundingClientRect()
    const place = timing.placeAt(((event.clientX - left) / Math.max(1, width)) * timing.seconds)
    if (place !== undefined) player.seekList(timing.frameOf(place))
  }
  const pressed = (event: KeyboardEvent) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return
    const moves: Readonly<Record<string, () => void>> = {
      ArrowLeft: () => player.step(-1),
      ArrowRight: () => player.step(1),
      ArrowDown: () => player.toClip(1),
      ArrowUp: () => player.toClip(-1),
      PageDown: () => player.toClip(1),
      PageUp: () => player.toClip(-1),
      Home: () => player.seekList(0),
      End: () => player.seekList(timing.frameCount - 1),
    }
    const move = moves[event.key]
    if (move === undefined) return
    event.preventDefault()
    move()
  }
  return (
    <div
      ref={box}
      role="slider"
      tabIndex={0}
      className={c('scrub')}
      aria-label={text.playing.timeline}
      aria-valuemin={0}
      aria-valuemax={Math.max(0, timing.frameCount - 1)}
      aria-valuenow={0}
      onKeyDown={pressed}
      onPointerDown={(event) => {
        if (event.button !== 0) return
        event.currentTarget.setPointerCapture(event.pointerId)
        to(event)
      }}
      onPointerMove={(event) => {
        if (event.currentTarget.hasPointerCapture(event.pointerId)) to(event)
      }}
    >
      <svg viewBox="0 0 1000 8" preserveAspectRatio="none" aria-hidden="true">
        {here === undefined || timing.seconds === 0 ? null : (
          <rect
            className={c('here')}
            x={(here.startsAt / timing.seconds) * 1000}
            width={(here.seconds / timing.seconds) * 1000}
            height={8}
          />
        )}
        <path d={borders} stroke="currentColor" vectorEffect="non-scaling-stroke" />
      </svg>
      <div ref={head} className={c('head')} />
    </div>
  )
}
