import { useState } from 'react'
import { type Failure, toFailure } from '../../shared/errors.ts'
import type { ConnectionId } from '../../shared/ids.ts'
import { ask } from '../bridge.ts'
import { useConnection } from '../shell/appStore.ts'
import { useOverlays } from '../shell/overlayStore.ts'
import { text } from '../text/text.ts'
import { Field } from './Field.tsx'
import { FormDialog } from './FormDialog.tsx'

const close = () => useOverlays.setState({ signInTo: null })

/** New secrets for a connection whose old ones no longer work. What waited for it goes on. */
export function SignInDialog({ id }: { readonly id: ConnectionId }) {
  const connection = useConnection(id)
  const [token, setToken] = useState('')
  const [secretAccessKey, setKey] = useState('')
  const [isTried, setTried] = useState(false)
  const [isBusy, setBusy] = useState(false)
  const [failure, setFailure] = useState<Failure | null>(null)
  if (connection === undefined) return null
  const words = text.connect
  const needsKey = failure?.facts['field'] === 'secretAccessKey'
  const signIn = async () => {
    setTried(true)
    setFailure(null)
    if (token.trim() === '') return
    setBusy(true)
    try {
      await ask('connections.signIn', {
        id,
        secrets: { token, ...(secretAccessKey === '' ? {} : { secretAccessKey }) },
      })
      close()
    } catch (error) {
      setFailure(toFailure(error))
      setBusy(false)
    }
  }
  return (
    <FormDialog
      title={words.signInTo(connection.name)}
      more={words.signInMore(connection.host)}
      width={480}
      footWords=""
      action={words.signIn}
      isBusy={isBusy}
      failure={needsKey ? null : failure}
      onClose={close}
      onSend={() => void signIn()}
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
