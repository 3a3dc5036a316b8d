import { Minus, Plus, X } from 'lucide-react'
import type { VersionId } from '../../../shared/ids.ts'
import type { Version } from '../../../shared/place.ts'
import { text } from '../../text/text.ts'
import { classesOf } from '../../ui/classes.ts'
import { IconButton } from '../../ui/IconButton.tsx'
import { Segments } from '../../ui/Segments.tsx'
import css from './Compare.module.css'
import {
  type CompareSide,
  compareModes,
  compareWith,
  setCompareMode,
  setCompareOffset,
  useCompare,
} from './compareStore.ts'

const c = classesOf(css)

interface CompareBarProps {
  readonly versions: readonly Version[]
  readonly shown: Version
}

/** Which version stands beside it, how, and by how many frames each is moved. */
export function CompareBar({ versions, shown }: CompareBarProps) {
  const other = useCompare((compare) => versions.find(({ id }) => id === compare.other))
  const mode = useCompare((compare) => compare.mode)
  if (other === undefined) return null
  const words = text.compare
  return (
    <div className={c('bar')} role="toolbar" aria-label={words.title}>
      <Offset side="own" number={shown.number} />
      <Segments
        label={words.title}
        value={mode}
        onChange={setCompareMode}
        segments={compareModes.map((value) => ({ value, words: words.modes[value] }))}
      />
      <label className={c('pick')}>
        {words.with}
        <select value={other.id} onChange={(event) => compareWith(event.currentTarget.value as VersionId)}>
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
      <IconButton label={words.end} onClick={() => compareWith(null)}>
        <X size={15} />
      </IconButton>
    </div>
  )
}

interface OffsetProps {
  readonly side: CompareSide
  readonly number: number
}

/** By how many frames one of the two is moved. */
function Offset({ side, number }: OffsetProps) {
  const offset = useCompare(({ offsets }) => offsets[side])
  const words = text.compare
  const version = text.library.version(number)
  const label = words.offset(version)
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for the fields of a form
    <span className={c('offset')} role="group" aria-label={label}>
      <span aria-hidden="true">{version}</span>
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
