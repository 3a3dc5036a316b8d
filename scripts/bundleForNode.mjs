/** Builds sources of this project as they run under plain Node, for tests and benches that start processes of their own. */
import { mkdtempSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { build } from 'vite'

const root = fileURLToPath(new URL('..', import.meta.url))

/**
 * One `.mjs` file per entry, in a temporary folder that goes with this process.
 * @param {Readonly<Record<string, string>>} entries name to path below the project
 * @returns {Promise<(name: string) => string>} where the file of an entry is
 */
export async function bundleForNode(entries) {
  const folder = mkdtempSync(join(tmpdir(), 'rushes-bundle-'))
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }))
  const sqlite = createRequire(import.meta.url).resolve('better-sqlite3')
  const input = Object.fromEntries(Object.entries(entries).map(([name, path]) => [name, join(root, path)]))
  await build({
    root,
    configFile: false,
    logLevel: 'error',
    ssr: { noExternal: true },
    build: {
      ssr: true,
      outDir: folder,
      emptyOutDir: false,
      target: 'node20',
      minify: false,
      rolldownOptions: {
        input,
        external: ['better-sqlite3'],
        output: {
          entryFileNames: '[name].mjs',
          // The bundle lies outside of the project, where the bare name would not be found.
          paths: { 'better-sqlite3': pathToFileURL(sqlite).href },
        },
      },
    },
  })
  return (name) => join(folder, `${name}.mjs`)
}
