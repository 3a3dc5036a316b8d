/** The GitHub workflow, read by actionlint. */
import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { beforeAll, expect, test } from 'vitest'

const version = '1.7.12'
const tools = process.env['RUSHES_TOOLS'] ?? ''
const folder = join(tools, `actionlint-${version}`)
const actionlint = join(folder, 'actionlint')
const run = promisify(execFile)

beforeAll(async () => {
  if (!tools) throw new Error('Start this test with npm run test:integration.')
  if (existsSync(actionlint)) return
  const name = `github.com/rhysd/actionlint/cmd/actionlint@v${version}`
  await run('go', ['install', name], { env: { ...process.env, GOBIN: folder } })
})

test('actionlint has nothing to say about the workflow', async () => {
  const { stdout } = await run(actionlint, ['-version'])
  process.stdout.write(`actionlint ${stdout.split('\n')[0]}\n`)
  const checked = await run(actionlint, ['-no-color', '.github/workflows/ci.yml']).catch(
    (error: { stdout: string }) => error,
  )
  expect(checked.stdout).toBe('')
})
