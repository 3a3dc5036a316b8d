import { lstat } from 'node:fs/promises'
import { isAbsolute } from 'node:path'
import { ulid } from 'ulid'
import { AppError } from '../../shared/errors.ts'
import type { GrantId } from '../../shared/ids.ts'
import { grantIdSchema } from '../../shared/ids.ts'

/** Far more than anyone drags at once; a page gone wild is stopped here. */
const mostGrants = 200_000

/** Paths the user dropped or chose, by id. They live in memory for this run; the page holds only ids. */
export interface Grants {
  /** Fails with `source.missing` for something that is not there, `request.invalid` for something that is no path of this computer. */
  add(path: string): Promise<GrantId>
  /** Fails with `thing.notFound` for an id that was never given out. */
  pathsOf(ids: readonly GrantId[]): string[]
}

export function createGrants(): Grants {
  const paths = new Map<GrantId, string>()
  return {
    async add(path) {
      if (!isAbsolute(path) || path.includes('\0')) throw new AppError('request.invalid', { call: 'grant' })
      if (paths.size >= mostGrants)
        throw new AppError('request.invalid', { call: 'grant', reason: 'tooMany' })
      try {
        await lstat(path)
      } catch (error) {
        throw new AppError('source.missing', {}, error)
      }
      const id = grantIdSchema.parse(ulid())
      paths.set(id, path)
      return id
    },
    pathsOf(ids) {
      return ids.map((id) => {
        const path = paths.get(id)
        if (path === undefined) throw new AppError('thing.notFound', { thing: 'file' })
        return path
      })
    },
  }
}
