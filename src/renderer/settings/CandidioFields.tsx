import { Field, type FieldProblem } from '../forms/Field.tsx'
import css from '../forms/Form.module.css'
import { text } from '../text/text.ts'
import { Check } from '../ui/Check.tsx'
import { classesOf } from '../ui/classes.ts'
import type { ConnectField, ConnectForm } from './connectForm.ts'

const c = classesOf(css)
type Texts = Exclude<ConnectField, 'forcePathStyle'>

interface CandidioFieldsProps {
  readonly form: ConnectForm
  readonly problems: Partial<Record<ConnectField, FieldProblem>>
  readonly onChange: (part: Partial<ConnectForm>) => void
}

/** A Candidio account, and the bucket its uploads go to. */
export function CandidioFields({ form, problems, onChange }: CandidioFieldsProps) {
  const words = text.connect
  const field = (name: Texts, label: string, more: { placeholder?: string; isSecret?: boolean } = {}) => (
    <Field
      label={label}
      value={form[name]}
      problem={problems[name]}
      onChange={(value) => onChange({ [name]: value })}
      {...more}
    />
  )
  return (
    <>
      <fieldset>
        <legend className={c('legend')}>{words.account}</legend>
        {field('name', words.name, { placeholder: words.namePlaceholder })}
        {field('address', words.address, { placeholder: words.addressPlaceholder })}
        {field('token', words.token, { isSecret: true })}
      </fieldset>
      <fieldset>
        <legend className={c('legend')}>{words.storage}</legend>
        {field('endpoint', words.endpoint, { placeholder: words.endpointPlaceholder })}
        {field('region', words.region, { placeholder: words.regionPlaceholder })}
        {field('bucket', words.bucket)}
        {field('prefix', words.prefix, { placeholder: words.prefixPlaceholder })}
        {field('accessKeyId', words.accessKey)}
        {field('secretAccessKey', words.secretKey, { isSecret: true })}
        {field('sessionToken', words.sessionToken, { placeholder: words.optional, isSecret: true })}
        <div className={c('checkLine')}>
          <Check
            isOn={form.forcePathStyle}
            words={words.pathStyle}
            onChange={(forcePathStyle) => onChange({ forcePathStyle })}
          />
        </div>
      </fieldset>
    </>
  )
}
