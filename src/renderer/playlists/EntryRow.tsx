import { MessageSquare, Scissors } from 'lucide-react'
import { playedFrames } from '../../shared/listTiming.ts'
import assetListCss from '../library/AssetList.module.css'
import { reviewLooks } from '../library/reviewLook.ts'
import { useConnection } from '../shell/appStore.ts'
import { usePlaces } from '../sidebar/placeStore.ts'
import { exactCount } from '../text/format.ts'
import { text } from '../text/text.ts'
import { classesOf } from '../ui/classes.ts'
import heard from '../ui/Heard.module.css'
import { MiddleCut } from '../ui/MiddleCut.tsx'
import { RowPicture } from '../ui/RowPicture.tsx'
import rowsCss from '../ui/Rows.module.css'
import { StateLabel } from '../ui/StateLabel.tsx'
import { EntryPicture } from './EntryPicture.tsx'
import type { MeasuredEntry } from './lengths.ts'
import { entryTime } from './listTime.ts'
import css from './PlaylistScreen.module.css'

const c = classesOf(css)
const r = classesOf(rowsCss)
const list = classesOf(assetListCss)

interface EntryRowProps {
  readonly entry: MeasuredEntry
  readonly index: number
  readonly top: number
  readonly isChosen: boolean
  readonly isActive: boolean
}

/** One clip of a playlist: what it is, which version, what was said of it and how long it plays. */
export function EntryRow({ entry, index, top, isChosen, isActive }: EntryRowProps) {
  const { problem, review, versionNumber, isPinned, commentCount, name } = entry
  const connection = useConnection(entry.connectionId)
  const place = usePlaces((places) => (entry.placeId === null ? undefined : places.byId[entry.placeId]))
  const isSignedOut = connection?.state === 'signedOut'
  const words = text.playlists
  return (
    <div
      id={`entry-${entry.id}`}
      role="option"
      tabIndex={-1}
      aria-selected={isChosen}
      data-item={index}
      className={`${r('row', isChosen && 'chosen', isActive && 'active')} ${list('row')} ${c('line', 'row', problem !== null && 'gone')}`}
      style={{ top }}
    >
      <span className={c('figure', 'at')}>{exactCount(index + 1)}</span>
      <RowPicture className={c('picture')}>
        <EntryPicture entry={entry} size={16} />
      </RowPicture>
      <span className={c('words')}>
        <span className={list('name')}>
          <MiddleCut name={name} />
        </span>
        <span className={c('where')}>
          {[place?.name, connection?.name, isSignedOut ? words.signedOut : undefined]
            .filter(Boolean)
            .join(', ')}
        </span>
      </span>
      <span className={c('version')}>
        {versionNumber === null ? text.library.unknown : text.library.version(versionNumber)}
        {isPinned || versionNumber === null ? null : <span className={c('quiet')}> {words.newest}</span>}
      </span>
      {problem === null ? (
        <StateLabel
          look={reviewLooks[review]}
          words={entry.isReady ? text.review[review] : text.library.making}
        />
      ) : (
        <StateLabel look={{ tone: 'stop', shape: 'failed' }} words={words.problems[problem]} />
      )}
      <span className={c('figure')}>
        {commentCount === 0 ? null : (
          <>
            <MessageSquare size={13} aria-hidden="true" />{' '}
            <span>
              {exactCount(commentCount)}
              <span className={heard['heard']}> {words.columns.comments}</span>
            </span>
          </>
        )}
      </span>
      <span className={c('figure')}>
        <Length entry={entry} />
      </span>
    </div>
  )
}

function Length({ entry: { frames, rate, range, problem, times } }: { readonly entry: MeasuredEntry }) {
  if (frames === null || frames === 0 || problem !== null) return text.library.unknown
  const length = entryTime({ ...playedFrames({ frames, range }), rate, times })
  return range === null ? (
    length
  ) : (
    <span className={c('trimmed')} title={text.playlists.trimmed(length)}>
      <Scissors size={12} aria-label={text.playlists.trimmed(length)} /> {length}
    </span>
  )
}
