import { useState } from 'react'
import type { Output } from '../../shared/contract.ts'
import { toFailure } from '../../shared/errors.ts'
import type { AssetId } from '../../shared/ids.ts'
import { type MetadataValues, type MetadataView, missingFields } from '../../shared/metadata.ts'
import { ask } from '../bridge.ts'
import css from '../inspector/Inspector.module.css'
import { say, sayWords } from '../shell/sayStore.ts'
import { useAsked } from '../shell/useAsked.ts'
import { text } from '../text/text.ts'
import { Button } from '../ui/Button.tsx'
import { classesOf } from '../ui/classes.ts'
import { Segments } from '../ui/Segments.tsx'
import own from './Metadata.module.css'
import { MetadataFields } from './MetadataFields.tsx'
import { isSame } from './metadataForm.ts'

const c = classesOf(css)
const m = classesOf(own)

interface BlockProps {
  readonly assetId: AssetId
  /** Why its fields may only be read; undefined where they may be changed. */
  readonly whyClosed: string | undefined
}

/** The service's own fields of an asset, shown and changed. */
export function MetadataBlock({ assetId, whyClosed }: BlockProps) {
  const { value, failure } = useAsked(assetId, () => ask('metadata.get', { assetId }))
  const [viewKey, setViewKey] = useState<string | null>(null)
  if (failure !== null) return <Failed />
  if (value === null || value.views.length === 0) return null
  const view = value.views.find(({ key }) => key === viewKey) ?? value.views[0]
  if (view === undefined) return null
  return (
    <section className={c('block')}>
      <h3 className={c('head')}>{text.metadata.title}</h3>
      {value.views.length > 1 ? (
        <Segments
          label={text.metadata.title}
          value={view.key}
          onChange={setViewKey}
          segments={value.views.slice(0, 4).map(({ key, name }) => ({ value: key, words: name }))}
        />
      ) : (
        <p className={m('view')}>{view.name}</p>
      )}
      {whyClosed === undefined ? null : <p className={m('closed')}>{whyClosed}</p>}
      <Editor key={view.key} assetId={assetId} whyClosed={whyClosed} view={view} answer={value} />
    </section>
  )
}

function Failed() {
  return (
    <section className={c('block')}>
      <h3 className={c('head')}>{text.metadata.title}</h3>
      <p className={c('quiet')}>{text.metadata.failed}</p>
    </section>
  )
}

interface EditorProps extends BlockProps {
  readonly view: MetadataView
  readonly answer: Output<'metadata.get'>
}

function Editor({ assetId, whyClosed, view, answer }: EditorProps) {
  const [kept, setKept] = useState<MetadataValues>(answer.values)
  const [values, setValues] = useState<MetadataValues>(answer.values)
  const [unfit, setUnfit] = useState<ReadonlySet<string>>(new Set())
  const [turn, setTurn] = useState(0)
  const [isSending, setSending] = useState(false)
  const isChanged = !isSame(kept, values)
  const missing = isChanged ? missingFields(view, values) : []
  const reset = (to: MetadataValues) => {
    setValues(to)
    setUnfit(new Set())
    setTurn((count) => count + 1)
  }
  const save = async () => {
    setSending(true)
    const own = Object.fromEntries(
      view.fields.flatMap(({ name, isReadOnly }) => (isReadOnly ? [] : [[name, values[name] ?? []]])),
    )
    try {
      const next = await ask('metadata.save', { assetId, viewKey: view.key, values: own })
      setKept(next)
      reset(next)
      sayWords(text.metadata.saved)
    } catch (error) {
      say(toFailure(error))
    }
    setSending(false)
  }
  return (
    <form
      className={m('form')}
      onSubmit={(event) => {
        event.preventDefault()
        if (isChanged && missing.length === 0 && unfit.size === 0) void save()
      }}
    >
      <fieldset key={turn} disabled={isSending || whyClosed !== undefined}>
        <MetadataFields
          view={view}
          values={values}
          missing={missing}
          unfit={unfit}
          onChange={(next, left) => {
            setValues(next)
            setUnfit(left)
          }}
        />
      </fieldset>
      {isChanged ? (
        <div className={m('foot')}>
          <Button size="small" look="bare" onClick={() => reset(kept)}>
            {text.metadata.undo}
          </Button>
          <Button size="small" type="submit" disabled={isSending || missing.length > 0 || unfit.size > 0}>
            {text.metadata.save}
          </Button>
        </div>
      ) : null}
    </form>
  )
}
