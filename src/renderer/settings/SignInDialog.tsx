import { useState } from 'react'
import type { Connection, Renewal } from '../../shared/connection.ts'
import type { ConnectionId } from '../../shared/ids.ts'
import { ask } from '../bridge.ts'
import { Field } from '../forms/Field.tsx'
import { FormDialog } from '../forms/FormDialog.tsx'
import { useSending } from '../forms/useSending.ts'
import { useConnection } from '../shell/appStore.ts'
import { useOverlays } from '../shell/overlayStore.ts'
import { text } from '../text/text.ts'
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

async function signIn(id: ConnectionId, secrets: Renewal): Promise<void> {
  await ask('connections.signIn', { id, secrets })
  close()
}

function TokenSignIn({ connection }: { readonly connection: Connection }) {
  const [token, setToken] = useState('')
  const [secretAccessKey, setKey] = useState('')
  const { isTried, isBusy, failure, send } = useSending()
  const secrets = { token, ...(secretAccessKey === '' ? {} : { secretAccessKey }) }
  const words = text.connect
  const needsKey = failure?.facts['field'] === 'secretAccessKey'
  return (
    <FormDialog
      title={words.signInTo(connection.name)}
      more={words.signInMore(connection.host)}
      width={480}
      action={words.signIn}
      busyWords={words.connecting}
      isBusy={isBusy}
      failure={needsKey ? null : failure}
      onClose={close}
      onSend={() => send(token.trim() === '' ? null : () => signIn(connection.id, secrets))}
    >
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
  const { isTried, isBusy, failure, send } = useSending()
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
      action={text.connect.signIn}
      busyWords={text.connect.connecting}
      isBusy={isBusy}
      failure={failure}
      onClose={close}
      onSend={() => send(Object.keys(problems).length > 0 ? null : () => signIn(connection.id, secrets()))}
    >
      <IconikFields
        form={form}
        problems={isTried ? problems : {}}
        ways={connection.isShare ? ['share'] : ['password', 'token']}
        wantsCode={failure?.code === 'auth.codeNeeded' || form.code !== ''}
        isRenewal
        onChange={(part) => setForm((before) => ({ ...before, ...part }))}
      />
    </FormDialog>
  )
}
