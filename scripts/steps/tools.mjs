/** The command-line tools of node_modules, started by this Node without a shell. */
import { join } from 'node:path'
import { checkout } from '../setup/paths.mjs'

const entries = {
  biome: '@biomejs/biome/bin/biome',
  'electron-builder': 'electron-builder/cli.js',
  'electron-vite': 'electron-vite/bin/electron-vite.js',
  playwright: '@playwright/test/cli.js',
  tsc: 'typescript/bin/tsc',
  vitest: 'vitest/vitest.mjs',
}

/** @param {keyof typeof entries} name @returns {string} its JavaScript entry */
export function tool(name) {
  return join(checkout, 'node_modules', ...entries[name].split('/'))
}
