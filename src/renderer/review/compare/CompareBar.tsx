import { ArrowLeftRight, Minus, Plus, Volume2, X } from 'lucide-react'
import { flushSync } from 'react-dom'
import { keysOf } from '../../../shared/actions.ts'
import type { VersionId } from '../../../shared/ids.ts'
import type { Version } from '../../../shared/place.ts'
import { runAction } from '../../shell/actionRunner.ts'
import { useApp } from '../../shell/appStore.ts'
import { text } from '../../text/text.ts'
import { classesOf } from '../../ui/classes.ts'
import { IconButton } from '../../ui/IconButton.tsx'
import { Segments } from '../../ui/Segments.tsx'
import css from './Compare.module.css'
import {
  type CompareSide,
  compareModes,
  compareVersions,
  hear,
  type SoundLack,
  setCompareMode,
  setCompareOffset,
  stopComparing,
  useCompare,
} from './compareStore.ts'

const c = classesOf(css)

interface CompareBarProps {
  readonly versions: readonly Version[]
  readonly shown: Version
  /** What stands beside it; undefined: it stands alone. */
  readonly other: Version | undefined
  readonly heard: CompareSide
  /** Why the version in the room cannot be heard. */
  readonly ownLack: SoundLack | null
  /** It plays: a still has no sound to choose. */
  readonly isMoving: boolean
}

/** Which version stands beside it, how, by how many frames each is moved, and which of them is heard. */
export function CompareBar({ versions, shown, other, heard, ownLack, isMoving }: CompareBarProps) {
  const mode = useCompare((compare) => compare.mode)
  if (other === undefined) return null
  const words = text.compare
  return (
    <div className={c('bar')} role="toolbar" aria-label={words.title}>
      <span className={c('group')}>
        <Offset side="own" number={shown.number} isNamed />
        <Swap />
        <label className={c('pick')}>
          {words.with}
          <select
            value={other.id}
            onChange={(event) => compareVersions(shown.id, event.currentTarget.value as VersionId)}
          >
            {versions
              .filter((version) => version.id !== shown.id)
              .map((version) => (
                <option key={version.id} value={version.id}>
                  {text.library.version(version.number)}
                </option>
              ))}
          </select>
        </label>
        <Offset side="other" number={other.number} />
      </span>
      <span className={c('group')}>
        <Segments
          label={words.title}
          value={mode}
          onChange={setCompareMode}
          segments={compareModes.map((value) => ({ value, words: words.modes[value] }))}
        />
        {isMoving ? <Sound own={shown.number} other={other.number} heard={heard} ownLack={ownLack} /> : null}
        <IconButton label={words.end} onClick={() => stopComparing()}>
          <X size={15} />
        </IconButton>
      </span>
    </div>
  )
}

/** A press by key leaves the focus on it, though the room is another version's then. */
function Swap() {
  const keys = useApp((app) => keysOf('review.swap', app.settings.shortcuts)[0])
  return (
    <IconButton
      label={text.compare.swap}
      keys={keys}
      data-part="swap"
      // A press with the pointer leaves the focus on the picture.
      onMouseDown={(event) => event.preventDefault()}
      onClick={(event) => {
        const hadFocus = document.activeElement === event.currentTarget
        flushSync(() => runAction('review.swap'))
        if (hadFocus) document.querySelector<HTMLElement>('[data-part="swap"]')?.focus()
      }}
    >
      <ArrowLeftRight size={15} />
    </IconButton>
  )
}

interface SoundProps {
  readonly own: number
  readonly other: number
  readonly heard: CompareSide
  readonly ownLack: SoundLack | null
}

/** Which of the two is heard. */
function Sound({ own, other, heard, ownLack }: SoundProps) {
  const otherLack = useCompare((compare) => compare.otherLack)
  const words = text.compare
  const segment = (value: CompareSide, number: number, lack: SoundLack | null) => {
    const version = text.library.version(number)
    return {
      ...{ value, words: version, name: words.soundOf(version) },
      lack: lack === null ? undefined : words.lackOf[lack](version),
    }
  }
  return (
    <span className={c('sound')}>
      <Volume2 size={14} aria-hidden="true" />
      <Segments
        label={words.sound}
        value={heard}
        onChange={hear}
        segments={[segment('own', own, ownLack), segment('other', other, otherLack)]}
      />
    </span>
  )
}

interface OffsetProps {
  readonly side: CompareSide
  readonly number: number
  /** Its version stands before it; without, the choice of the version does. */
  readonly isNamed?: boolean
}

/** By how many frames one of the two is moved. */
function Offset({ side, number, isNamed }: OffsetProps) {
  const offset = useCompare(({ offsets }) => offsets[side])
  const words = text.compare
  const version = text.library.version(number)
  const label = words.offset(version)
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for the fields of a form
    <span className={c('offset')} role="group" aria-label={label}>
      {isNamed ? <span aria-hidden="true">{version}</span> : null}
      <IconButton label={words.earlier(version)} onClick={() => setCompareOffset(side, offset - 1)}>
        <Minus size={14} />
      </IconButton>
      <input
        type="number"
        value={offset}
        aria-label={label}
        title={label}
        onChange={(event) => setCompareOffset(side, event.currentTarget.valueAsNumber || 0)}
      />
      <IconButton label={words.later(version)} onClick={() => setCompareOffset(side, offset + 1)}>
        <Plus size={14} />
      </IconButton>
    </span>
  )
}
