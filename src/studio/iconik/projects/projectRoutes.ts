import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { type Row, where } from '../../sqlRows.ts'
import { type Call, created, done, ok } from '../call.ts'
import { changed, twins } from '../change.ts'
import { addCollection, collections } from '../collections/collectionRows.ts'
import { body, flagOr, pageQuery, scrollQuery, sortQuery, text, uuid } from '../fields.ts'
import { IconikError } from '../iconikError.ts'
import { addJob } from '../jobs/jobRows.ts'
import { pageOf } from '../page.ts'
import { type Route, route } from '../route.ts'
import { findUser } from '../users/userRows.ts'
import { type Project, projects } from './projectRows.ts'

const all = '/v1/projects/'
const one = `${all}{project_id}/` as const
const member = `${one}members/{member_id}/` as const

const projectFields = {
  name: text.min(1),
  status: z.literal('ACTIVE').optional(),
  storage_id: uuid.nullish(),
}

const projectOf = (call: Call): Project => projects.get(call.rows, call.param('project_id'))

function shownMember(call: Call, row: Row) {
  return {
    ...{ id: String(row['user_id']), project_id: String(row['project_id']) },
    ...{ system_domain_id: call.viewer.systemDomainId, created_by_user: String(row['created_by_user']) },
    ...{ date_created: String(row['date_created']), date_modified: String(row['date_created']) },
  }
}

/** Fails with 404. */
function memberRow(call: Call, userId: string): Row {
  const sql = 'SELECT * FROM iconik_project_member WHERE project_id = ? AND user_id = ?'
  const row = call.rows.get(sql, projectOf(call).id, userId)
  if (row === undefined) throw IconikError.notFound('Project member')
  return row
}

export const projectRoutes: readonly Route[] = [
  route('assets.listProjects', 'GET', all, {
    roles: ['can_read_projects'],
    query: { ...pageQuery, ...scrollQuery, ...sortQuery, status: z.string().optional() },
    handle: (call) => {
      const { status } = call.query
      const listing = {
        table: projects.table,
        conditions: status === undefined ? [] : [where('status = ?', status)],
        orders: { name: 'name', date_created: 'date_created', date_modified: 'date_modified' },
        byDefault: 'name ASC',
      }
      return ok(pageOf(call, listing, (rows) => rows.map((row) => projects.parse(row))))
    },
  }),
  route('assets.createProject', 'POST', all, {
    roles: ['can_create_projects'],
    body: body({ ...projectFields, collection_id: uuid.optional(), collection_parent_id: uuid.optional() }),
    handle: (call) => {
      const { rows, viewer, date } = call
      const { collection_id, collection_parent_id, ...fields } = call.body
      if (collection_id !== undefined) collections.get(rows, collection_id)
      if (collection_parent_id !== undefined) collections.get(rows, collection_parent_id)
      const by = { created_by_user: viewer.userId, date_created: date }
      const project = rows.transaction(() => {
        const parent = { parent_id: collection_parent_id ?? null, storage_id: fields.storage_id ?? null }
        const adopted = collection_id ?? addCollection(rows, { title: fields.name, ...parent, ...by }).id
        return projects.insert(rows, {
          ...{ id: randomUUID(), ...fields, ...by, collection_id: adopted },
          ...{ system_domain_id: viewer.systemDomainId, date_modified: date },
        })
      })
      return created(project, project.id)
    },
  }),
  route('assets.readProject', 'GET', one, {
    roles: ['can_read_projects'],
    query: { include_users: flagOr(false) },
    handle: (call) => ok(projectOf(call), call.param('project_id')),
  }),
  ...twins('assets', 'Project', one, {
    roles: ['can_write_projects'],
    body: body({ ...projectFields, collection_id: uuid }),
    handle: (call, mode) => {
      const { collection_id } = call.body
      if (collection_id !== undefined) collections.get(call.rows, collection_id)
      const next = changed(
        changed(projectOf(call), ['collection_id'], call.body, 'merge'),
        ['name', 'status', 'storage_id'],
        call.body,
        mode,
      )
      return ok(projects.save(call.rows, { ...next, date_modified: call.date }), next.id)
    },
  }),
  route('assets.deleteProject', 'DELETE', one, {
    roles: ['can_delete_projects'],
    handle: (call) => {
      // Its collection stays.
      projects.remove(call.rows, call.param('project_id'))
      return done(202, call.param('project_id'))
    },
  }),
  route('assets.listProjectMembers', 'GET', `${one}members/`, {
    roles: ['can_read_projects'],
    handle: (call) => {
      const sql = 'SELECT * FROM iconik_project_member WHERE project_id = ? ORDER BY id'
      return ok({ objects: call.rows.all(sql, projectOf(call).id).map((row) => shownMember(call, row)) })
    },
  }),
  route('assets.addProjectMember', 'POST', `${one}members/`, {
    roles: ['can_add_project_members'],
    body: body({ id: uuid }),
    handle: (call) => {
      const { id } = call.body
      if (findUser(call.rows, id) === undefined) throw IconikError.badRequest({ id: 'Is no user' })
      call.rows.run(
        `INSERT OR IGNORE INTO iconik_project_member(project_id, user_id, created_by_user, date_created)
           VALUES (?, ?, ?, ?)`,
        ...[projectOf(call).id, id, call.viewer.userId, call.date],
      )
      return created(shownMember(call, memberRow(call, id)), id)
    },
  }),
  route('assets.readProjectMember', 'GET', member, {
    roles: ['can_read_projects'],
    handle: (call) => ok(shownMember(call, memberRow(call, call.param('member_id')))),
  }),
  route('assets.removeProjectMember', 'DELETE', member, {
    roles: ['can_delete_project_members'],
    handle: (call) => {
      const row = memberRow(call, call.param('member_id'))
      call.rows.run('DELETE FROM iconik_project_member WHERE id = ?', row['id'] ?? null)
      return done(204, call.param('member_id'))
    },
  }),
  route('assets.reindexProject', 'POST', `${one}reindex/`, {
    roles: ['can_reindex_projects'],
    body: body({ sync_to_another_dc: z.boolean().optional() }),
    handle: (call) => {
      const { id, name } = projectOf(call)
      addJob(call, { type: 'REINDEX', title: `Reindex ${name}`, objectType: 'projects', objectId: id })
      return done(201, id)
    },
  }),
]
