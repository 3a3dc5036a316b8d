import type { PlaylistPower } from '../../src/main/connectors/powers.ts'
import type {
  RemoteAsset,
  RemoteEntry,
  RemoteEntryDraft,
  RemotePlaylist,
  RemotePlaylistWhole,
} from '../../src/main/connectors/remote.ts'
import { AppError } from '../../src/shared/errors.ts'
import { remoteAsset } from './libraryBench.ts'

/** A service's playlists in memory. The assets in them are named as in `remoteAsset`; `gone` ones are told as such. */
export class FakePlaylists implements PlaylistPower {
  readonly holds = { ranges: true, newest: true }
  may: PlaylistPower['may'] = ['create', 'rename', 'add', 'move', 'change', 'takeOut', 'remove']
  readonly lists = new Map<string, { name: string; changedAt: number; entries: RemoteEntry[] }>()
  readonly gone = new Set<string>()
  readonly asked: string[] = []
  /** Refuses whatever is asked, or what `refused` matches. */
  failure: AppError | undefined
  refused = /^/
  /** Answers wait for it. */
  hold: Promise<void> = Promise.resolve()
  #next = 0

  put(remoteId: string, name: string, ...assets: readonly string[]): void {
    const entries = assets.map((each) => this.#entry({ asset: { remoteId: each, place: null }, ...all }))
    this.lists.set(remoteId, { name, changedAt: this.lists.size + 1, entries })
  }

  list = () =>
    this.#answer('list', () => [...this.lists.keys()].map((id): RemotePlaylist => this.#listed(id)))
  read = (id: string) => this.#answer(`read ${id}`, () => this.#whole(id))
  create = (name: string, entries: readonly RemoteEntryDraft[]) =>
    this.#answer(`create ${name}`, () => {
      this.put(`list ${name}`, name)
      this.#add(`list ${name}`, entries)
      return `list ${name}`
    })
  rename = (id: string, name: string) =>
    this.#answer(`rename ${id}`, () => {
      this.#of(id).name = name
    })
  remove = (id: string) => this.#answer(`remove ${id}`, () => void this.lists.delete(id))
  add = (id: string, entries: readonly RemoteEntryDraft[]) =>
    this.#answer(`add ${id} ${entries.map(({ asset }) => asset.remoteId)}`, () => this.#add(id, entries))
  move = (id: string, moved: readonly string[], before: string | null) =>
    this.#answer(`move ${id}`, () => {
      const list = this.#of(id)
      const rest = list.entries.filter(({ remoteId }) => !moved.includes(remoteId))
      const at = before === null ? rest.length : rest.findIndex(({ remoteId }) => remoteId === before)
      const taken = moved.flatMap((each) => list.entries.find(({ remoteId }) => remoteId === each) ?? [])
      list.entries = [...rest.slice(0, at), ...taken, ...rest.slice(at)]
    })
  change = (id: string, entryId: string, draft: RemoteEntryDraft) =>
    this.#answer(`change ${id}`, () => {
      const list = this.#of(id)
      list.entries = list.entries.map((entry) =>
        entry.remoteId === entryId ? { ...this.#entry(draft), remoteId: entryId } : entry,
      )
    })
  takeOut = (id: string, entryIds: readonly string[]) =>
    this.#answer(`takeOut ${id}`, () => {
      const list = this.#of(id)
      list.entries = list.entries.filter(({ remoteId }) => !entryIds.includes(remoteId))
    })

  async #answer<T>(asked: string, act: () => T): Promise<T> {
    this.asked.push(asked)
    const { failure, hold } = this
    if (failure === undefined || !this.refused.test(asked)) {
      const answer = act()
      await hold
      return answer
    }
    await hold
    throw failure
  }
  #of(id: string) {
    const list = this.lists.get(id)
    if (list === undefined) throw new AppError('remote.notFound')
    return list
  }
  #add(id: string, drafts: readonly RemoteEntryDraft[]): string[] {
    const added = drafts.map((draft) => this.#entry(draft))
    this.#of(id).entries.push(...added)
    return added.map(({ remoteId }) => remoteId)
  }
  #entry({ asset: { remoteId }, versionRemoteId, span, isSequence }: RemoteEntryDraft): RemoteEntry {
    this.#next += 1
    const shown = { assetRemoteId: remoteId, versionRemoteId, span, name: `${remoteId}.mov` }
    return { remoteId: `item ${this.#next}`, ...shown, problem: isSequence === true ? 'sequence' : null }
  }
  #listed(remoteId: string): RemotePlaylist {
    const { name, changedAt, entries } = this.#of(remoteId)
    return { remoteId, name, changedAt, entryCount: entries.length }
  }
  #whole(remoteId: string): RemotePlaylistWhole {
    const entries = this.#of(remoteId).entries.map(
      (entry): RemoteEntry => (this.gone.has(entry.assetRemoteId) ? { ...entry, problem: 'asset' } : entry),
    )
    const there = new Set(entries.flatMap((entry) => (entry.problem === null ? [entry.assetRemoteId] : [])))
    return {
      ...this.#listed(remoteId),
      entries,
      assets: [...there].map((id): RemoteAsset => remoteAsset(id)),
    }
  }
}

const all = { versionRemoteId: null, span: null }
