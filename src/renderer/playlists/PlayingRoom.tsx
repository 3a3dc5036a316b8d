import { ChevronLeft } from 'lucide-react'
import { useEffect, useMemo, useState, useSyncExternalStore } from 'react'
import type { EntryId, VersionId } from '../../shared/ids.ts'
import { ListTiming } from '../../shared/listTiming.ts'
import type { Entry } from '../../shared/playlist.ts'
import { stopComparing } from '../review/compare/compareStore.ts'
import { showPlayer } from '../review/playerControl.ts'
import roomCss from '../review/ReviewRoom.module.css'
import { RoomPanes } from '../review/RoomPanes.tsx'
import waitCss from '../review/RoomWaiting.module.css'
import { runAction } from '../shell/actionRunner.ts'
import { type ListRef, replaceRoute, useRoute } from '../shell/routeStore.ts'
import { sayTrouble, sayWords } from '../shell/sayStore.ts'
import { InspectorButton, SearchField, TitleBar } from '../shell/TitleBar.tsx'
import { errorWords } from '../text/errors.ts'
import { text } from '../text/text.ts'
import { Button } from '../ui/Button.tsx'
import { classesOf } from '../ui/classes.ts'
import { EmptyState } from '../ui/EmptyState.tsx'
import { MiddleCut } from '../ui/MiddleCut.tsx'
import { EntrySlot, type RoomPlaces } from './EntrySlot.tsx'
import { ListBar } from './ListBar.tsx'
import { ListStrip } from './ListStrip.tsx'
import { clipOfEntry, useMeasured } from './lengths.ts'
import { withVersions } from './listDrafts.ts'
import { nextIndex } from './listOrder.ts'
import { ListPlayer } from './listPlayer.ts'
import css from './PlayingRoom.module.css'
import { showList } from './shownList.ts'
import { useEntries, useWithLengths } from './useEntries.ts'

const c = classesOf(css)
const room = classesOf(roomCss)
const waiting = classesOf(waitCss)

interface PlayingRoomProps {
  readonly list: ListRef
  readonly entryId: EntryId | undefined
}

/** The review room over a list: one picture after the other as if they were one, each with its own comments and votes. */
export function PlayingRoom({ list, entryId }: PlayingRoomProps) {
  const { value, failure } = useEntries(list)
  const [versions, setVersions] = useState<ReadonlyMap<EntryId, VersionId>>(new Map())
  const given = value?.entries
  const stood = useMemo(() => withVersions(given ?? [], versions), [given, versions])
  const entries = useWithLengths(stood)
  if (value === null || entries.length === 0)
    return (
      <Waiting
        isBusy={value === null && failure === null}
        title={failure === null ? text.playlists.emptyTitle : text.playlists.gone}
        more={failure === null ? text.playlists.emptyMore : errorWords(failure).what}
      />
    )
  return (
    <Room
      list={list}
      name={value.name}
      entries={entries}
      start={entryId === undefined ? value.start : entries.findIndex((entry) => entry.id === entryId)}
      onVersion={(id, versionId) => setVersions((before) => new Map(before).set(id, versionId))}
    />
  )
}

function BackButton({ name }: { readonly name: string }) {
  return (
    <button type="button" className={room('back')} onClick={() => runAction('review.close')}>
      <ChevronLeft size={16} aria-hidden="true" />
      <span>{name}</span>
    </button>
  )
}

function Waiting({ isBusy, title, more }: { readonly isBusy: boolean; title: string; more: string }) {
  return (
    <>
      <TitleBar end={<SearchField />}>
        <BackButton name={text.shell.back} />
      </TitleBar>
      <main className={waiting('wait')} aria-busy={isBusy}>
        {isBusy ? (
          <div className={c('blank')} />
        ) : (
          <EmptyState level={1} title={title} more={more}>
            <Button onClick={() => runAction('review.close')}>{text.shell.back}</Button>
          </EmptyState>
        )}
      </main>
    </>
  )
}

interface RoomProps {
  readonly list: ListRef
  readonly name: string
  readonly entries: readonly Entry[]
  readonly start: number
  readonly onVersion: (id: EntryId, versionId: VersionId) => void
}

function Room({ list, name, entries, start, onVersion }: RoomProps) {
  const timing = useMemo(() => new ListTiming(entries.map(clipOfEntry)), [entries])
  const player = useListPlayer(entries, timing, Math.max(0, Math.min(entries.length - 1, start)))
  const { index, isLooping } = useSyncExternalStore(player.subscribe, player.view)
  const entry = entries[index]
  const near = useMemo(
    () => new Set([nextIndex(entries, index, -1, isLooping), index, nextIndex(entries, index, 1, isLooping)]),
    [entries, index, isLooping],
  )
  const [title, setTitle] = useState<HTMLElement | null>(null)
  const [votes, setVotes] = useState<HTMLElement | null>(null)
  const [comments, setComments] = useState<HTMLElement | null>(null)
  const places: RoomPlaces = { title, votes, comments }
  useMeasured(entries)
  // Coming back to the list comes back to this clip.
  useEffect(() => {
    // A room that is being left while its list was read anew must not call itself back.
    const isHere = useRoute.getState().route.screen === 'playing'
    if (entry !== undefined && isHere) replaceRoute({ screen: 'playing', list, entryId: entry.id })
  }, [entry?.id, list, entry])
  // biome-ignore lint/correctness/useExhaustiveDependencies: another entry is what it means
  useEffect(() => stopComparing(), [entry?.id])
  return (
    <>
      <TitleBar
        end={
          <>
            <span ref={setVotes} className={c('contents')} />
            <SearchField />
            <InspectorButton />
          </>
        }
      >
        <BackButton name={name} />
        <span className={room('between')} />
        <h1 className={room('name')}>
          <MiddleCut name={entry?.name ?? name} />
        </h1>
        <span ref={setTitle} className={c('contents')} />
      </TitleBar>
      <RoomPanes
        picture={
          <main className={c('main')} aria-label={name}>
            <div id="review-stage" role="tabpanel" className={c('stack')} aria-label={text.room.title}>
              {entries.map((each, at) =>
                near.has(at) ? (
                  <EntrySlot
                    key={each.id}
                    list={player}
                    entry={each}
                    isOn={at === index}
                    places={places}
                    onVersion={(versionId) => onVersion(each.id, versionId)}
                  />
                ) : null,
              )}
            </div>
            <ListBar player={player} timing={timing} count={entries.length} index={index} list={list} />
            <ListStrip player={player} entries={entries} index={index} />
          </main>
        }
        panel={<div ref={setComments} className={c('comments')} />}
      />
    </>
  )
}

function useListPlayer(entries: readonly Entry[], timing: ListTiming, index: number): ListPlayer {
  const [player] = useState(
    () =>
      new ListPlayer({
        entries,
        timing,
        index,
        onSkipped: (entry) => sayTrouble(text.playing.skipped(entry.name)),
        onEnd: () => sayWords(text.playing.end),
      }),
  )
  useEffect(() => player.update(entries, timing), [player, entries, timing])
  useEffect(() => {
    const ends = [showPlayer(player), showList(player)]
    return () => {
      for (const end of ends) end()
      player.stop()
    }
  }, [player])
  return player
}
