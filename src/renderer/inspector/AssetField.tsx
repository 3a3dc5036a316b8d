import { Command } from 'cmdk'
import { X } from 'lucide-react'
import { useState } from 'react'
import type { Asset } from '../../shared/place.ts'
import { ask } from '../bridge.ts'
import { FoundList } from '../people/FoundList.tsx'
import css from '../people/PeopleField.module.css'
import { useAsked } from '../shell/useAsked.ts'
import { text } from '../text/text.ts'
import { classesOf } from '../ui/classes.ts'

const c = classesOf(css)
const pause = 150
const mostFound = 50

interface AssetFieldProps {
  /** The other one: of the same connection, and not itself. */
  readonly beside: Asset
  readonly label: string
  readonly chosen: Asset | null
  readonly problem: string | undefined
  readonly onChange: (chosen: Asset | null) => void
}

/** Assets of the same connection that are known here and whose names hold what was typed. */
function useFoundAssets({ id, connectionId }: Asset, typed: string): readonly Asset[] {
  const wanted = typed.trim()
  const { value } = useAsked(
    wanted === '' ? null : wanted,
    () => ask('library.find', { text: wanted, limit: mostFound }),
    { pause },
  )
  return value?.assets.filter((each) => each.connectionId === connectionId && each.id !== id) ?? []
}

/** One asset, looked up by its name. */
export function AssetField({ beside, label, chosen, problem, onChange }: AssetFieldProps) {
  const [typed, setTyped] = useState('')
  const found = useFoundAssets(beside, typed)
  const isNobody = chosen !== null || found.length === 0
  return (
    <Command className={c('field')} shouldFilter={false} label={label}>
      <div className={c('box', problem !== undefined && 'wrong')}>
        {chosen === null ? (
          <Command.Input
            className={c('input')}
            value={typed}
            placeholder={text.life.otherPlaceholder}
            onValueChange={setTyped}
            onKeyDown={(event) => {
              // Sends the form only when nothing is typed here.
              if (event.key === 'Enter' && typed !== '') event.stopPropagation()
            }}
          />
        ) : (
          <span className={c('chip')}>
            <span className={c('name')}>{chosen.name}</span>
            <button type="button" aria-label={text.people.remove(chosen.name)} onClick={() => onChange(null)}>
              <X size={12} />
            </button>
          </span>
        )}
      </div>
      <FoundList isEmpty={isNobody} problem={problem}>
        {found.map((asset) => (
          <Command.Item
            key={asset.id}
            value={asset.id}
            className={c('item')}
            onSelect={() => {
              onChange(asset)
              setTyped('')
            }}
          >
            <span className={c('name')}>{asset.name}</span>
            <span className={c('quiet')}>{text.library.version(asset.versionCount)}</span>
          </Command.Item>
        ))}
      </FoundList>
    </Command>
  )
}
