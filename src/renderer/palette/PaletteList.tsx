import { Command } from 'cmdk'
import { Building2, ChevronRight, Clapperboard, Folder } from 'lucide-react'
import { type ReactNode, useEffect } from 'react'
import { type ActionEntry, type ActionId, actions, keysOf } from '../../shared/actions.ts'
import { formatClipFrame, formatFrameNumber, parseClipFrame } from '../../shared/clipTiming.ts'
import { ClipPicture, isFromService } from '../library/ClipPicture.tsx'
import { KindPicture } from '../library/KindPicture.tsx'
import { player } from '../review/playerControl.ts'
import { applies, runAction } from '../shell/actionRunner.ts'
import { useApp } from '../shell/appStore.ts'
import { closePalette } from '../shell/overlayStore.ts'
import { go } from '../shell/routeStore.ts'
import { pathOf, usePlaces } from '../sidebar/placeStore.ts'
import { text } from '../text/text.ts'
import { classesOf } from '../ui/classes.ts'
import { Keys } from '../ui/Keys.tsx'
import { fitOf, guessesOf, marked, searchPlace } from './matching.ts'
import css from './Palette.module.css'
import { SearchItems, searchValue } from './SearchItems.tsx'
import { useFound } from './useFound.ts'

const c = classesOf(css)
const ids = Object.keys(actions) as ActionId[]
/** What suits what is chosen comes first. */
const placeOrder = {
  selection: 0,
  playing: 0,
  playlist: 0,
  player: 0,
  transfers: 1,
  library: 2,
  always: 3,
} as const

function actionsFor(typed: string, most: number): ActionId[] {
  return ids
    .filter((id) => id !== 'app.palette' && applies(id))
    .map((id) => ({ id, fit: fitOf(actions[id].words, typed) }))
    .filter((each) => each.fit !== undefined)
    .sort(
      (a, b) =>
        (a.fit ?? 0) - (b.fit ?? 0) || placeOrder[actions[a.id].when] - placeOrder[actions[b.id].when],
    )
    .slice(0, most)
    .map((each) => each.id)
}

const nearest = (typed: string) =>
  guessesOf(
    ids
      .filter((id) => id !== 'app.palette' && applies(id))
      .map((id) => ({ id, ...(actions[id] as ActionEntry) })),
    typed,
    2,
  )

interface PaletteListProps {
  readonly typed: string
  readonly value: string
  /** The list is another and no longer holds what was marked: this is its first. */
  readonly onFirst: (value: string) => void
}

export function PaletteList({ typed, value, onFirst }: PaletteListProps) {
  const isTimecode = typed.startsWith('#') && player() !== null
  const isActionsOnly = typed.startsWith('>')
  const wanted = isActionsOnly ? typed.slice(1).trim() : typed.trim()
  const found = useFound(isActionsOnly || isTimecode ? '' : wanted)
  const fitting = actionsFor(wanted, isActionsOnly ? 60 : wanted === '' ? 8 : 6)
  const names = [...found.places, ...found.assets]
  // Until then it is not known whether there is anything.
  const isAnswered = isActionsOnly || found.to === wanted
  const isNothing = isAnswered && fitting.length + names.length === 0
  const near = isNothing ? nearest(wanted) : []
  const able = useApp((app) => app.connections).filter(
    ({ powers, state }) => powers.includes('search') && state === 'online',
  )
  const known = { actions: fitting.length, names: names.length }
  const place = isAnswered && !isActionsOnly ? searchPlace(wanted, known) : 'none'
  const searches = place === 'none' ? [] : able.map(({ id }) => searchValue(id))
  const values = isTimecode
    ? ['timecode']
    : [
        ...(place === 'first' ? searches : []),
        ...[...near, ...fitting, ...names.map((each) => each.id)],
        ...(place === 'last' ? searches : []),
      ]
  const first = values[0] ?? ''
  const isMarked = values.includes(value)
  useEffect(() => {
    if (!isMarked) onFirst(first)
  }, [isMarked, first, onFirst])
  // What was typed is another: the best of the new list, not what happens to be still in it.
  // biome-ignore lint/correctness/useExhaustiveDependencies: only a change of the text means it
  useEffect(() => onFirst(first), [typed, onFirst])
  if (isTimecode)
    return (
      <Command.List className={c('list')}>
        <TimecodeItem typed={typed.slice(1)} />
      </Command.List>
    )
  return (
    <Command.List className={c('list')}>
      {isNothing ? (
        <>
          <p className={c('none')}>{text.palette.nothing(wanted)}</p>
          {place === 'first' ? <SearchItems services={able} typed={wanted} /> : null}
          <ActionItems heading={text.palette.nearest} ids={near} typed="" />
        </>
      ) : null}
      <ActionItems heading={text.palette.actions} ids={fitting} typed={wanted} />
      {found.places.length > 0 ? <PlaceItems places={found.places} typed={wanted} /> : null}
      {found.assets.length > 0 ? <AssetItems assets={found.assets} typed={wanted} /> : null}
      {place === 'last' ? <SearchItems services={able} typed={wanted} /> : null}
    </Command.List>
  )
}

function Marked({ words, typed }: { readonly words: string; readonly typed: string }): ReactNode {
  return marked(words, typed).map(([piece, isMatch], index) =>
    // biome-ignore lint/suspicious/noArrayIndexKey: pieces of one text have no other name
    isMatch ? <b key={index}>{piece}</b> : <span key={index}>{piece}</span>,
  )
}

interface ActionItemsProps {
  readonly heading: string
  readonly ids: readonly ActionId[]
  readonly typed: string
}

function ActionItems({ heading, ids: shown, typed }: ActionItemsProps) {
  const shortcuts = useApp((app) => app.settings.shortcuts)
  if (shown.length === 0) return null
  return (
    <Command.Group heading={heading}>
      {shown.map((id) => {
        const [keys] = keysOf(id, shortcuts)
        return (
          <Command.Item
            key={id}
            value={id}
            className={c('item')}
            onSelect={() => {
              closePalette()
              // After the palette has given the focus back: actions look at where the keyboard is.
              requestAnimationFrame(() => runAction(id))
            }}
          >
            <span className={c('icon')}>
              <ChevronRight size={15} aria-hidden="true" />
            </span>
            <span className={c('words')}>
              <Marked words={actions[id].words} typed={typed} />
              <span className={c('context')}>{actions[id].group}</span>
            </span>
            {keys === undefined ? null : (
              <span className={c('keys')}>
                <Keys text={keys} />
              </span>
            )}
          </Command.Item>
        )
      })}
    </Command.Group>
  )
}

type Found = ReturnType<typeof useFound>

function PlaceItems({ places, typed }: { readonly typed: string; readonly places: Found['places'] }) {
  const byId = usePlaces((known) => known.byId)
  const connections = useApp((app) => app.connections)
  return (
    <Command.Group heading={text.palette.places}>
      {places.map((place) => (
        <Command.Item
          key={place.id}
          value={place.id}
          className={c('item')}
          onSelect={() => {
            closePalette()
            go({ screen: 'library', placeId: place.id })
          }}
        >
          <span className={c('icon')}>
            {place.kind === 'workspace' ? <Building2 size={15} /> : null}
            {place.kind === 'production' ? <Clapperboard size={15} /> : null}
            {place.kind === 'folder' ? <Folder size={15} /> : null}
          </span>
          <span className={c('words')}>
            <Marked words={place.name} typed={typed} />
            <span className={c('context')}>
              {[
                text.palette.kinds[place.kind],
                connections.find((each) => each.id === place.connectionId)?.name,
                ...pathOf(byId, place.parentId).map((above) => above.name),
              ]
                .filter(Boolean)
                .join(' / ')}
            </span>
          </span>
        </Command.Item>
      ))}
    </Command.Group>
  )
}

function AssetItems({ assets, typed }: { readonly typed: string; readonly assets: Found['assets'] }) {
  const byId = usePlaces((known) => known.byId)
  return (
    <Command.Group heading={text.palette.assets}>
      {assets.map((asset) => {
        return (
          <Command.Item
            key={asset.id}
            value={asset.id}
            className={c('item')}
            onSelect={() => {
              closePalette()
              go({ screen: 'review', assetId: asset.id })
            }}
          >
            <span className={c('picture')}>
              {isFromService(asset.thumbnailKey) ? null : <KindPicture kind={asset.kind} size={12} />}
              {/* Found ones fly by with every letter. */}
              <ClipPicture clip={asset} isMade={false} />
            </span>
            <span className={c('words')}>
              <Marked words={asset.name} typed={typed} />
              <span className={c('context')}>{byId[asset.placeId]?.name ?? ''}</span>
            </span>
            <span className={c('tag')}>{text.library.version(asset.versionCount)}</span>
          </Command.Item>
        )
      })}
    </Command.Group>
  )
}

function TimecodeItem({ typed }: { readonly typed: string }) {
  const shown = player()
  if (shown === null) return null
  const parsed = parseClipFrame(typed, shown.timing, shown.frame())
  if (!parsed.ok) return <p className={c('none')}>{text.room.timecodeProblems[parsed.problem]}</p>
  return (
    <Command.Group heading={text.palette.timecode}>
      <Command.Item
        value="timecode"
        className={c('item')}
        onSelect={() => {
          closePalette()
          shown.seek(parsed.value)
        }}
      >
        <span className={c('icon')}>
          <ChevronRight size={15} aria-hidden="true" />
        </span>
        <span className={c('words')}>
          {text.palette.goTo(formatClipFrame(parsed.value, shown.timing))}
          <span className={c('context')}>
            {text.room.frameWord} {formatFrameNumber(parsed.value, shown.timing)}
          </span>
        </span>
      </Command.Item>
    </Command.Group>
  )
}
