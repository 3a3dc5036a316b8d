import { useState } from 'react'
import type { PlaylistId } from '../../shared/ids.ts'
import type { EntryDraft } from '../../shared/playlist.ts'
import { Field } from '../forms/Field.tsx'
import { FormDialog } from '../forms/FormDialog.tsx'
import { NameDialog } from '../forms/NameDialog.tsx'
import { useSending } from '../forms/useSending.ts'
import { plural } from '../text/format.ts'
import { text } from '../text/text.ts'
import { classesOf } from '../ui/classes.ts'
import fill from '../ui/Fill.module.css'
import css from './PlaylistQuestions.module.css'
import { addTo, createPlaylist, playlistAnswered, renamePlaylist, usePlaylists } from './playlistStore.ts'

const c = classesOf(css)

/** Whatever has to be asked before something is done with playlists. */
export function PlaylistQuestions() {
  const asked = usePlaylists((state) => state.asked)
  const words = text.playlists
  if (asked === null) return null
  if (asked.kind === 'add') return <AddDialog drafts={asked.drafts} />
  const shared = { label: words.name, footWords: words.kept, onClose: playlistAnswered }
  return asked.kind === 'create' ? (
    <NameDialog
      {...shared}
      title={words.createTitle}
      start={asked.name}
      action={words.make}
      onName={(name) => createPlaylist(name, asked.drafts)}
    />
  ) : (
    <NameDialog
      {...shared}
      title={words.renameTitle(asked.playlist.name)}
      start={asked.playlist.name}
      action={words.rename}
      onName={(name) => renamePlaylist(asked.playlist.id, name)}
    />
  )
}

/** Into a list that is there, or one that is made now. The one that was changed last is offered first. */
function AddDialog({ drafts }: { readonly drafts: readonly EntryDraft[] }) {
  const lists = usePlaylists((state) => state.lists)
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
  const isEmpty = chosen === null && name.trim() === ''
  return (
    <FormDialog
      title={words.addTitle(drafts.length)}
      width={480}
      footWords={words.kept}
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
