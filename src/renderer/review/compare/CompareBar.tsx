import { Minus, Plus, X } from 'lucide-react'
import type { VersionId } from '../../../shared/ids.ts'
import type { Version } from '../../../shared/place.ts'
import { text } from '../../text/text.ts'
import { classesOf } from '../../ui/classes.ts'
import { IconButton } from '../../ui/IconButton.tsx'
import { Segments } from '../../ui/Segments.tsx'
import css from './Compare.module.css'
import { compareModes, compareWith, setCompareMode, setCompareOffset, useCompare } from './compareStore.ts'

const c = classesOf(css)

interface CompareBarProps {
  readonly versions: readonly Version[]
  readonly shown: VersionId
}

/** Which version stands beside it, how, and how many frames apart. */
export function CompareBar({ versions, shown }: CompareBarProps) {
  const { other, mode, offset } = useCompare()
  if (other === null) return null
  const words = text.compare
  return (
    <div className={c('bar')} role="toolbar" aria-label={words.title}>
      <label className={c('pick')}>
        {words.with}
        <select value={other} onChange={(event) => compareWith(event.currentTarget.value as VersionId)}>
          {versions
            .filter((version) => version.id !== shown)
            .map((version) => (
              <option key={version.id} value={version.id}>
                {text.library.version(version.number)}
              </option>
            ))}
        </select>
      </label>
      <Segments
        label={words.title}
        value={mode}
        onChange={setCompareMode}
        segments={compareModes.map((value) => ({ value, words: words.modes[value] }))}
      />
      <span className={c('offset')}>
        <IconButton label={words.earlier} onClick={() => setCompareOffset(offset - 1)}>
          <Minus size={14} />
        </IconButton>
        <label>
          {words.offset}
          <input
            type="number"
            value={offset}
            onChange={(event) => setCompareOffset(event.currentTarget.valueAsNumber || 0)}
          />
        </label>
        <IconButton label={words.later} onClick={() => setCompareOffset(offset + 1)}>
          <Plus size={14} />
        </IconButton>
      </span>
      <IconButton label={words.end} onClick={() => compareWith(null)}>
        <X size={15} />
      </IconButton>
    </div>
  )
}
