/** When an install counts as done, and a build as up to date. */
import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { installStamp, isInstalled, isSameInstall } from '../../scripts/setup/dependencies.mjs'
import { sourceStamp } from '../../scripts/steps/build.mjs'

let root = ''
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'rushes-install-'))
})
afterEach(() => rmSync(root, { recursive: true, force: true }))

function write(path: string, text: string) {
  mkdirSync(join(root, path, '..'), { recursive: true })
  writeFileSync(join(root, path), text)
}

test('an install counts only with the stamp of this very lock file', () => {
  write('package-lock.json', '{"packages":{}}')
  expect(isInstalled(root)).toBe(false)
  write('node_modules/.rushes-installed', installStamp('{"packages":{}}'))
  expect(isInstalled(root)).toBe(true)
  write('package-lock.json', '{"packages":{"":{}}}')
  expect(isInstalled(root)).toBe(false)
})

test('an install made by hand is the same when all that is not optional is there at the locked version', () => {
  const lock = {
    packages: {
      '': {},
      'node_modules/a': { version: '1.0.0', integrity: 'x' },
      'node_modules/b': { version: '2.0.0', integrity: 'y', optional: true },
    },
  }
  const a = { 'node_modules/a': { version: '1.0.0', integrity: 'x' } }
  expect(isSameInstall(lock, { packages: a })).toBe(true)
  expect(isSameInstall(lock, { packages: {} })).toBe(false)
  expect(isSameInstall(lock, { packages: { 'node_modules/a': { version: '1.0.1', integrity: 'x' } } })).toBe(
    false,
  )
  const oldOptional = { 'node_modules/b': { version: '1.9.0', integrity: 'y' } }
  expect(isSameInstall(lock, { packages: { ...a, ...oldOptional } })).toBe(false)
})

test('the build stamp follows edits, renames and new files, but not tests', () => {
  for (const name of ['electron.vite.config.ts', 'package.json', 'package-lock.json', 'tsconfig.json'])
    write(name, '')
  write('src/main/index.ts', 'one')
  const first = sourceStamp(root)
  write('src/main/index.test.ts', 'a test')
  expect(sourceStamp(root)).toBe(first)
  write('src/main/index.ts', 'two')
  const edited = sourceStamp(root)
  expect(edited).not.toBe(first)
  write('src/main/more.ts', '')
  const grown = sourceStamp(root)
  expect(grown).not.toBe(edited)
  renameSync(join(root, 'src/main/more.ts'), join(root, 'src/main/other.ts'))
  expect(sourceStamp(root)).not.toBe(grown)
  rmSync(join(root, 'src/main/other.ts'))
  expect(sourceStamp(root)).toBe(edited)
})
