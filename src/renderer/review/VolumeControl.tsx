import { Volume1, Volume2, VolumeX } from 'lucide-react'
import { type KeyboardEvent, type MouseEventHandler, type PointerEvent, useRef } from 'react'
import { keysOf } from '../../shared/actions.ts'
import { runAction } from '../shell/actionRunner.ts'
import { changeSettings, useApp } from '../shell/appStore.ts'
import { text } from '../text/text.ts'
import { classesOf } from '../ui/classes.ts'
import { IconButton } from '../ui/IconButton.tsx'
import { Keys } from '../ui/Keys.tsx'
import { player } from './playerControl.ts'
import css from './VolumeControl.module.css'
import { percentOf, volumeKeys } from './volume.ts'

const c = classesOf(css)
/** At either end it stands wholly on its track. */
const thumbPx = 12

/** How the element sounds: its volume, from 0 to 1, is kept while it is muted. */
export interface PlayerSound {
  readonly isMuted: boolean
  readonly volume: number
}

interface VolumeControlProps {
  readonly sound: PlayerSound
  readonly onMouseDown: MouseEventHandler
}

/** Sound on or off, and above it, while the pointer or the keyboard is there, how loud. */
export function VolumeControl({ sound, onMouseDown }: VolumeControlProps) {
  const words = text.room
  const keys = useApp((app) => keysOf('player.mute', app.settings.shortcuts)[0])
  const percent = percentOf(sound)
  const label = sound.isMuted ? words.unmute : words.mute
  const Icon = sound.isMuted ? VolumeX : percent < 50 ? Volume1 : Volume2
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: only keeps the focus where it was
    <div className={c('volume')} onMouseDown={onMouseDown}>
      <IconButton label={label} hasTip={false} onClick={() => runAction('player.mute')}>
        <Icon size={16} />
      </IconButton>
      <div className={c('space')}>
        <div className={c('panel')}>
          <div className={c('line')}>
            <VolumeSlider percent={percent} />
            <span className={c('figure')} aria-hidden="true">
              {words.volumeIs(percent)}
            </span>
          </div>
          <div className={c('line', 'told')} aria-hidden="true">
            {label}
            {keys === undefined ? null : <Keys text={keys} />}
          </div>
        </div>
      </div>
    </div>
  )
}

/** Heard at once and kept when it is let go. At 0 it is muted, and what it was before comes back with the sound. */
function VolumeSlider({ percent }: { readonly percent: number }) {
  const kept = useApp((app) => app.settings.volume)
  const unkept = useRef<number | null>(null)
  const hear = (to: number) => {
    unkept.current = to
    player()?.setSound(to === 0 ? kept : to / 100, to === 0)
  }
  const keep = () => {
    if (unkept.current) void changeSettings({ volume: unkept.current / 100 })
    unkept.current = null
  }
  const pressed = (event: KeyboardEvent) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return
    const to = volumeKeys[event.key]?.(unkept.current ?? percent)
    if (to === undefined) return
    event.preventDefault()
    hear(to)
  }
  const percentAt = ({ clientX, currentTarget }: PointerEvent<HTMLElement>) => {
    const { left, width } = currentTarget.getBoundingClientRect()
    const share = (clientX - left - thumbPx / 2) / Math.max(1, width - thumbPx)
    return Math.round(Math.max(0, Math.min(1, share)) * 100)
  }
  return (
    <div
      role="slider"
      tabIndex={0}
      aria-label={text.room.volume}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={percent}
      aria-valuetext={text.room.volumeIs(percent)}
      className={c('slider')}
      onKeyDown={pressed}
      onKeyUp={keep}
      onBlur={keep}
      onPointerDown={(event) => {
        if (event.button !== 0) return
        event.currentTarget.setPointerCapture(event.pointerId)
        hear(percentAt(event))
      }}
      onPointerMove={(event) => {
        if (event.currentTarget.hasPointerCapture(event.pointerId)) hear(percentAt(event))
      }}
      onLostPointerCapture={keep}
    >
      <div className={c('track')}>
        <div className={c('fill')} style={{ width: `${percent}%` }} />
      </div>
      <div className={c('thumb')} style={{ left: `calc(${percent}% - ${(percent / 100) * thumbPx}px)` }} />
    </div>
  )
}
