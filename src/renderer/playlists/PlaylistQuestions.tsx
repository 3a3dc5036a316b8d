import { useState } from 'react'
import type { ConnectionId, PlaylistId } from '../../shared/ids.ts'
import type { Entry, EntryDraft, PlaylistService } from '../../shared/playlist.ts'
import { Field } from '../forms/Field.tsx'
import { FormDialog } from '../forms/FormDialog.tsx'
import { NameDialog } from '../forms/NameDialog.tsx'
import { useSending } from '../forms/useSending.ts'
import { useConnection } from '../shell/appStore.ts'
import { plural } from '../text/format.ts'
import { text } from '../text/text.ts'
import { classesOf } from '../ui/classes.ts'
import { Question } from '../ui/Dialog.tsx'
import fill from '../ui/Fill.module.css'
import css from './PlaylistQuestions.module.css'
import {
  addTo,
  createPlaylist,
  keepAt,
  type PlaylistQuestion,
  playlistAnswered,
  removeAtService,
  renamePlaylist,
  usePlaylists,
} from './playlistStore.ts'

const c = classesOf(css)

/** Whatever has to be asked before something is done with playlists. */
export function PlaylistQuestions() {
  const asked = usePlaylists((state) => state.asked)
  return asked === null ? null : <Asked asked={asked} />
}

function Asked({ asked }: { readonly asked: PlaylistQuestion }) {
  const playlist = 'playlist' in asked ? asked.playlist : undefined
  const home = asked.kind === 'keepAt' ? asked.service.connectionId : playlist?.home?.connectionId
  const where = useConnection(home)?.name ?? ''
  const words = text.playlists
  const shared = { label: words.name, onClose: playlistAnswered }
  const footWords = home === undefined ? words.kept : words.keptAt(where)
  switch (asked.kind) {
    case 'add':
      return <AddDialog drafts={asked.drafts} source={asked.source} />
    case 'create':
      return (
        <NameDialog
          {...{ ...shared, footWords }}
          title={words.createTitle}
          start={asked.name}
          action={words.make}
          onName={(name) => createPlaylist(name, asked.drafts)}
        />
      )
    case 'rename':
      return (
        <NameDialog
          {...{ ...shared, footWords }}
          title={words.renameTitle(asked.playlist.name)}
          start={asked.playlist.name}
          action={words.rename}
          onName={(name) => renamePlaylist(asked.playlist.id, name)}
        />
      )
    case 'keepAt':
      return (
        <NameDialog
          {...shared}
          title={words.keepAtTitle(asked.playlist.name, where)}
          more={leftBehind(asked.service, asked.entries)}
          start={asked.playlist.name}
          action={words.keep}
          onName={(name) => keepAt(asked.playlist, asked.service, name, where)}
        />
      )
    case 'remove':
      return (
        <Question
          title={words.removeTitle(asked.playlist.name, where)}
          more={words.removeMore}
          keep={words.removeKeep}
          act={words.removeAct}
          onKeep={playlistAnswered}
          onAct={() => {
            playlistAnswered()
            void removeAtService(asked.playlist, where)
          }}
        />
      )
  }
}

/** What a service does not hold of these, said before it is lost. */
function leftBehind({ holds }: PlaylistService, entries: readonly Entry[]): string {
  const words = text.playlists
  const gone = entries.filter(({ problem }) => problem !== null).length
  const hasRange = entries.some(({ range, span }) => range !== null || span !== null)
  return [
    words.keepAtMore(gone),
    ...(hasRange && !holds.ranges ? [words.holdsNot.ranges] : []),
    ...(entries.some(({ isPinned }) => !isPinned) && !holds.newest ? [words.holdsNot.newest] : []),
  ].join(' ')
}

interface AddDialogProps {
  readonly drafts: readonly EntryDraft[]
  readonly source: ConnectionId | null
}

/** Into a list that is there, or one that is made now. The one that was changed last is offered first. */
function AddDialog({ drafts, source }: AddDialogProps) {
  const all = usePlaylists((state) => state.lists)
  // A service keeps what is its own.
  const lists = all.filter(
    ({ home, may }) => may.includes('add') && (home === null || home.connectionId === source),
  )
  const connection = useConnection(source ?? undefined)
  const [chosen, setChosen] = useState<PlaylistId | null>(
    () => lists.toSorted((a, b) => b.changedAt - a.changedAt)[0]?.id ?? null,
  )
  const [name, setName] = useState('')
  const { isTried, isBusy, failure, send } = useSending()
  const add = async () => {
    const isAdded = await (chosen === null ? createPlaylist(name.trim(), drafts) : addTo(chosen, drafts))
    if (isAdded) playlistAnswered()
  }
  const words = text.playlists
  const isKeptThere = lists.some(({ id, home }) => id === chosen && home !== null)
  const isEmpty = chosen === null && name.trim() === ''
  return (
    <FormDialog
      title={words.addTitle(drafts.length)}
      width={480}
      footWords={isKeptThere ? words.keptAt(connection?.name ?? '') : words.kept}
      action={words.add}
      isBusy={isBusy}
      failure={failure}
      onClose={playlistAnswered}
      onSend={() => send(isEmpty ? null : add)}
    >
      <fieldset className={c('choices')} aria-label={words.addTo}>
        {lists.map((list) => (
          <label key={list.id} className={c('choice')}>
            <input
              type="radio"
              name="playlist"
              checked={chosen === list.id}
              onChange={() => setChosen(list.id)}
            />
            <span className={fill['fill']}>{list.name}</span>
            {list.home === null ? null : <span className={c('count')}>{connection?.name}</span>}
            <span className={c('count')}>{plural(list.entryCount, 'clip', 'clips')}</span>
          </label>
        ))}
        <label className={c('choice')}>
          <input type="radio" name="playlist" checked={chosen === null} onChange={() => setChosen(null)} />
          <span className={fill['fill']}>{words.newOne}</span>
        </label>
      </fieldset>
      {chosen === null ? (
        <Field
          label={words.name}
          value={name}
          problem={isTried && isEmpty ? 'required' : undefined}
          onChange={setName}
        />
      ) : null}
    </FormDialog>
  )
}
