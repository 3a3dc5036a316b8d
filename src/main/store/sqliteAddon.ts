import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { AppError } from '../../shared/errors.ts'

const stockNodeApi = 10
const isPackaged = import.meta.url.includes('/app.asar/')

/**
 * The addon file better-sqlite3 is to load; undefined means its own. Fails with `internal.bug` instead of letting its own
 * be loaded below Node-API 10: there it ends the process without a word.
 */
export function sqliteAddon(): string | undefined {
  // The packaged app takes no native code from its environment.
  const given = isPackaged ? undefined : process.env['RUSHES_SQLITE_ADDON']
  if (given !== undefined && given !== '') return given
  const resources: unknown = Reflect.get(process, 'resourcesPath')
  if (typeof resources === 'string') {
    const packaged = join(resources, 'better_sqlite3.node')
    if (existsSync(packaged)) return packaged
  }
  const nodeApi = Number(process.versions['napi'] ?? 0)
  if (nodeApi >= stockNodeApi) return undefined
  throw new AppError(
    'internal.bug',
    { nodeApi },
    new Error(
      `The database addon needs Node-API ${stockNodeApi}; this runtime has ${nodeApi}. Run "npm run setup", which compiles one that fits, or name it in RUSHES_SQLITE_ADDON.`,
    ),
  )
}
