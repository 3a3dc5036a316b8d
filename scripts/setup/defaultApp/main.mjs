/**
 * Starts the app whose folder is the first plain argument, as Electron's own default app does.
 * An ES module with a top-level await: Electron waits for it before it becomes ready.
 */
import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { app } from 'electron'

const given = process.argv.slice(1).find((argument) => !argument.startsWith('-'))
const folder = resolve(given ?? '.')
const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
// Electron's own default app uses these two calls; its published types leave them out.
const host =
  /** @type {typeof app & { setAppPath(path: string): void, setVersion(version: string): void }} */ (app)
host.setAppPath(folder)
host.setVersion(manifest.version)
app.setName(manifest.productName ?? manifest.name)
await import(pathToFileURL(resolve(folder, manifest.main)).href)
