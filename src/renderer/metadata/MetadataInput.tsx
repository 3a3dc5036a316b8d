import { useId } from 'react'
import type { MetadataField, MetadataValues } from '../../shared/metadata.ts'
import { text } from '../text/text.ts'
import { Check } from '../ui/Check.tsx'
import { classesOf } from '../ui/classes.ts'
import css from './Metadata.module.css'
import { textOf, valuesOf } from './metadataForm.ts'

const c = classesOf(css)

interface MetadataInputProps {
  readonly field: MetadataField
  readonly values: MetadataValues
  /** What was typed and does not fit, or is missing. */
  readonly problem: string | undefined
  /** `fits` false: what is typed is no value of this field yet. */
  readonly onChange: (values: MetadataValues[string], fits: boolean) => void
}

const types: Readonly<Partial<Record<MetadataField['kind'], string>>> = {
  integer: 'number',
  number: 'number',
  date: 'date',
  dateTime: 'datetime-local',
  email: 'email',
  url: 'url',
}

/** One field of a view, in the form that its kind takes. */
export function MetadataInput(props: MetadataInputProps) {
  const { field, values, problem, onChange } = props
  const id = useId()
  return (
    <div className={c('field')}>
      {field.kind === 'flag' ? null : (
        <label htmlFor={id} title={field.help ?? undefined}>
          {field.label}
          {field.isRequired && problem === undefined ? (
            <span className={c('needed')}> {text.metadata.required}</span>
          ) : null}
        </label>
      )}
      <Input {...props} id={id} onChange={onChange} />
      {problem === undefined ? null : (
        <p id={`${id}-problem`} className={c('problem')}>
          {problem}
        </p>
      )}
      {field.help === null || values === undefined ? null : <p className={c('help')}>{field.help}</p>}
    </div>
  )
}

function Input({ field, values, problem, onChange, id }: MetadataInputProps & { readonly id: string }) {
  const own = values[field.name] ?? []
  const take = (typed: string) => {
    const next = valuesOf(field, typed)
    onChange([...(next ?? [typed])], next !== undefined)
  }
  const shared = {
    id,
    disabled: field.isReadOnly,
    'aria-invalid': problem !== undefined,
    'aria-describedby': problem === undefined ? undefined : `${id}-problem`,
  }
  if (field.kind === 'flag')
    return (
      <Check
        isOn={own[0] === true || own[0] === 'true'}
        words={field.label}
        onChange={(isOn) => onChange([isOn], true)}
      />
    )
  if (field.choices.length > 0 && !field.takesMany)
    return (
      <select
        {...shared}
        className={c('input')}
        value={String(own[0] ?? '')}
        onChange={(event) =>
          onChange(event.currentTarget.value === '' ? [] : [event.currentTarget.value], true)
        }
      >
        <option value="">{text.metadata.choose}</option>
        {field.choices.map((choice) => (
          <option key={choice.value} value={choice.value}>
            {choice.label}
          </option>
        ))}
      </select>
    )
  if (field.choices.length > 0)
    return (
      <div className={c('choices')}>
        {field.choices.map((choice) => (
          <Check
            key={choice.value}
            isOn={own.includes(choice.value)}
            words={choice.label}
            onChange={(isOn) =>
              onChange(isOn ? [...own, choice.value] : own.filter((each) => each !== choice.value), true)
            }
          />
        ))}
      </div>
    )
  if (field.kind === 'longText' || field.takesMany || field.kind === 'tags')
    return (
      <textarea
        {...shared}
        className={c('input', 'area')}
        rows={2}
        defaultValue={textOf(field, values)}
        placeholder={field.takesMany || field.kind === 'tags' ? text.metadata.many : undefined}
        onChange={(event) => take(event.currentTarget.value)}
      />
    )
  return (
    <input
      {...shared}
      className={c('input')}
      type={types[field.kind] ?? 'text'}
      step={field.kind === 'number' ? 'any' : undefined}
      value={textOf(field, values)}
      onChange={(event) => take(event.currentTarget.value)}
    />
  )
}
