/**
 * Uses a compiled SQLite addon and lets the garbage collector take it apart, which is where a bad one ends the process.
 * Started with --expose-gc by the runtime in question: addonProof.mjs FOLDER-OF-BETTER-SQLITE3 ADDON
 */
import { createRequire } from 'node:module'

const [, , library = '', nativeBinding = ''] = process.argv
const Database = createRequire(import.meta.url)(library)

function use() {
  const database = new Database(':memory:', { nativeBinding })
  database.exec('create table clip (name text)')
  database.function('upper2', (/** @type {string} */ text) => text.toUpperCase())
  const insert = database.prepare('insert into clip values (?)')
  for (let index = 0; index < 200; index++) insert.run(`clip ${index}`)
  for (const row of database.prepare('select upper2(name) as name from clip').iterate()) {
    if (!row.name.startsWith('CLIP')) throw new Error('SQLite gave a wrong answer.')
  }
}

for (let round = 0; round < 5; round++) {
  use()
  globalThis.gc?.()
}
// Finalizers run after the collection, in a turn of their own.
setImmediate(() => globalThis.gc?.())
