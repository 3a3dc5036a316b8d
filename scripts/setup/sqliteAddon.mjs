/**
 * The SQLite addon. better-sqlite3 brings builds for Node-API 10; loading them into an older runtime ends the
 * process without a word, so for those its own source is compiled once into the cache.
 */
import { existsSync, readFileSync } from 'node:fs'
import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { cacheEntry } from './cacheEntry.mjs'
import { lastLines, run } from './command.mjs'
import { SetupProblem, timed } from './say.mjs'

/** The Node-API version the stock builds were made for, and the one of the runtimes that need a build of their own. */
const stockNapi = 10
const compiledNapi = 9

/** Raise when the compilation below changes, so that nobody keeps an older addon. */
const recipe = 2

const compileMs = 10 * 60_000

/** @param {number} napi of the runtime that will load the addon */
export function needsCompiledAddon(napi) {
  return napi < stockNapi
}

/** @param {string} root @param {string} cache */
function placeIn(root, cache) {
  const library = join(root, 'node_modules', 'better-sqlite3')
  const { version } = JSON.parse(readFileSync(join(library, 'package.json'), 'utf8'))
  const key = `better-sqlite3-${version}-napi${compiledNapi}-${process.platform}-${process.arch}-${recipe}`
  return { library, key, file: join(cache, key, 'better_sqlite3.node') }
}

/** @param {string} root @param {string} cache @returns {string | undefined} the addon compiled earlier */
export function presentAddon(root, cache) {
  const { file } = placeIn(root, cache)
  return existsSync(file) ? file : undefined
}

/** @param {string} gypi better-sqlite3's list of compiler defines @returns {string[]} as compiler arguments */
export function definesFrom(gypi) {
  return [...gypi.matchAll(/'([A-Z][A-Z0-9_]*(?:=-?\w+)?)'/g)].map((match) => `-D${match[1]}`)
}

/** @param {string} program @param {string[]} args @param {string} folder */
async function compile(program, args, folder) {
  const outcome = await run(program, args, { cwd: folder, timeoutMs: compileMs })
  if (outcome.code !== 0) throw new Error(`${program} ${args.join(' ')}\n${lastLines(outcome, 30)}`)
}

/** @param {string} root @param {string} folder receives better_sqlite3.node */
async function build(root, folder) {
  const modules = join(root, 'node_modules')
  const source = join(modules, 'better-sqlite3')
  const sqlite = join(source, 'deps', 'sqlite3')
  const defines = definesFrom(await readFile(join(source, 'deps', 'defines.gypi'), 'utf8'))
  const includes = [
    ...[join(modules, 'node-api-headers', 'include'), join(modules, 'node-addon-api')],
    ...[sqlite, join(source, 'src')],
  ].map((path) => `-I${path}`)
  const common = ['-O2', '-fPIC', ...defines, ...includes]
  const addonFlags = [
    ...['-std=c++20', '-fvisibility=hidden', '-DBUILDING_NODE_EXTENSION'],
    ...[
      `-DNAPI_VERSION=${compiledNapi}`,
      '-include',
      fileURLToPath(new URL('./referenceShim.h', import.meta.url)),
    ],
    ...['-DNAPI_DISABLE_CPP_EXCEPTIONS', '-DNODE_API_SWALLOW_UNTHROWABLE_EXCEPTIONS'],
  ]
  const addonSource = join(source, 'src', 'better_sqlite3.cpp')
  await Promise.all([
    compile('gcc', [...common, '-c', join(sqlite, 'sqlite3.c'), '-o', 'sqlite3.o'], folder),
    compile('g++', [...common, ...addonFlags, '-c', addonSource, '-o', 'addon.o'], folder),
  ])
  const link = ['-shared', 'addon.o', 'sqlite3.o', '-Wl,-Bsymbolic', '-Wl,--exclude-libs,ALL']
  await compile('g++', [...link, '-o', 'better_sqlite3.node'], folder)
  await Promise.all([rm(join(folder, 'sqlite3.o')), rm(join(folder, 'addon.o'))])
}

/**
 * In a process of its own: a bad addon crashes.
 * @param {string} library
 * @param {string} file
 * @param {string} runtime a Node, or an Electron started as one
 */
async function prove(library, file, runtime) {
  const script = fileURLToPath(new URL('./addonProof.mjs', import.meta.url))
  const env = { ...process.env, ELECTRON_RUN_AS_NODE: '1' }
  const outcome = await run(runtime, ['--expose-gc', script, library, file], { env, timeoutMs: 60_000 })
  if (outcome.code !== 0) {
    throw new Error(`The compiled SQLite addon does not work in ${runtime}.\n${lastLines(outcome, 30)}`)
  }
}

/**
 * @param {string} root
 * @param {string} cache
 * @param {readonly string[]} runtimes the programs that will load it
 * @returns {Promise<string>} the addon's file
 */
export async function provideAddon(root, cache, runtimes) {
  const { library, key, file } = placeIn(root, cache)
  if (existsSync(file)) return file
  if (process.platform !== 'linux') {
    throw new SetupProblem(
      `Node ${process.versions.node} is too old for the SQLite addon here. Use Node 22.14 or newer.`,
    )
  }
  await cacheEntry(cache, key, (folder) =>
    timed('Compiling the SQLite addon for this older Node (once; most of a minute)', async () => {
      await build(root, folder)
      for (const runtime of runtimes) await prove(library, join(folder, 'better_sqlite3.node'), runtime)
    }),
  )
  return file
}
