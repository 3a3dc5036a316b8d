/** How src/ becomes out/: main, transfer host and studio as ES modules, one CommonJS preload, one page. */

import { createRequire } from 'node:module'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'electron-vite'

/** MediaInfo as built for Node: the bundler would take the one for browsers, which fetches its WebAssembly by URL. */
const mediaInfoForNode = createRequire(import.meta.url)
  .resolve('mediainfo.js')
  .replace(/cjs\/index\.cjs$/, 'esm/index.js')

/** The oldest runtime the build must run in is the one of the registry build: Electron 33. */
const nodeTarget = 'node20.18'
const pageTarget = 'chrome130'

export default defineConfig({
  main: {
    resolve: { alias: [{ find: /^mediainfo\.js$/, replacement: mediaInfoForNode }] },
    build: {
      target: nodeTarget,
      outDir: 'out/main',
      sourcemap: true,
      // Only better-sqlite3, the one runtime dependency, stays outside: everything else is bundled.
      externalizeDeps: true,
      rolldownOptions: {
        input: {
          index: 'src/main/index.ts',
          transferHost: 'src/main/transferHost.ts',
          studio: 'src/studio/main.ts',
        },
        output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' },
      },
    },
  },
  preload: {
    build: {
      target: nodeTarget,
      outDir: 'out/preload',
      externalizeDeps: false,
      // A sandboxed preload is one CommonJS file: it can load nothing beside itself.
      rolldownOptions: {
        input: { index: 'src/preload/index.ts' },
        output: { format: 'cjs', entryFileNames: '[name].cjs', codeSplitting: false },
      },
    },
  },
  renderer: {
    root: 'src/renderer',
    plugins: [react()],
    build: {
      target: pageTarget,
      outDir: 'out/renderer',
      // Small files as data: URLs would need a hole in the content security policy.
      assetsInlineLimit: 0,
      rolldownOptions: { input: 'src/renderer/index.html' },
    },
  },
})
