import type { MetadataValues, MetadataView } from '../../shared/metadata.ts'
import { text } from '../text/text.ts'
import { MetadataInput } from './MetadataInput.tsx'

interface MetadataFieldsProps {
  readonly view: MetadataView
  readonly values: MetadataValues
  /** Names of fields that have to be filled in and are not. */
  readonly missing: readonly string[]
  /** Names of fields whose text is no value of theirs. */
  readonly unfit: ReadonlySet<string>
  readonly onChange: (values: MetadataValues, unfit: ReadonlySet<string>) => void
}

/** All fields of one view. */
export function MetadataFields({ view, values, missing, unfit, onChange }: MetadataFieldsProps) {
  return view.fields.map((field) => (
    <MetadataInput
      key={field.name}
      field={field}
      values={values}
      problem={
        unfit.has(field.name)
          ? text.metadata.notNumber
          : missing.includes(field.name)
            ? text.metadata.required
            : undefined
      }
      onChange={(next, fits) => {
        const left = new Set(unfit)
        if (fits) left.delete(field.name)
        else left.add(field.name)
        onChange({ ...values, [field.name]: next }, left)
      }}
    />
  ))
}
