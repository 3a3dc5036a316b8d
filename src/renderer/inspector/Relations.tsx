import { Link2Off } from 'lucide-react'
import { useState } from 'react'
import { toFailure } from '../../shared/errors.ts'
import type { Asset } from '../../shared/place.ts'
import { ask } from '../bridge.ts'
import { go } from '../shell/routeStore.ts'
import { say } from '../shell/sayStore.ts'
import { useAsked } from '../shell/useAsked.ts'
import { errorWords } from '../text/errors.ts'
import { text } from '../text/text.ts'
import { Button } from '../ui/Button.tsx'
import { classesOf } from '../ui/classes.ts'
import { IconButton } from '../ui/IconButton.tsx'
import css from './Inspector.module.css'
import { RelateDialog } from './RelateDialog.tsx'

const c = classesOf(css)

/** What it belongs to. */
export function Relations({ asset }: { readonly asset: Asset }) {
  const [again, setAgain] = useState(0)
  const [isAsked, setAsked] = useState(false)
  const { value, failure } = useAsked(asset.id, () => ask('assets.relations', { id: asset.id }), { again })
  if (value === null && failure === null) return null
  const remove = async (otherKey: string, type: string) => {
    try {
      await ask('assets.unrelate', { id: asset.id, otherKey, type })
    } catch (error) {
      say(toFailure(error))
    }
    setAgain((count) => count + 1)
  }
  return (
    <section className={c('block')}>
      <h3 className={c('head')}>
        {text.life.relations}
        {value !== null && value.types.length > 0 ? (
          <Button size="small" look="bare" onClick={() => setAsked(true)}>
            {text.life.relate}
          </Button>
        ) : null}
      </h3>
      {failure === null ? null : <p className={c('quiet')}>{errorWords(failure).what}</p>}
      {value?.relations.length === 0 ? <p className={c('quiet')}>{text.life.noRelations}</p> : null}
      {value?.relations.map((relation) => {
        const { otherAssetId } = relation
        return (
          <div
            key={`${relation.type} ${relation.words} ${relation.otherKey}`}
            className={c('relation')}
            title={relation.description === '' ? undefined : relation.description}
          >
            <span className={c('quiet')}>{relation.words}</span>
            {otherAssetId === null ? (
              <span className={c('relationName')}>{relation.otherName}</span>
            ) : (
              <button
                type="button"
                className={c('relationName', 'link')}
                onClick={() => go({ screen: 'review', assetId: otherAssetId })}
              >
                {relation.otherName}
              </button>
            )}
            <IconButton
              label={text.life.unrelate(relation.otherName)}
              onClick={() => void remove(relation.otherKey, relation.type)}
            >
              <Link2Off size={14} />
            </IconButton>
          </div>
        )
      })}
      {isAsked && value !== null ? (
        <RelateDialog
          asset={asset}
          types={value.types}
          onClose={() => setAsked(false)}
          onRelated={() => {
            setAsked(false)
            setAgain((count) => count + 1)
          }}
        />
      ) : null}
    </section>
  )
}
