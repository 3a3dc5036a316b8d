/**
 * Makes the sample footage in resources/samples: `npm run samples`, or `npm run samples -- ridge lake` for some
 * scenes. The pictures and sounds are the same on every run; the files also depend on the version of ffmpeg.
 */
import { createHash } from 'node:crypto'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { runnerImport } from 'vite'
import { ambiences } from './ambience.mjs'
import { makeBurnIn } from './burnIn.mjs'
import { ffmpegVersion, writeClip, writeJpeg } from './ffmpeg.mjs'
import { bytesAllowed, footage, thumbnailBytesAllowed, thumbnailWidth } from './footage.mjs'
import { Track } from './sound.mjs'
import { drawWaveform } from './waveform.mjs'

/** @typedef {import('./footage.mjs').ClipPlan} ClipPlan */
/** @typedef {import('./footage.mjs').Plan} Plan */
/** @typedef {typeof import('../../src/shared/timecode.ts')} Timecode */

const root = fileURLToPath(new URL('../..', import.meta.url))
const published = join(root, 'resources/samples')
const manifestFile = join(published, 'samples.json')
/** Everything is made here and copied at the end: a run takes minutes, and a half-done one must not show. */
const scratch = mkdtempSync(join(tmpdir(), 'rushes-samples-'))
const folder = join(scratch, 'samples')

/** @param {string} line */
const say = (line) => process.stdout.write(`${line}\n`)

/** @param {string} name @returns {Promise<import('./scenes/film.mjs').MakeScene>} */
const sceneNamed = async (name) => (await import(`./scenes/${name}.mjs`)).default

/** @param {string} file */
const thumbnailOf = (file) => `thumbs/${file.replace(/\.\w+$/, '.jpg')}`

/**
 * A thumbnail as good as fits.
 * @param {Uint8Array} rgb @param {number} width @param {number} height @param {string} file
 */
async function writeThumbnail(rgb, width, height, file) {
  const to = join(folder, thumbnailOf(file))
  for (let quality = 3; quality <= 12; quality++) {
    await writeJpeg(rgb, width, height, thumbnailWidth, quality, to)
    if (statSync(to).size < thumbnailBytesAllowed) return
  }
  throw new Error(`${thumbnailOf(file)} does not fit into ${thumbnailBytesAllowed} bytes`)
}

/** @param {string} scene @param {number} seconds @param {number} seed */
function soundOf(scene, seconds, seed) {
  const track = new Track(seconds, seed)
  ambiences[scene]?.(track, seconds)
  track.fade()
  return track
}

/** @param {ClipPlan} plan @param {Timecode} timecode */
async function makeClip(plan, timecode) {
  const { width, height, rate, frameCount, clipId } = plan
  const frameSeconds = rate.denominator / rate.numerator
  const startFrame = timecode.parseTimecode(plan.startTimecode, plan)
  if (startFrame === undefined)
    throw new Error(`${plan.file}: ${plan.startTimecode} is not a timecode at this rate`)
  const labels = Array.from({ length: frameCount }, (_, frame) =>
    timecode.formatTimecode(startFrame + frame, plan),
  )

  const track = soundOf(plan.scene, frameCount * frameSeconds, clipId * 100)
  const newSeconds = labels.flatMap((label, frame) =>
    label.slice(0, 8) !== labels[frame - 1]?.slice(0, 8) ? [frame] : [],
  )
  track.slate(
    newSeconds.map((frame) => frame * frameSeconds),
    frameSeconds,
  )
  const soundFile = join(scratch, 'sound.wav')
  writeFileSync(soundFile, track.wav())

  const scene = (await sceneNamed(plan.scene))(width, height)
  const burnIn = makeBurnIn(width, height)
  function* frames() {
    for (const [frame, label] of labels.entries()) {
      const rgb = scene.frame(frame * frameSeconds)
      burnIn(rgb, label, frame, clipId)
      yield rgb
    }
  }
  await writeClip(plan, soundFile, join(folder, plan.file), frames())
  await writeThumbnail(scene.frame(plan.poster), width, height, plan.file)
  return {
    kind: plan.kind,
    clipId,
    width,
    height,
    frameCount,
    rate,
    dropFrame: plan.dropFrame,
    startTimecode: plan.startTimecode,
    startFrame,
  }
}

/** @param {Plan} plan @param {Timecode} timecode */
async function make(plan, timecode) {
  if (plan.kind === 'clip') return makeClip(plan, timecode)
  if (plan.kind === 'still') {
    const { kind, width, height, file } = plan
    const rgb = (await sceneNamed(plan.scene))(width, height).frame(0)
    await writeJpeg(rgb, width, height, width, 4, join(folder, file))
    await writeThumbnail(rgb, width, height, file)
    return { kind, width, height }
  }
  const track = soundOf(plan.scene, plan.seconds, 7)
  writeFileSync(join(folder, plan.file), track.wav(true))
  const { rgb, width, height } = drawWaveform(track)
  await writeThumbnail(rgb, width, height, plan.file)
  return { kind: plan.kind, seconds: plan.seconds, sampleRate: 48_000, channels: 1 }
}

/** @param {string} file */
function fileFacts(file) {
  const bytes = readFileSync(join(folder, file))
  return { bytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') }
}

/** What an earlier run has made. @returns {{ file: string, bytes: number, thumbnail: { bytes: number } }[]} */
const readManifest = () => JSON.parse(readFileSync(manifestFile, 'utf8')).samples

async function main() {
  const version = ffmpegVersion()
  if (!version) {
    say(
      'The sample footage is encoded by ffmpeg with libx264, which was not found. On Debian: apt-get install ffmpeg',
    )
    return 1
  }
  const wanted = process.argv.slice(2)
  const unknown = wanted.filter((name) => !footage.some(({ scene }) => scene === name))
  if (unknown.length > 0) {
    say(`No such scene: ${unknown.join(', ')}. There are: ${footage.map(({ scene }) => scene).join(', ')}.`)
    return 1
  }
  say(version)
  mkdirSync(join(folder, 'thumbs'), { recursive: true })
  /** @type {{ module: Timecode }} */
  const { module: timecode } = await runnerImport(join(root, 'src/shared/timecode.ts'), {
    configFile: false,
    root,
  })
  const samples = []
  const before = wanted.length > 0 ? readManifest() : []
  for (const plan of footage) {
    if (wanted.length > 0 && !wanted.includes(plan.scene)) {
      const kept = before.find(({ file }) => file === plan.file)
      if (!kept) throw new Error(`${plan.file} was never made: run without a scene's name first`)
      samples.push(kept)
      continue
    }
    const startedAt = performance.now()
    const facts = await make(plan, timecode)
    const { file, title, scene } = plan
    const thumbnail = { file: thumbnailOf(file), ...fileFacts(thumbnailOf(file)) }
    samples.push({ file, title, scene, ...facts, ...fileFacts(file), thumbnail })
    const seconds = ((performance.now() - startedAt) / 1000).toFixed(0)
    say(
      `${file}  ${title}  ${(statSync(join(folder, file)).size / 1000).toFixed(0)} kB  made in ${seconds} s`,
    )
  }
  const total = samples.reduce((sum, sample) => sum + sample.bytes + sample.thumbnail.bytes, 0)
  say(`${samples.length} files, ${(total / 1e6).toFixed(2)} MB of ${bytesAllowed / 1e6} MB allowed`)
  if (total > bytesAllowed) {
    say(`Too large: resources/samples is as it was, see ${folder}. Raise \`quality\` in footage.mjs.`)
    return 1
  }
  cpSync(folder, published, { recursive: true })
  rmSync(scratch, { recursive: true })
  writeFileSync(manifestFile, `${JSON.stringify({ samples }, null, 2)}\n`)
  return 0
}

process.exitCode = await main()
