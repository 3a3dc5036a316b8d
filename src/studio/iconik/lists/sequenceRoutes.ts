import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { where } from '../../sqlRows.ts'
import { versionOf } from '../assets/assetRows.ts'
import { type Call, created, done, ok } from '../call.ts'
import { twins } from '../change.ts'
import { checkObject } from '../collections/contentRows.ts'
import { body, integer, pageQuery, scrollQuery, sortQuery, text, uuid } from '../fields.ts'
import { IconikError } from '../iconikError.ts'
import { addJob } from '../jobs/jobRows.ts'
import { pageOf } from '../page.ts'
import { type Route, route } from '../route.ts'
import type { Item } from './itemRows.ts'
import { type Sequence, sequenceItems, sequences } from './sequenceRows.ts'

const all = '/v1/sequences/'
const one = `${all}{sequence_id}/` as const
const item = `${one}items/{item_id}/` as const

const sequenceOf = (call: Call): Sequence => sequences.get(call.rows, call.param('sequence_id'))
const itemOf = (call: Call): Item => sequenceItems.get(call.rows, sequenceOf(call).id, call.param('item_id'))

const shownItem = ({ id, object_id, object_type, position, version_id }: Item) => ({
  ...{ id, object_id, object_type, position },
  ...(version_id !== undefined && { version_id }),
})

export const sequenceRoutes: readonly Route[] = [
  route('assets.listSequences', 'GET', all, {
    roles: ['can_read_sequences'],
    query: { ...pageQuery, ...scrollQuery, ...sortQuery, status: z.string().optional() },
    handle: (call) => {
      const listing = {
        table: sequences.table,
        // Sequences have no status: all of them are active.
        conditions: call.query.status === undefined || call.query.status === 'ACTIVE' ? [] : [where('FALSE')],
        orders: { name: 'name', date_created: 'date_created', date_modified: 'date_modified' },
        byDefault: 'name ASC',
      }
      return ok(pageOf(call, listing, (rows) => rows.map((row) => sequences.parse(row))))
    },
  }),
  route('assets.createSequence', 'POST', all, {
    roles: ['can_create_sequences'],
    body: body({ name: text.min(1) }),
    handle: (call) => {
      const { viewer, date } = call
      const sequence = sequences.insert(call.rows, {
        ...{ id: randomUUID(), name: call.body.name, system_domain_id: viewer.systemDomainId },
        ...{ created_by_user: viewer.userId, date_created: date, date_modified: date },
      })
      return created(sequence, sequence.id)
    },
  }),
  route('assets.readSequence', 'GET', one, {
    roles: ['can_read_sequences'],
    handle: (call) => ok(sequenceOf(call), call.param('sequence_id')),
  }),
  ...twins('assets', 'Sequence', one, {
    roles: ['can_write_sequences'],
    body: body({ name: text.min(1) }),
    handle: (call) => {
      const sequence = sequenceOf(call)
      const { name = sequence.name } = call.body
      return ok(sequences.save(call.rows, { ...sequence, name, date_modified: call.date }), sequence.id)
    },
  }),
  route('assets.deleteSequence', 'DELETE', one, {
    roles: ['can_delete_sequences'],
    handle: (call) => {
      const { id } = sequenceOf(call)
      call.rows.transaction(() => {
        call.rows.run(
          "DELETE FROM iconik_playlist_item WHERE object_type = 'sequences' AND object_id = ?",
          id,
        )
        sequences.remove(call.rows, id)
      })
      return done(204, id)
    },
  }),
  route('assets.listSequenceItems', 'GET', `${one}items/`, {
    roles: ['can_read_sequences'],
    query: pageQuery,
    handle: (call) => {
      const listing = {
        table: 'iconik_sequence_item',
        conditions: [where('list_id = ?', sequenceOf(call).id)],
        byDefault: 'position ASC',
      }
      const show = (row: Parameters<typeof sequenceItems.documents.parse>[0]) =>
        shownItem(sequenceItems.documents.parse(row))
      // The service's file shows these rows without a page around them.
      return ok({ objects: pageOf(call, listing, (rows) => rows.map(show)).objects })
    },
  }),
  route('assets.addSequenceItem', 'POST', `${one}items/`, {
    roles: ['can_add_sequence_items'],
    body: body({
      object_id: uuid,
      object_type: z.enum(['assets', 'collections']),
      position: integer.optional(),
      version_id: uuid.optional(),
    }),
    handle: (call) => {
      const { rows } = call
      const { position, ...sent } = call.body
      checkObject(rows, sent.object_type, sent.object_id)
      if (sent.version_id !== undefined) {
        if (sent.object_type !== 'assets') throw IconikError.badRequest({ version_id: 'Is for assets only' })
        versionOf(rows, sent.object_id, sent.version_id)
      }
      const sequence = sequenceOf(call)
      const added = rows.transaction(() =>
        sequenceItems.add(rows, { id: randomUUID(), list_id: sequence.id, ...sent }, position),
      )
      return created(shownItem(added), added.id)
    },
  }),
  route('assets.moveSequenceItem', 'PUT', `${item}position/`, {
    roles: ['can_add_sequence_items'],
    body: body({ position: integer.optional() }),
    handle: (call) => {
      const { rows } = call
      const moved = rows.transaction(() => sequenceItems.move(rows, itemOf(call), call.body.position ?? -1))
      return created(shownItem(moved), moved.id)
    },
  }),
  route('assets.deleteSequenceItem', 'DELETE', item, {
    roles: ['can_delete_sequence_items'],
    handle: (call) => {
      call.rows.transaction(() => sequenceItems.remove(call.rows, itemOf(call)))
      return done(204, call.param('item_id'))
    },
  }),
  route('assets.reindexSequence', 'POST', `${one}reindex/`, {
    roles: ['can_reindex_sequences'],
    body: body({ sync_to_another_dc: z.boolean().optional() }),
    handle: (call) => {
      const { id, name } = sequenceOf(call)
      addJob(call, { type: 'REINDEX', title: `Reindex ${name}`, objectType: 'sequences', objectId: id })
      return done(201, id)
    },
  }),
]
