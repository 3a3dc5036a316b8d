import { useState } from 'react'
import type { RelationType } from '../../shared/assetLife.ts'
import { type Failure, toFailure } from '../../shared/errors.ts'
import type { Asset } from '../../shared/place.ts'
import { ask } from '../bridge.ts'
import { Field } from '../settings/Field.tsx'
import { FormDialog } from '../settings/FormDialog.tsx'
import settings from '../settings/Settings.module.css'
import { text } from '../text/text.ts'
import { classesOf } from '../ui/classes.ts'
import { AssetField } from './AssetField.tsx'
import { relationWays } from './relationWays.ts'

const c = classesOf(settings)

interface RelateDialogProps {
  readonly asset: Asset
  readonly types: readonly RelationType[]
  readonly onClose: () => void
  readonly onRelated: () => void
}

/** Says how this asset belongs to another. */
export function RelateDialog({ asset, types, onClose, onRelated }: RelateDialogProps) {
  const ways = relationWays(types)
  const [key, setKey] = useState(ways[0]?.key ?? '')
  const [other, setOther] = useState<Asset | null>(null)
  const [description, setDescription] = useState('')
  const [isTried, setTried] = useState(false)
  const [isBusy, setBusy] = useState(false)
  const [failure, setFailure] = useState<Failure | null>(null)
  const words = text.life
  const send = async () => {
    setTried(true)
    const way = ways.find((each) => each.key === key)
    if (way === undefined || other === null) return
    setBusy(true)
    setFailure(null)
    const [id, otherId] = way.isBack ? [other.id, asset.id] : [asset.id, other.id]
    try {
      await ask('assets.relate', { id, otherId, type: way.type, description: description.trim() })
      onRelated()
    } catch (error) {
      setFailure(toFailure(error))
      setBusy(false)
    }
  }
  return (
    <FormDialog
      title={words.relateTitle(asset.name)}
      more=""
      width={480}
      footWords=""
      action={words.relateNow}
      isBusy={isBusy}
      failure={failure}
      onClose={onClose}
      onSend={() => void send()}
    >
      <fieldset disabled={isBusy}>
        <div className={c('field')}>
          <label htmlFor="relation-type">{words.relationType}</label>
          <select
            id="relation-type"
            className={c('input')}
            value={key}
            data-autofocus
            onChange={(event) => setKey(event.currentTarget.value)}
          >
            {ways.map((way) => (
              <option key={way.key} value={way.key}>
                {way.words}
              </option>
            ))}
          </select>
        </div>
        <div className={c('field', 'top')}>
          {/* biome-ignore lint/a11y/noLabelWithoutControl: the field beside it carries the same name itself */}
          <label>{words.other}</label>
          <AssetField
            beside={asset}
            label={words.other}
            chosen={other}
            problem={isTried && other === null ? text.connect.required : undefined}
            onChange={setOther}
          />
        </div>
        <Field
          label={words.description}
          value={description}
          problem={undefined}
          placeholder={text.connect.optional}
          onChange={setDescription}
        />
      </fieldset>
    </FormDialog>
  )
}
