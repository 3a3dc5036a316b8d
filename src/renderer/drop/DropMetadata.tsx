import { useEffect, useState } from 'react'
import type { Input } from '../../shared/contract.ts'
import { toFailure } from '../../shared/errors.ts'
import type { PlaceId } from '../../shared/ids.ts'
import { type MetadataView, missingFields } from '../../shared/metadata.ts'
import { ask } from '../bridge.ts'
import { MetadataFields } from '../metadata/MetadataFields.tsx'
import { useApp } from '../shell/appStore.ts'
import { say } from '../shell/sayStore.ts'
import { usePlaces } from '../sidebar/placeStore.ts'
import { text } from '../text/text.ts'
import { classesOf } from '../ui/classes.ts'
import css from './DropSheet.module.css'

const c = classesOf(css)

/** What was filled in. */
export interface Filled {
  readonly metadata: NonNullable<Input<'drops.send'>['metadata']> | null
  /** Names of fields whose text is no value of theirs. */
  readonly unfit: ReadonlySet<string>
}
export const nothingFilled: Filled = { metadata: null, unfit: new Set() }

/** Whether it is all that the service needs. */
export const isComplete = (view: MetadataView | undefined, { metadata, unfit }: Filled): boolean =>
  view === undefined || (unfit.size === 0 && missingFields(view, metadata?.values ?? {}).length === 0)

const none: readonly MetadataView[] = []

/**
 * The views the service wants filled in for files sent to a place; none where it has no such thing or does not say. Null
 * while it is asked.
 */
export function useWantedMetadata(placeId: PlaceId | null): readonly MetadataView[] | null {
  const connectionId = usePlaces((places) =>
    placeId === null ? undefined : places.byId[placeId]?.connectionId,
  )
  const isAble = useApp(
    (app) => app.connections.find((each) => each.id === connectionId)?.powers.includes('metadata') ?? false,
  )
  const [answer, setAnswer] = useState<{ readonly for: PlaceId; readonly views: readonly MetadataView[] }>()
  useEffect(() => {
    if (placeId === null || !isAble) return
    let isMeant = true
    ask('metadata.wanted', { placeId }).then(
      (views) => isMeant && setAnswer({ for: placeId, views }),
      (error: unknown) => {
        if (!isMeant) return
        setAnswer({ for: placeId, views: none })
        say(toFailure(error))
      },
    )
    return () => {
      isMeant = false
    }
  }, [placeId, isAble])
  if (placeId === null || !isAble) return none
  return answer !== undefined && answer.for === placeId ? answer.views : null
}

interface DropMetadataProps {
  readonly view: MetadataView
  readonly filled: Filled
  /** Somebody pressed Send already: what is missing is said now. */
  readonly isTried: boolean
  readonly onChange: (filled: Filled) => void
}

/** Fields that belong to every file of this drop. */
export function DropMetadata({ view, filled, isTried, onChange }: DropMetadataProps) {
  const values = filled.metadata?.values ?? {}
  return (
    <section className={c('metadata')}>
      <h3 className={c('metadataHead')}>
        {text.metadata.needed}: {view.name}
      </h3>
      <MetadataFields
        view={view}
        values={values}
        missing={isTried ? missingFields(view, values) : []}
        unfit={filled.unfit}
        onChange={(next, unfit) => onChange({ metadata: { viewKey: view.key, values: next }, unfit })}
      />
    </section>
  )
}
