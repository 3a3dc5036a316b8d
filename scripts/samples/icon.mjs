/** Renders resources/icon.svg to resources/icon.png, 1024 pixels: `node scripts/samples/icon.mjs`. */
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const fileOf = (/** @type {string} */ name) =>
  fileURLToPath(new URL(`../../resources/${name}`, import.meta.url))

const drawn = spawnSync(
  'ffmpeg',
  [
    ...['-hide_banner', '-loglevel', 'error', '-y', '-i', fileOf('icon.svg')],
    ...['-frames:v', '1', '-pix_fmt', 'rgba', '-compression_level', '100', fileOf('icon.png')],
  ],
  { encoding: 'utf8' },
)
if (drawn.status === 0) {
  process.stdout.write('resources/icon.png is drawn.\n')
} else {
  const why = drawn.error ? 'ffmpeg was not found' : drawn.stderr.trim()
  process.stderr.write(
    `The icon was not drawn: ${why}. It needs ffmpeg with librsvg: apt-get install ffmpeg\n`,
  )
  process.exitCode = 1
}
