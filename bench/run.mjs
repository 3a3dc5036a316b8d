/** Bundles one bench of this folder for Node and runs it: `node bench/run.mjs uploadEngine [arguments]`. */
import { spawn } from 'node:child_process'
import { bundleForNode } from '../scripts/bundleForNode.mjs'
import { readSetup } from '../scripts/setup.mjs'

const [, , name, ...rest] = process.argv
if (name === undefined || !/^\w+$/.test(name)) throw new Error('name one of the benches in bench/')

const fileOf = await bundleForNode({ bench: `bench/${name}.ts`, drain: 'bench/drainServer.ts' })
const child = spawn(process.execPath, ['--expose-gc', fileOf('bench'), ...rest], {
  stdio: 'inherit',
  env: { ...process.env, ...readSetup()?.nodeEnv },
})
child.once('exit', (code) => process.exit(code ?? 1))
