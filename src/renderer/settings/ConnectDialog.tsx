import { useReducer } from 'react'
import { ask } from '../bridge.ts'
import css from '../forms/Form.module.css'
import { FormDialog } from '../forms/FormDialog.tsx'
import { useSending } from '../forms/useSending.ts'
import { type ConnectProvider, useOverlays } from '../shell/overlayStore.ts'
import { arriveAt } from '../shell/studio.ts'
import { text } from '../text/text.ts'
import { classesOf } from '../ui/classes.ts'
import { Segments } from '../ui/Segments.tsx'
import { CandidioFields } from './CandidioFields.tsx'
import { type ConnectForm, emptyForm, hostOf, inputOf, problemsOf } from './connectForm.ts'
import { IconikFields } from './IconikFields.tsx'
import { emptyIconikForm, type IconikForm, iconikHost, iconikInput, iconikProblems } from './iconikForm.ts'

const c = classesOf(css)

interface Forms {
  readonly provider: ConnectProvider
  readonly candidio: ConnectForm
  readonly iconik: IconikForm
}

const providers: readonly ConnectProvider[] = ['candidio', 'iconik']

/** Connects an account. Nothing is stored before it has signed in and read once. */
export function ConnectDialog({ provider: first }: { readonly provider: ConnectProvider }) {
  const [forms, change] = useReducer((before: Forms, part: Partial<Forms>) => ({ ...before, ...part }), {
    provider: first,
    candidio: emptyForm,
    iconik: emptyIconikForm,
  })
  const { isTried, isBusy, failure, send, startAnew } = useSending()
  const { provider, candidio, iconik } = forms
  const words = text.connect
  const problems = provider === 'candidio' ? problemsOf(candidio) : iconikProblems(iconik)
  const host = provider === 'candidio' ? hostOf(candidio.address) : iconikHost(iconik)
  // Asked for by the service, not refused: the form has a place for what it wants.
  const wantsCode = failure?.code === 'auth.codeNeeded' || iconik.code !== ''
  const needsAppId = failure?.code === 'request.invalid' && failure.facts['field'] === 'appId'
  const wantsAppId = needsAppId || iconik.appId !== ''
  const wantsPassword = failure?.code === 'auth.passwordNeeded'

  const connect = async () => {
    await arriveAt(
      await ask('connections.add', provider === 'candidio' ? inputOf(candidio) : iconikInput(iconik)),
    )
  }

  return (
    <FormDialog
      title={words.title}
      more={words.mores[provider]}
      width={560}
      footWords={host === undefined ? words.secretsStay : words.willSignIn(host)}
      action={words.connect}
      busyWords={words.connecting}
      isBusy={isBusy}
      failure={needsAppId ? null : failure}
      onClose={() => useOverlays.setState({ connectTo: null })}
      onSend={() => send(Object.keys(problems).length > 0 ? null : connect)}
    >
      <div className={c('ways')}>
        <Segments
          label={words.service}
          value={provider}
          onChange={(next) => {
            change({ provider: next })
            startAnew()
          }}
          segments={providers.map((value) => ({ value, words: text.providers[value] }))}
          fill
        />
      </div>
      {provider === 'candidio' ? (
        <CandidioFields
          form={candidio}
          problems={isTried ? problemsOf(candidio) : {}}
          onChange={(part) => change({ candidio: { ...candidio, ...part } })}
        />
      ) : (
        <IconikFields
          form={iconik}
          problems={{
            ...(isTried ? iconikProblems(iconik) : {}),
            ...(wantsPassword ? { password: 'required' as const } : {}),
            ...(needsAppId && iconik.appId === '' ? { appId: 'appIdNeeded' as const } : {}),
          }}
          wantsCode={wantsCode}
          wantsAppId={wantsAppId}
          onChange={(part) => change({ iconik: { ...iconik, ...part } })}
        />
      )}
    </FormDialog>
  )
}
