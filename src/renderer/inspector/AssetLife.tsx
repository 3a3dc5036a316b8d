import { useState } from 'react'
import type { Asset } from '../../shared/place.ts'
import { ask } from '../bridge.ts'
import { useAsked } from '../shell/useAsked.ts'
import { useNow } from '../shell/useNow.ts'
import { errorWords } from '../text/errors.ts'
import { moment } from '../text/format.ts'
import { text } from '../text/text.ts'
import { Button } from '../ui/Button.tsx'
import { classesOf } from '../ui/classes.ts'
import css from './Inspector.module.css'

const c = classesOf(css)
const shortList = 8

/** What happened to it, newest first; asked for when somebody wants to know. */
export function AssetHistory({ asset }: { readonly asset: Asset }) {
  const [isOpen, setOpen] = useState(false)
  return (
    <section className={c('block')}>
      <h3 className={c('head')}>
        {text.life.history}
        <Button size="small" look="bare" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
          {isOpen ? text.life.hide : text.life.show}
        </Button>
      </h3>
      {isOpen ? <Entries asset={asset} /> : null}
    </section>
  )
}

function Entries({ asset }: { readonly asset: Asset }) {
  const [isAll, setAll] = useState(false)
  const { value, failure } = useAsked(asset.id, () => ask('assets.history', { id: asset.id }), { pause: 0 })
  const now = useNow()
  if (failure !== null) return <p className={c('quiet')}>{errorWords(failure).what}</p>
  if (value === null) return <div className={c('waiting')} aria-busy="true" />
  if (value.length === 0) return <p className={c('quiet')}>{text.life.noHistory}</p>
  return (
    <>
      <ol className={c('history')}>
        {value.slice(0, isAll ? 500 : shortList).map((entry) => (
          <li key={entry.key}>
            <span>{[entry.by, entry.what].filter(Boolean).join(' · ')}</span>
            {entry.detail === '' ? null : <span className={c('quiet')}>{entry.detail}</span>}
            <span className={c('quiet')}>{moment(entry.at, now)}</span>
          </li>
        ))}
      </ol>
      {value.length > shortList && !isAll ? (
        <Button size="small" look="bare" onClick={() => setAll(true)}>
          {text.life.show}
        </Button>
      ) : null}
    </>
  )
}
