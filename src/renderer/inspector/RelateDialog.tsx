import { useState } from 'react'
import type { RelationType } from '../../shared/assetLife.ts'
import type { Asset } from '../../shared/place.ts'
import { ask } from '../bridge.ts'
import { Field } from '../forms/Field.tsx'
import { FieldLine } from '../forms/FieldLine.tsx'
import css from '../forms/Form.module.css'
import { FormDialog } from '../forms/FormDialog.tsx'
import { useSending } from '../forms/useSending.ts'
import { text } from '../text/text.ts'
import { classesOf } from '../ui/classes.ts'
import { AssetField } from './AssetField.tsx'
import { type RelationWay, relationWays } from './relationWays.ts'

const c = classesOf(css)

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
  const { isTried, isBusy, failure, send } = useSending()
  const words = text.life
  const way = ways.find((each) => each.key === key)
  const relate = async ({ type, isBack }: RelationWay, { id: otherId }: Asset) => {
    const ids = isBack ? { id: otherId, otherId: asset.id } : { id: asset.id, otherId }
    await ask('assets.relate', { ...ids, type, description: description.trim() })
    onRelated()
  }
  return (
    <FormDialog
      title={words.relateTitle(asset.name)}
      width={480}
      action={words.relateNow}
      isBusy={isBusy}
      failure={failure}
      onClose={onClose}
      onSend={() => send(way === undefined || other === null ? null : () => relate(way, other))}
    >
      <FieldLine label={words.relationType} of="relation-type">
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
      </FieldLine>
      <FieldLine label={words.other} isTall>
        <AssetField
          beside={asset}
          label={words.other}
          chosen={other}
          problem={isTried && other === null ? text.connect.required : undefined}
          onChange={setOther}
        />
      </FieldLine>
      <Field
        label={words.description}
        value={description}
        placeholder={text.connect.optional}
        onChange={setDescription}
      />
    </FormDialog>
  )
}
