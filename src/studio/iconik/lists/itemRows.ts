import { z } from 'zod'
import { type SqlRows, where } from '../../sqlRows.ts'
import { Documents } from '../documents.ts'
import { IconikError } from '../iconikError.ts'

/** Items of playlists and of sequences: an object at a place, the first of a list at 0. */
const itemSchema = z.strictObject({
  id: z.string(),
  list_id: z.string(),
  position: z.number(),
  object_id: z.string(),
  object_type: z.enum(['assets', 'collections', 'sequences']),
  version_id: z.string().optional(),
  time_start_milliseconds: z.number().nullish(),
  time_end_milliseconds: z.number().nullish(),
})
export type Item = z.infer<typeof itemSchema>

export class Items {
  readonly documents: Documents<typeof itemSchema>

  constructor(table: 'iconik_playlist_item' | 'iconik_sequence_item', what: string) {
    this.documents = new Documents(table, what, itemSchema)
  }

  of(rows: SqlRows, listId: string): Item[] {
    return this.documents.all(rows, [where('list_id = ?', listId)], 'position')
  }

  /** Fails with 404, also for an item of another list. */
  get(rows: SqlRows, listId: string, id: string): Item {
    const item = this.documents.get(rows, id)
    if (item.list_id !== listId) throw IconikError.notFound('Item')
    return item
  }

  /** Adds an item at a place, or at the end. */
  add(rows: SqlRows, item: Omit<Item, 'position'>, position?: number): Item {
    const items = this.of(rows, item.list_id)
    const place = placeIn(items.length, position)
    const added = this.documents.insert(rows, { ...item, position: items.length })
    return place === items.length ? added : this.move(rows, added, place)
  }

  /** Takes an item to a place; past the end is the end. */
  move(rows: SqlRows, item: Item, position: number): Item {
    const others = this.of(rows, item.list_id).filter(({ id }) => id !== item.id)
    const place = placeIn(others.length, position)
    this.#number(rows, [...others.slice(0, place), item, ...others.slice(place)])
    return { ...item, position: place }
  }

  remove(rows: SqlRows, item: Item): void {
    this.documents.remove(rows, item.id)
    this.#number(rows, this.of(rows, item.list_id))
  }

  #number(rows: SqlRows, items: readonly Item[]): void {
    for (const [position, item] of items.entries()) {
      if (item.position !== position) this.documents.save(rows, { ...item, position })
    }
  }
}

const placeIn = (length: number, position: number | undefined): number =>
  position === undefined || position < 0 ? length : Math.min(position, length)
