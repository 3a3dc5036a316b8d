import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createFfmpegFinder, usualFolders } from './ffmpegTool.ts'

let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rushes-ffmpeg-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

/** A program that answers as ffmpeg does, with these encoders; `broken` ones fail when they are tried. */
async function install(
  name: string,
  encoders: readonly string[],
  broken = '',
  version = '7.1',
): Promise<string> {
  const place = join(folder, name)
  await mkdir(place)
  const listed = encoders.map((each) => ` V....D ${each}              something`).join('\n')
  const script = (program: string) => `#!/bin/sh
case "$*" in
  *-version*) echo "${program} version ${version} Copyright";;
  *-encoders*) cat <<'END'
${listed}
END
;;
  *"-c:v ${broken || 'nothing'} "*) exit 1;;
esac
`
  for (const program of ['ffmpeg', 'ffprobe']) {
    await writeFile(join(place, program), script(program))
    await chmod(join(place, program), 0o755)
  }
  return place
}

function finder(path: string) {
  let kept: unknown
  const settings = {
    read: () => kept,
    write: (_name: string, value: unknown) => {
      kept = value
    },
  }
  return createFfmpegFinder({ settings, path, platform: 'darwin', home: folder })
}

describe.skipIf(process.platform === 'win32')('the ffmpeg of this computer', () => {
  test('is the first one on the path that is whole', async () => {
    const half = await install('half', ['libx264'])
    await rm(join(half, 'ffprobe'))
    const good = await install('good', ['libx264', 'libvpx-vp9'])
    const found = await finder(`${join(folder, 'none')}:${half}:${good}`).tool()
    expect(found).toMatchObject({
      ffmpeg: join(good, 'ffmpeg'),
      ...{ version: '7.1', origin: 'found', encoder: 'libx264', makes: 'h264', hasFpsMode: true },
    })
  })

  test.each([
    [['h264_videotoolbox', 'libvpx-vp9'], '', 'h264_videotoolbox', 'h264'],
    [['h264_nvenc', 'h264_qsv', 'libvpx-vp9'], 'h264_nvenc', 'h264_qsv', 'h264'],
    [['h264_nvenc', 'libvpx-vp9'], 'h264_nvenc', 'libvpx-vp9', 'vp9'],
    [['mpeg4'], '', null, null],
  ])('of %j, where %j fails, %s is taken', async (encoders, broken, encoder, makes) => {
    const place = await install('it', encoders, broken)
    expect(await finder(place).tool()).toMatchObject({ encoder, makes })
  })

  test.each([
    ['5.1.9-0+deb12u1', true],
    ['5.0', false],
    ['4.4.2', false],
    ['n6.1', true],
    ['N-117000-gabc', true],
  ])('%s knows -fps_mode: %s', async (version, hasFpsMode) => {
    const place = await install('it', ['libx264'], '', version)
    expect(await finder(place).tool()).toMatchObject({ version, hasFpsMode })
  })

  test('is the chosen one, until that is gone or let go of', async () => {
    const found = await install('found', ['libx264'])
    const chosen = await install('chosen', ['libvpx-vp9'], '', '8.0')
    const tools = finder(found)
    expect(await tools.choose(join(chosen, 'ffmpeg'))).toBe(true)
    expect(await tools.state()).toMatchObject({ tool: { version: '8.0', origin: 'chosen', makes: 'vp9' } })
    await tools.forget()
    expect(await tools.state()).toMatchObject({
      tool: { version: '7.1', origin: 'found' },
      isChosenGone: false,
    })
    await tools.choose(join(chosen, 'ffmpeg'))
    await rm(chosen, { recursive: true })
    expect(await tools.state()).toMatchObject({ tool: { origin: 'found' }, isChosenGone: true })
  })

  test('is not something else that was chosen, and its path is not told', async () => {
    const found = await install('found', ['libx264'])
    const other = join(folder, 'other')
    await writeFile(other, '#!/bin/sh\necho hello\n')
    await chmod(other, 0o755)
    const tools = finder(found)
    expect(await tools.choose(other)).toBe(false)
    expect(await tools.choose(join(folder, 'nothing'))).toBe(false)
    const state = await tools.state()
    expect(state.tool?.origin).toBe('found')
    expect(JSON.stringify(state)).not.toContain(folder)
  })

  test('is looked for where each system keeps such programs', () => {
    expect(usualFolders('darwin', '/Users/a')).toContain('/opt/homebrew/bin')
    expect(usualFolders('linux', '/home/a')).toContain('/snap/bin')
    expect(usualFolders('win32', 'C:\\Users\\a').some((each) => each.includes('WinGet'))).toBe(true)
  })
})
