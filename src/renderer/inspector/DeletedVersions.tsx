import { useState } from 'react'
import type { DeletedVersion } from '../../shared/assetLife.ts'
import { toFailure } from '../../shared/errors.ts'
import type { Asset } from '../../shared/place.ts'
import { ask } from '../bridge.ts'
import { say, sayWords } from '../shell/sayStore.ts'
import { useAsked } from '../shell/useAsked.ts'
import { useNow } from '../shell/useNow.ts'
import { errorWords } from '../text/errors.ts'
import { moment } from '../text/format.ts'
import { text } from '../text/text.ts'
import { Button } from '../ui/Button.tsx'
import { classesOf } from '../ui/classes.ts'
import { Question } from '../ui/Dialog.tsx'
import css from './Inspector.module.css'

const c = classesOf(css)

/** Versions that were deleted: each can come back or go for good, which is asked twice. */
export function DeletedVersions({ asset }: { readonly asset: Asset }) {
  const [again, setAgain] = useState(0)
  const [asked, setAsked] = useState<{ readonly version: DeletedVersion; readonly isSure: boolean } | null>(
    null,
  )
  // What is there has changed: what was deleted has, too.
  const key = `${asset.id} ${asset.versionCount}`
  const { value, failure } = useAsked(key, () => ask('versions.deleted', { assetId: asset.id }), {
    again,
    pause: 0,
  })
  const now = useNow()
  const words = text.life
  const act = async (run: Promise<unknown>, done: string) => {
    try {
      await run
      sayWords(done)
    } catch (error) {
      say(toFailure(error))
    }
    setAgain((count) => count + 1)
  }
  if (failure !== null) return <p className={c('quiet')}>{errorWords(failure).what}</p>
  if (value === null) return <div className={c('waiting')} aria-busy="true" />
  if (value.length === 0) return <p className={c('quiet')}>{words.noDeletedVersions}</p>
  return (
    <ul aria-label={words.deletedVersions}>
      {value.map((version) => (
        <li key={version.key} className={c('relation')}>
          <span className={c('version')}>{text.library.version(version.number)}</span>
          <span className={c('when', 'quiet')}>
            {version.createdAt === null ? version.author : moment(version.createdAt, now)}
          </span>
          <Button
            size="small"
            aria-label={words.restoreVersion(version.number)}
            onClick={() =>
              void act(
                ask('versions.restore', { assetId: asset.id, key: version.key }),
                words.versionRestored(version.number),
              )
            }
          >
            {text.library.putBack}
          </Button>
          <Button
            size="small"
            look="bare"
            aria-label={words.purgeVersion(version.number)}
            onClick={() => setAsked({ version, isSure: false })}
          >
            {words.purgeVersionShort}
          </Button>
        </li>
      ))}
      {asked === null ? null : (
        <Question
          key={String(asked.isSure)}
          title={asked.isSure ? text.library.purgeSureTitle : words.purgeVersionTitle(asked.version.number)}
          more={asked.isSure ? words.purgeVersionSure : text.library.purgeMore}
          keep={text.library.keep}
          act={asked.isSure ? text.library.purgeNow : text.library.purgeGoOn}
          onKeep={() => setAsked(null)}
          onAct={() => {
            const { version } = asked
            if (!asked.isSure) {
              setAsked({ version, isSure: true })
              return
            }
            setAsked(null)
            void act(
              ask('versions.purge', { assetId: asset.id, key: version.key, number: version.number }),
              words.versionPurged(version.number),
            )
          }}
        />
      )}
    </ul>
  )
}
