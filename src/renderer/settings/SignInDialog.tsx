import { useState } from 'react'
import type { Connection, Renewal } from '../../shared/connection.ts'
import { type Failure, toFailure } from '../../shared/errors.ts'
import type { ConnectionId } from '../../shared/ids.ts'
import { ask } from '../bridge.ts'
import { useConnection } from '../shell/appStore.ts'
import { useOverlays } from '../shell/overlayStore.ts'
import { text } from '../text/text.ts'
import { Field } from './Field.tsx'
import { FormDialog } from './FormDialog.tsx'
import { IconikFields } from './IconikFields.tsx'
import { emptyIconikForm, type IconikForm, iconikProblems, iconikSignIn } from './iconikForm.ts'

const close = () => useOverlays.setState({ signInTo: null })

/** New secrets for a connection whose old ones no longer work. What waited for it goes on. */
export function SignInDialog({ id }: { readonly id: ConnectionId }) {
  const connection = useConnection(id)
  if (connection === undefined) return null
  return connection.provider === 'iconik' ? (
    <IconikSignIn connection={connection} />
  ) : (
    <TokenSignIn connection={connection} />
  )
}

/** Sends new secrets; what went wrong, and whether it is on its way. */
function useSignIn(id: ConnectionId) {
  const [isTried, setTried] = useState(false)
  const [isBusy, setBusy] = useState(false)
  const [failure, setFailure] = useState<Failure | null>(null)
  const send = async (secrets: Renewal | null) => {
    setTried(true)
    if (secrets === null) return
    setFailure(null)
    setBusy(true)
    try {
      await ask('connections.signIn', { id, secrets })
      close()
    } catch (error) {
      setFailure(toFailure(error))
      setBusy(false)
    }
  }
  return { isTried, isBusy, failure, send }
}

function TokenSignIn({ connection }: { readonly connection: Connection }) {
  const [token, setToken] = useState('')
  const [secretAccessKey, setKey] = useState('')
  const { isTried, isBusy, failure, send } = useSignIn(connection.id)
  const words = text.connect
  const needsKey = failure?.facts['field'] === 'secretAccessKey'
  return (
    <FormDialog
      title={words.signInTo(connection.name)}
      more={words.signInMore(connection.host)}
      width={480}
      footWords=""
      action={words.signIn}
      busyWords={words.connecting}
      isBusy={isBusy}
      failure={needsKey ? null : failure}
      onClose={close}
      onSend={() =>
        void send(
          token.trim() === '' ? null : { token, ...(secretAccessKey === '' ? {} : { secretAccessKey }) },
        )
      }
    >
      <fieldset disabled={isBusy}>
        <Field
          label={words.token}
          value={token}
          problem={isTried && token.trim() === '' ? 'required' : undefined}
          isSecret
          onChange={setToken}
        />
        <Field
          label={words.secretKey}
          value={secretAccessKey}
          problem={needsKey ? 'required' : undefined}
          placeholder={words.keepKey}
          isSecret
          onChange={setKey}
        />
      </fieldset>
    </FormDialog>
  )
}

function IconikSignIn({ connection }: { readonly connection: Connection }) {
  const [form, setForm] = useState<IconikForm>({
    ...emptyIconikForm,
    kind: connection.isShare ? 'share' : 'password',
    name: connection.name,
    // Neither is asked for again: where it goes is known.
    address: `https://${connection.host}`,
    link: `https://${connection.host}`,
  })
  const { isTried, isBusy, failure, send } = useSignIn(connection.id)
  const problems = iconikProblems(form)
  const secrets = (): Renewal =>
    form.kind === 'share'
      ? { signIn: { kind: 'share', ...(form.password === '' ? {} : { password: form.password }) } }
      : { signIn: iconikSignIn(form) }
  return (
    <FormDialog
      title={text.connect.signInTo(connection.name)}
      more={text.connect.signInMore(connection.host)}
      width={480}
      footWords=""
      action={text.connect.signIn}
      busyWords={text.connect.connecting}
      isBusy={isBusy}
      failure={failure}
      onClose={close}
      onSend={() => void send(Object.keys(problems).length > 0 ? null : secrets())}
    >
      <fieldset disabled={isBusy}>
        <IconikFields
          form={form}
          problems={isTried ? problems : {}}
          ways={connection.isShare ? ['share'] : ['password', 'token']}
          wantsCode={failure?.code === 'auth.codeNeeded' || form.code !== ''}
          isRenewal
          onChange={(part) => setForm((before) => ({ ...before, ...part }))}
        />
      </fieldset>
    </FormDialog>
  )
}
