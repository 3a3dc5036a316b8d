import type { PeoplePower } from '../powers.ts'
import { calls } from './calls/index.ts'
import { nameOf } from './mappingShared.ts'
import { orElse } from './paging.ts'
import type { Session } from './session.ts'
import type { User } from './wireUsers.ts'
import { groupsSchema, usersSchema } from './wireUsers.ts'

const mostFound = 50
/** The service's own bound on a page of people. */
const perPage = 100
const mostKnown = 5000

/** People and groups of the service by what is typed of their names. */
export function createPeople({ call }: Session): PeoplePower {
  return {
    async find(text, signal) {
      const typed = text
        .trim()
        .replace(/[*?\\]/g, ' ')
        .trim()
      const query = { per_page: mostFound, ...(typed === '' ? {} : { query: `*${typed}*` }) }
      const [people, groups] = await Promise.all([
        call(calls['users.listPeople'], { query, answer: usersSchema }, signal),
        orElse(() => call(calls['users.listGroupNames'], { query, answer: groupsSchema }, signal), undefined),
      ])
      return {
        people: people.objects.filter(isActive).map((user) => ({
          key: user.id,
          name: nameOf(user) ?? user.id,
          email: user.email,
        })),
        groups: (groups?.objects ?? []).map(({ id, name }) => ({ key: id, name })),
      }
    },
  }
}

const isActive = ({ status }: User) => status === null || status === 'ACTIVE'

/** Names of people and groups by their ids, for answers that tell the ids only. Unknown ones are missing in the answer. */
export interface Names {
  people(ids: readonly (string | null)[], signal: AbortSignal): Promise<ReadonlyMap<string, NamedPerson>>
  groups(ids: readonly string[], signal: AbortSignal): Promise<ReadonlyMap<string, string>>
}
export interface NamedPerson {
  readonly name: string
  readonly email: string | null
}

export function createNames({ call, share }: Session): Names {
  const known = new Map<string, NamedPerson>()
  return {
    async people(ids, signal) {
      if (known.size > mostKnown) known.clear()
      const wanted = [...new Set(ids)].filter((id): id is string => id !== null && !known.has(id))
      // Guests are not told who works there.
      for (let at = 0; share === null && at < wanted.length; at += perPage) {
        const some = wanted.slice(at, at + perPage).join(',')
        const query = { ids: some, per_page: perPage }
        const found = await orElse(
          () => call(calls['users.listPeople'], { query, answer: usersSchema }, signal),
          undefined,
        )
        for (const user of found?.objects ?? [])
          known.set(user.id, { name: nameOf(user) ?? user.id, email: user.email })
      }
      return known
    },
    async groups(ids, signal) {
      if (ids.length === 0 || share !== null) return new Map()
      const query = { ids: ids.join(','), per_page: perPage }
      const found = await orElse(
        () => call(calls['users.listGroupNames'], { query, answer: groupsSchema }, signal),
        undefined,
      )
      return new Map((found?.objects ?? []).map(({ id, name }) => [id, name]))
    },
  }
}
