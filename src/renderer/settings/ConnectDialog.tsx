import { Check } from 'lucide-react'
import { Checkbox } from 'radix-ui'
import { useId, useReducer, useState } from 'react'
import { type Failure, toFailure } from '../../shared/errors.ts'
import { ask } from '../bridge.ts'
import { useOverlays } from '../shell/overlayStore.ts'
import { arriveAt } from '../shell/studio.ts'
import { text } from '../text/text.ts'
import { classesOf } from '../ui/classes.ts'
import { type ConnectField, type ConnectForm, emptyForm, hostOf, inputOf, problemsOf } from './connectForm.ts'
import { Field } from './Field.tsx'
import { FormDialog } from './FormDialog.tsx'
import css from './Settings.module.css'

const c = classesOf(css)
type Texts = Exclude<ConnectField, 'forcePathStyle'>

/** Connects a Candidio account. Nothing is stored before it has signed in and read once. */
export function ConnectDialog() {
  const [form, change] = useReducer(
    (before: ConnectForm, part: Partial<ConnectForm>) => ({ ...before, ...part }),
    emptyForm,
  )
  const [isTried, setTried] = useState(false)
  const [isBusy, setBusy] = useState(false)
  const [failure, setFailure] = useState<Failure | null>(null)
  const words = text.connect
  const problems = problemsOf(form)
  const host = hostOf(form.address)
  const close = () => useOverlays.setState({ isConnectOpen: false })

  const connect = async () => {
    setTried(true)
    setFailure(null)
    if (Object.keys(problems).length > 0) return
    setBusy(true)
    try {
      await arriveAt(await ask('connections.add', inputOf(form)))
    } catch (error) {
      setFailure(toFailure(error))
      setBusy(false)
    }
  }

  const field = (name: Texts, label: string, more: { placeholder?: string; isSecret?: boolean } = {}) => (
    <Field
      label={label}
      value={form[name]}
      problem={isTried ? problems[name] : undefined}
      onChange={(value) => change({ [name]: value })}
      {...more}
    />
  )
  return (
    <FormDialog
      title={words.title}
      more={words.more}
      width={560}
      footWords={host === undefined ? words.secretsStay : words.willSignIn(host)}
      action={words.connect}
      isBusy={isBusy}
      failure={failure}
      onClose={close}
      onSend={() => void connect()}
    >
      <fieldset disabled={isBusy}>
        <legend className={c('legend')}>{words.account}</legend>
        {field('name', words.name, { placeholder: words.namePlaceholder })}
        {field('address', words.address, { placeholder: words.addressPlaceholder })}
        {field('token', words.token, { isSecret: true })}
      </fieldset>
      <fieldset disabled={isBusy}>
        <legend className={c('legend')}>{words.storage}</legend>
        {field('endpoint', words.endpoint, { placeholder: words.endpointPlaceholder })}
        {field('region', words.region, { placeholder: words.regionPlaceholder })}
        {field('bucket', words.bucket)}
        {field('prefix', words.prefix, { placeholder: words.prefixPlaceholder })}
        {field('accessKeyId', words.accessKey)}
        {field('secretAccessKey', words.secretKey, { isSecret: true })}
        {field('sessionToken', words.sessionToken, { placeholder: words.optional, isSecret: true })}
        <PathStyle isOn={form.forcePathStyle} onChange={(forcePathStyle) => change({ forcePathStyle })} />
      </fieldset>
    </FormDialog>
  )
}

function PathStyle({
  isOn,
  onChange,
}: {
  readonly isOn: boolean
  readonly onChange: (isOn: boolean) => void
}) {
  const id = useId()
  return (
    <div className={c('checkLine')}>
      <Checkbox.Root
        id={id}
        className={c('check')}
        checked={isOn}
        onCheckedChange={(checked) => onChange(checked === true)}
      >
        <Checkbox.Indicator>
          <Check size={12} strokeWidth={3} />
        </Checkbox.Indicator>
      </Checkbox.Root>
      <label htmlFor={id}>{text.connect.pathStyle}</label>
    </div>
  )
}
