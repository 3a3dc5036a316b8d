/** What package-lock.json must hold so that `npm ci` works on every platform and with every registry. */
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { z } from 'zod'

const packageSchema = z.object({
  version: z.string().optional(),
  resolved: z.string().optional(),
  integrity: z.string().optional(),
  os: z.array(z.string()).optional(),
  optionalDependencies: z.record(z.string(), z.string()).default({}),
})
const lock = z
  .object({ packages: z.record(z.string(), packageSchema) })
  .parse(JSON.parse(readFileSync('package-lock.json', 'utf8')))

/** Where Node would find `name` from the package at `path`: beside it, or further up. */
function find(path: string, name: string) {
  for (let folder = path; ; folder = folder.slice(0, Math.max(0, folder.lastIndexOf('node_modules/') - 1))) {
    const found = lock.packages[`${folder ? `${folder}/` : ''}node_modules/${name}`]
    if (found || folder === '') return found
  }
}

const optional = Object.entries(lock.packages).flatMap(([path, { optionalDependencies }]) =>
  Object.entries(optionalDependencies).map(([name, range]) => ({ path, name, range })),
)

test('every optional dependency has its entry, whatever platform the lock file was made on', () => {
  expect(optional.length).toBeGreaterThan(20)
  const missing = optional.filter(({ path, name, range }) => {
    const found = find(path, name)
    const isExact = /^\d/.test(range)
    return !found || (isExact && found.version !== range)
  })
  expect(missing).toEqual([])
})

test.each(['darwin', 'win32', 'linux'])(
  'the tools that bring a program per platform bring one for %s',
  (platform) => {
    const tools = ['@biomejs/biome', 'rolldown', 'typescript', 'lightningcss']
    const covered = tools.filter((tool) =>
      Object.keys(lock.packages[`node_modules/${tool}`]?.optionalDependencies ?? {}).some((name) =>
        find('', name)?.os?.includes(platform),
      ),
    )
    expect(covered).toEqual(tools)
  },
)

test('every package is pinned by its bytes and names no registry', () => {
  const others = Object.entries(lock.packages).filter(([path]) => path !== '')
  expect(others.filter(([, found]) => !found.integrity?.startsWith('sha512-')).map(([path]) => path)).toEqual(
    [],
  )
  expect(others.filter(([, found]) => found.resolved !== undefined).map(([path]) => path)).toEqual([])
})
