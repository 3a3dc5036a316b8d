import { Columns2 } from 'lucide-react'
import { Tabs } from 'radix-ui'
import { useEffect } from 'react'
import type { VersionId } from '../../shared/ids.ts'
import type { Version } from '../../shared/place.ts'
import { reviewLooks } from '../library/reviewLook.ts'
import { text } from '../text/text.ts'
import { classesOf } from '../ui/classes.ts'
import { StateLabel, ToneIcon } from '../ui/StateLabel.tsx'
import { offerVersions } from './openClip.ts'
import css from './ReviewRoom.module.css'
import { Control } from './Transport.tsx'

const c = classesOf(css)

interface VersionTabsProps {
  readonly versions: readonly Version[]
  readonly shown: Version | undefined
  readonly onChoose: (id: VersionId) => void
}

/** The versions of an asset to choose from, and where the one that is shown stands. */
export function VersionTabs({ versions, shown, onChoose }: VersionTabsProps) {
  const oldestFirst = [...versions].sort((a, b) => a.number - b.number)
  const newest = oldestFirst.at(-1)
  useEffect(() => {
    if (versions.length < 2 || shown === undefined) return
    const inOrder = versions.toSorted((a, b) => a.number - b.number)
    return offerVersions({
      step(by) {
        const next = inOrder[inOrder.findIndex(({ id }) => id === shown.id) + by]
        if (next !== undefined) onChoose(next.id)
      },
      choose: onChoose,
    })
  }, [versions, shown, onChoose])
  return (
    <>
      <Tabs.Root value={shown?.id ?? ''} onValueChange={(id) => onChoose(id as VersionId)}>
        <Tabs.List className={c('tabs')} aria-label={text.room.versions}>
          {oldestFirst.map((version) => (
            <Tabs.Trigger
              key={version.id}
              value={version.id}
              className={c('tab')}
              aria-controls="review-stage"
              title={`${text.library.versionLong(version.number)}, ${text.review[version.review]}`}
            >
              <span className={c('sign', version.id !== newest?.id && 'old')}>
                <ToneIcon look={reviewLooks[version.review]} />
              </span>
              {text.library.version(version.number)}
            </Tabs.Trigger>
          ))}
        </Tabs.List>
      </Tabs.Root>
      {versions.length > 1 ? (
        <Control id="review.compare" label={text.compare.start}>
          <Columns2 size={16} />
        </Control>
      ) : null}
      {shown === undefined ? null : (
        <>
          <span className={c('between')} />
          <StateLabel look={reviewLooks[shown.review]} words={text.review[shown.review]} />
        </>
      )}
    </>
  )
}
