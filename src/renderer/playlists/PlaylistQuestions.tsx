import { useState } from 'react'
import type { PlaylistId } from '../../shared/ids.ts'
import type { EntryDraft } from '../../shared/playlist.ts'
import { Field } from '../settings/Field.tsx'
import { FormDialog } from '../settings/FormDialog.tsx'
import { plural } from '../text/format.ts'
import { text } from '../text/text.ts'
import { classesOf } from '../ui/classes.ts'
import css from './PlaylistQuestions.module.css'
import { addTo, createPlaylist, playlistAnswered, renamePlaylist, usePlaylists } from './playlistStore.ts'

const c = classesOf(css)

/** Whatever has to be asked before something is done with playlists. */
export function PlaylistQuestions() {
  const asked = usePlaylists((state) => state.asked)
  const words = text.playlists
  if (asked === null) return null
  if (asked.kind === 'add') return <AddDialog drafts={asked.drafts} />
  return asked.kind === 'create' ? (
    <NameDialog
      title={words.createTitle}
      start={asked.name}
      action={words.make}
      onName={(name) => createPlaylist(name, asked.drafts)}
    />
  ) : (
    <NameDialog
      title={words.renameTitle(asked.playlist.name)}
      start={asked.playlist.name}
      action={words.rename}
      onName={(name) => renamePlaylist(asked.playlist.id, name)}
    />
  )
}

interface NameDialogProps {
  readonly title: string
  readonly start: string
  readonly action: string
  readonly onName: (name: string) => Promise<boolean>
}

/** Stays open while it is kept and when it was refused. */
function useSending(act: () => Promise<boolean>) {
  const [isTried, setTried] = useState(false)
  const [isBusy, setBusy] = useState(false)
  const send = async (isEmpty: boolean) => {
    setTried(true)
    if (isEmpty) return
    setBusy(true)
    if (await act()) playlistAnswered()
    else setBusy(false)
  }
  return { isTried, isBusy, send }
}

function NameDialog({ title, start, action, onName }: NameDialogProps) {
  const [name, setName] = useState(start)
  const { isTried, isBusy, send } = useSending(() => onName(name.trim()))
  const isEmpty = name.trim() === ''
  return (
    <FormDialog
      title={title}
      more=""
      width={440}
      footWords={text.playlists.kept}
      action={action}
      isBusy={isBusy}
      failure={null}
      onClose={playlistAnswered}
      onSend={() => void send(isEmpty)}
    >
      <fieldset disabled={isBusy}>
        <Field
          label={text.playlists.name}
          value={name}
          problem={isTried && isEmpty ? 'required' : undefined}
          onChange={setName}
        />
      </fieldset>
    </FormDialog>
  )
}

/** Into a list that is there, or one that is made now. The one that was changed last is offered first. */
function AddDialog({ drafts }: { readonly drafts: readonly EntryDraft[] }) {
  const lists = usePlaylists((state) => state.lists)
  const [chosen, setChosen] = useState<PlaylistId | null>(
    () => lists.toSorted((a, b) => b.changedAt - a.changedAt)[0]?.id ?? null,
  )
  const [name, setName] = useState('')
  const { isTried, isBusy, send } = useSending(() =>
    chosen === null ? createPlaylist(name.trim(), drafts) : addTo(chosen, drafts),
  )
  const words = text.playlists
  const isEmpty = chosen === null && name.trim() === ''
  return (
    <FormDialog
      title={words.addTitle(drafts.length)}
      more=""
      width={480}
      footWords={words.kept}
      action={words.add}
      isBusy={isBusy}
      failure={null}
      onClose={playlistAnswered}
      onSend={() => void send(isEmpty)}
    >
      <fieldset disabled={isBusy} className={c('choices')} aria-label={words.addTo}>
        {lists.map((list) => (
          <label key={list.id} className={c('choice')}>
            <input
              type="radio"
              name="playlist"
              checked={chosen === list.id}
              onChange={() => setChosen(list.id)}
            />
            <span className={c('name')}>{list.name}</span>
            <span className={c('count')}>{plural(list.entryCount, 'clip', 'clips')}</span>
          </label>
        ))}
        <label className={c('choice')}>
          <input type="radio" name="playlist" checked={chosen === null} onChange={() => setChosen(null)} />
          <span className={c('name')}>{words.newOne}</span>
        </label>
      </fieldset>
      {chosen === null ? (
        <fieldset disabled={isBusy}>
          <Field
            label={words.name}
            value={name}
            problem={isTried && isEmpty ? 'required' : undefined}
            onChange={setName}
          />
        </fieldset>
      ) : null}
    </FormDialog>
  )
}
