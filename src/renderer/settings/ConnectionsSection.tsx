import { Plus } from 'lucide-react'
import { useState } from 'react'
import type { Connection } from '../../shared/connection.ts'
import { toFailure } from '../../shared/errors.ts'
import { ask } from '../bridge.ts'
import formCss from '../forms/Form.module.css'
import { askAboutShares } from '../library/assetCommands.ts'
import { runAction } from '../shell/actionRunner.ts'
import { useApp } from '../shell/appStore.ts'
import { useOverlays } from '../shell/overlayStore.ts'
import { say } from '../shell/sayStore.ts'
import { retryConnection, useStudio } from '../shell/studio.ts'
import { useNow } from '../shell/useNow.ts'
import { errorWords } from '../text/errors.ts'
import { text } from '../text/text.ts'
import { Button } from '../ui/Button.tsx'
import { classesOf } from '../ui/classes.ts'
import { Question } from '../ui/Dialog.tsx'
import { KeyStoreNotice } from './KeyStoreNotice.tsx'
import { Group, Section } from './SettingRow.tsx'
import css from './Settings.module.css'

const c = classesOf(css)
const f = classesOf(formCss)

export function ConnectionsSection() {
  const connections = useApp((app) => app.connections)
  const canOpenStudio = useApp((app) => app.about?.canOpenStudio ?? false)
  const isOpening = useStudio((studio) => studio.isOpening)
  const words = text.settings
  const hasStudio = connections.some((connection) => connection.isStudio)
  return (
    <Section
      title={words.sections.connections}
      end={
        <div className={c('buttons')}>
          {canOpenStudio && !hasStudio ? (
            <Button disabled={isOpening} onClick={() => runAction('app.openStudio')}>
              {isOpening ? words.opening : words.openStudio}
            </Button>
          ) : null}
          <Button look="primary" onClick={() => runAction('app.addConnection')}>
            <Plus size={15} aria-hidden="true" />
            {words.add}
          </Button>
        </div>
      }
    >
      <div className={c('above')}>
        <KeyStoreNotice />
      </div>
      {connections.length === 0 ? (
        <p className={c('more')}>{words.noConnections}</p>
      ) : (
        <Group>
          {connections.map((connection) => (
            <ConnectionRow key={connection.id} connection={connection} />
          ))}
        </Group>
      )}
    </Section>
  )
}

function ConnectionRow({ connection }: { readonly connection: Connection }) {
  const [isAsked, setAsked] = useState(false)
  const now = useNow()
  const words = text.settings
  const { failure, syncedAt } = connection
  const about = [
    connection.isStudio ? text.sidebar.studio : text.providers[connection.provider],
    connection.host,
    connection.heldUntil === null ? words[connection.state] : text.sidebar.held(connection.heldUntil),
    syncedAt === null ? null : words.lastRead(syncedAt, now),
  ]
  const remove = async () => {
    setAsked(false)
    try {
      await ask('connections.remove', { id: connection.id })
    } catch (error) {
      say(toFailure(error))
    }
  }
  return (
    <div className={c('row')}>
      <span className={c('dot', connection.state !== 'online' && 'ring')} />
      <div className={c('words')}>
        <span>{connection.name}</span>
        <span className={c('more')}>{about.filter(Boolean).join(', ')}</span>
        {failure === null ? null : (
          <span className={f('problem')}>
            {errorWords(failure).what} {errorWords(failure).more}
          </span>
        )}
      </div>
      {connection.state === 'signedOut' && !connection.isStudio ? (
        <Button size="small" onClick={() => useOverlays.setState({ signInTo: connection.id })}>
          {text.connect.signIn}
        </Button>
      ) : null}
      {connection.state === 'online' ? null : (
        <Button size="small" onClick={() => void retryConnection(connection.id)}>
          {words.retry}
        </Button>
      )}
      {connection.powers.includes('shares') ? (
        <Button
          size="small"
          aria-label={text.shares.allTitle(connection.name)}
          onClick={() => askAboutShares(connection.id)}
        >
          {text.shares.open}
        </Button>
      ) : null}
      <Button size="small" look="bare" onClick={() => setAsked(true)}>
        {words.remove}
      </Button>
      {isAsked ? (
        <Question
          title={words.removeTitle(connection.name)}
          more={words.removeMore}
          keep={words.keep}
          act={words.remove}
          onKeep={() => setAsked(false)}
          onAct={() => void remove()}
        />
      ) : null}
    </div>
  )
}
