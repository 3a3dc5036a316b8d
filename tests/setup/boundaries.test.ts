/** Lint turns red when a folder imports what it must not know. */
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, relative, resolve } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'

const forbidden: readonly [file: string, imported: string][] = [
  ['src/shared/a.ts', 'node:fs'],
  ['src/shared/a.ts', 'electron'],
  ['src/shared/a.ts', 'react'],
  ['src/shared/a.ts', '@aws-sdk/client-s3'],
  ['src/shared/a.ts', '../main/compose.ts'],
  ['src/main/library/a.ts', 'electron'],
  ['src/main/compose.ts', 'electron'],
  ['src/main/a.ts', '../renderer/bridge.ts'],
  ['src/main/index.ts', 'react'],
  ['src/main/store/a.ts', '../ipc/router.ts'],
  ['src/main/library/a.ts', 'better-sqlite3'],
  ['src/main/transfers/a.ts', 'electron'],
  ['src/main/transfers/a.ts', '../connectors/candidio/client.ts'],
  ['src/main/connectors/kitsu/a.ts', 'electron'],
  ['src/main/connectors/kitsu/a.ts', '../../store/database.ts'],
  ['src/studio/a.ts', 'electron'],
  ['src/studio/a.ts', '../main/transfers/partPlan.ts'],
  ['src/preload/a.ts', 'node:fs'],
  ['src/preload/a.ts', 'zod'],
  ['src/renderer/a.tsx', 'electron'],
  ['src/renderer/a.tsx', 'node:path'],
  ['src/renderer/a.tsx', '../main/compose.ts'],
  ['src/renderer/queue/a.tsx', '../../preload/index.ts'],
]
const allowed: readonly [file: string, imported: string][] = [
  ['src/shared/a.ts', 'zod'],
  ['src/shared/a.ts', './transfer.ts'],
  ['src/main/index.ts', 'electron'],
  ['src/main/ipc/router.ts', 'electron'],
  ['src/main/store/database.ts', 'better-sqlite3'],
  ['src/main/transfers/a.ts', 'node:fs'],
  ['src/main/transfers/a.ts', '../store/transferStore.ts'],
  ['src/main/connectors/kitsu/a.ts', '../../../shared/place.ts'],
  ['src/studio/a.ts', 'hono'],
  ['src/studio/a.ts', '../shared/place.ts'],
  ['src/preload/a.ts', 'electron'],
  ['src/preload/a.ts', '../shared/contract.ts'],
  ['src/renderer/a.tsx', 'react'],
  ['src/renderer/a.tsx', '../shared/contract.ts'],
]

let root = ''
let refused: readonly string[] = []

/** One run for all: a line per import, and what lint says to each line. */
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'rushes-lint-'))
  const config = readFileSync('biome.json', 'utf8')
  writeFileSync(join(root, 'biome.json'), config.replace('./node_modules', resolve('node_modules')))
  const files = new Map<string, (readonly [string, string])[]>()
  for (const row of [...forbidden, ...allowed]) files.set(row[0], [...(files.get(row[0]) ?? []), row])
  for (const [file, imports] of files) {
    mkdirSync(dirname(join(root, file)), { recursive: true })
    const lines = imports.map(([, imported], index) => `import it${index} from '${imported}'\n`)
    writeFileSync(join(root, file), lines.join(''))
  }
  const biome = resolve('node_modules/@biomejs/biome/bin/biome')
  const args = [
    biome,
    'lint',
    '--only=style/noRestrictedImports',
    '--reporter=github',
    '--max-diagnostics=none',
  ]
  const { stdout } = spawnSync(process.execPath, args, { cwd: root, encoding: 'utf8' })
  const found = [...stdout.matchAll(/^::error .*file=([^,]+),line=(\d+),/gm)]
  refused = found.map(([, path = '', line]) => {
    const file = relative(realpathSync(root), path).replaceAll('\\', '/')
    return `${file} ${files.get(file)?.[Number(line) - 1]?.[1]}`
  })
})
afterAll(() => rmSync(root, { recursive: true, force: true }))

test.each(forbidden)('%s must not import %s', (file, imported) => {
  expect(refused).toContain(`${file} ${imported}`)
})

test.each(allowed)('%s may import %s', (file, imported) => {
  expect(refused).not.toContain(`${file} ${imported}`)
})
