import {
  ArrowLeftFromLine,
  ArrowRightFromLine,
  Maximize,
  Pause,
  Play,
  Repeat,
  SkipBack,
  SkipForward,
  StepBack,
  StepForward,
} from 'lucide-react'
import { type MouseEvent, type ReactNode, useSyncExternalStore } from 'react'
import { type ActionId, keysOf } from '../../shared/actions.ts'
import { type ClipTiming, formatFrameNumber, hasOwnNumbers } from '../../shared/clipTiming.ts'
import type { VersionId } from '../../shared/ids.ts'
import { runAction } from '../shell/actionRunner.ts'
import { useApp } from '../shell/appStore.ts'
import { exactCount } from '../text/format.ts'
import { text } from '../text/text.ts'
import { classesOf } from '../ui/classes.ts'
import { IconButton } from '../ui/IconButton.tsx'
import { CaptionMenu } from './captions/CaptionMenu.tsx'
import type { FrameClock } from './frameClock.ts'
import type { PlayRange } from './playRange.ts'
import { RenditionMenu } from './renditions/RenditionMenu.tsx'
import { SpeedMenu } from './SpeedMenu.tsx'
import { TimecodeField } from './TimecodeField.tsx'
import css from './Transport.module.css'
import { useClockElement, useClockValue } from './useClock.ts'
import type { ShownSize } from './usePictureView.ts'
import { type PlayerSound, VolumeControl } from './VolumeControl.tsx'
import { ZoomMenu } from './ZoomMenu.tsx'

const c = classesOf(css)

interface TransportProps {
  readonly versionId: VersionId
  readonly timing: ClipTiming
  readonly clock: FrameClock
  readonly range: PlayRange
  readonly size: ShownSize
  readonly sound: PlayerSound
}

/** A press with the pointer leaves the focus on the picture, so that Space goes on meaning play. */
const keepFocus = (event: MouseEvent) => event.preventDefault()

export function Transport({ versionId, timing, clock, range, size, sound }: TransportProps) {
  const hasIn = useSyncExternalStore(range.subscribe, () => range.start !== null)
  const hasOut = useSyncExternalStore(range.subscribe, () => range.end !== null)
  const isLooping = useSyncExternalStore(range.subscribe, () => range.isLooping)
  const words = text.room
  const isPlaying = useClockValue(clock, (each) => each.isPlaying)
  return (
    <div className={c('transport')} data-part="transport">
      <div className={c('side')}>
        <TimecodeField timing={timing} clock={clock} />
        <FrameCount timing={timing} clock={clock} />
      </div>
      <Control id="player.start" label={words.first}>
        <SkipBack size={16} />
      </Control>
      <Control id="player.previousFrame" label={words.previousFrame}>
        <StepBack size={16} />
      </Control>
      <button
        type="button"
        className={c('play')}
        aria-label={isPlaying ? words.pause : words.play}
        onMouseDown={keepFocus}
        onClick={() => runAction('player.toggle')}
      >
        {isPlaying ? <Pause size={16} strokeWidth={1} /> : <Play size={16} style={{ marginLeft: 2 }} />}
      </button>
      <Control id="player.nextFrame" label={words.nextFrame}>
        <StepForward size={16} />
      </Control>
      <Control id="player.end" label={words.last}>
        <SkipForward size={16} />
      </Control>
      <div className={c('side', 'end')}>
        <ZoomMenu size={size} onMouseDown={keepFocus} />
        <Control id="player.markIn" label={words.markIn} isOn={hasIn}>
          <ArrowRightFromLine size={16} />
        </Control>
        <Control id="player.markOut" label={words.markOut} isOn={hasOut}>
          <ArrowLeftFromLine size={16} />
        </Control>
        <Control id="player.loop" label={isLooping ? words.loopOff : words.loop} isOn={isLooping}>
          <Repeat size={16} />
        </Control>
        <SpeedMenu clock={clock} onMouseDown={keepFocus} />
        <RenditionMenu versionId={versionId} onMouseDown={keepFocus} />
        <CaptionMenu versionId={versionId} onMouseDown={keepFocus} />
        <VolumeControl sound={sound} onMouseDown={keepFocus} />
        <Control id="player.fullScreen" label={words.fullScreen}>
          <Maximize size={16} />
        </Control>
      </div>
    </div>
  )
}

interface ControlProps {
  readonly id: ActionId
  readonly label: string
  readonly isOn?: boolean
  readonly children: ReactNode
}

/** A button of the room for one action: its keys in the tip, the focus left where it was. */
export function Control({ id, label, isOn, children }: ControlProps) {
  const keys = useApp((app) => keysOf(id, app.settings.shortcuts)[0])
  return (
    <IconButton
      label={label}
      keys={keys}
      {...(isOn === undefined ? {} : { 'aria-pressed': isOn })}
      onMouseDown={keepFocus}
      onClick={() => runAction(id)}
    >
      {children}
    </IconButton>
  )
}

function FrameCount({ timing, clock }: Pick<TransportProps, 'timing' | 'clock'>) {
  const number = useClockElement<HTMLElement>(clock, (element, frame) => {
    element.textContent = formatFrameNumber(frame, timing)
  })
  const { frameCount } = timing
  const all = hasOwnNumbers(timing)
    ? `${formatFrameNumber(0, timing)}\u2013${formatFrameNumber(frameCount - 1, timing)}`
    : exactCount(frameCount)
  return (
    <button
      type="button"
      className={c('frame')}
      title={text.frameNumbers.title}
      onMouseDown={keepFocus}
      onClick={() => runAction('player.frameNumbers')}
    >
      {text.room.frameWord} <b ref={number} data-frame="" /> {text.room.frameOf(all)}
    </button>
  )
}
