import { execFile } from 'node:child_process'
import { constants } from 'node:fs'
import { access } from 'node:fs/promises'
import { delimiter, dirname, join } from 'node:path'
import { z } from 'zod'
import type { Ffmpeg, FfmpegState } from '../../shared/ownProxy.ts'
import type { SettingStore } from '../store/settingStore.ts'

/** One installed ffmpeg with the ffprobe beside it. */
export interface FfmpegTool extends Ffmpeg {
  readonly ffmpeg: string
  readonly ffprobe: string
  /** Encoder of pictures, by ffmpeg's name; null with `makes`. */
  readonly encoder: string | null
  /** Whether it knows `-fps_mode`, which came with 5.1 and took the place of `-vsync`. */
  readonly hasFpsMode: boolean
}

export interface FfmpegFinder {
  /** Looked for once and remembered; undefined when this computer has none. */
  tool(): Promise<FfmpegTool | undefined>
  state(): Promise<FfmpegState>
  /** Keeps the file as the one to use, if it is an ffmpeg with its ffprobe; false otherwise, and nothing changes. */
  choose(path: string): Promise<boolean>
  /** Back to the one that is found. Also looks again. */
  forget(): Promise<void>
}

export interface FfmpegFinderParts {
  readonly settings: SettingStore
  /** `PATH` as the system gave it to the app. */
  readonly path: string
  readonly platform: NodeJS.Platform
  readonly home: string
}

/** Written by main alone, after the system's own dialog: the page can name no program. */
const settingName = 'ffmpeg'
const patience = 10_000
const mostOutput = 2 * 2 ** 20

/** Apps started from a dock or a menu see little of the PATH of a terminal. */
export function usualFolders(platform: NodeJS.Platform, home: string): readonly string[] {
  switch (platform) {
    case 'darwin':
      return ['/opt/homebrew/bin', '/usr/local/bin', '/opt/local/bin', join(home, 'bin')]
    case 'win32':
      return [
        'C:\\Program Files\\ffmpeg\\bin',
        'C:\\ffmpeg\\bin',
        'C:\\ProgramData\\chocolatey\\bin',
        join(home, 'scoop', 'shims'),
        join(home, 'AppData', 'Local', 'Microsoft', 'WinGet', 'Links'),
      ]
    default:
      return ['/usr/bin', '/usr/local/bin', '/snap/bin', join(home, '.local', 'bin'), join(home, 'bin')]
  }
}

/** Software first: it is the same everywhere. Hardware encoders are listed by builds for machines that have none. */
const encoders = [
  { name: 'libx264', makes: 'h264', isSure: true },
  { name: 'h264_videotoolbox', makes: 'h264', isSure: false },
  { name: 'h264_mf', makes: 'h264', isSure: false },
  { name: 'h264_nvenc', makes: 'h264', isSure: false },
  { name: 'h264_qsv', makes: 'h264', isSure: false },
  { name: 'libvpx-vp9', makes: 'vp9', isSure: true },
] as const

export function createFfmpegFinder(parts: FfmpegFinderParts): FfmpegFinder {
  const { settings, path, platform, home } = parts
  let looked: Promise<FfmpegTool | undefined> | undefined

  const chosen = (): string | undefined => {
    const kept = z.object({ path: z.string() }).safeParse(settings.read(settingName))
    return kept.success ? kept.data.path : undefined
  }
  const look = async (): Promise<FfmpegTool | undefined> => {
    const own = chosen()
    const given = own === undefined ? undefined : await readTool(own, 'chosen')
    if (given !== undefined) return given
    const name = platform === 'win32' ? 'ffmpeg.exe' : 'ffmpeg'
    const folders = [...path.split(delimiter).filter((each) => each !== ''), ...usualFolders(platform, home)]
    for (const folder of new Set(folders)) {
      const found = await readTool(join(folder, name), 'found')
      if (found !== undefined) return found
    }
    return undefined
  }
  const tool = () => {
    looked ??= look()
    return looked
  }
  return {
    tool,
    async state() {
      const found = await tool()
      return {
        tool: found === undefined ? null : shownOf(found),
        isChosenGone: chosen() !== undefined && found?.origin !== 'chosen',
      }
    },
    async choose(file) {
      if ((await readTool(file, 'chosen')) === undefined) return false
      settings.write(settingName, { path: file })
      looked = undefined
      return true
    },
    async forget() {
      settings.write(settingName, null)
      looked = undefined
    },
  }
}

const shownOf = ({ version, origin, makes }: FfmpegTool): Ffmpeg => ({ version, origin, makes })

/** What a file is, if it is an ffmpeg with an ffprobe beside it; undefined otherwise. */
export async function readTool(
  ffmpeg: string,
  origin: FfmpegTool['origin'],
): Promise<FfmpegTool | undefined> {
  const ffprobe = join(dirname(ffmpeg), ffmpeg.endsWith('.exe') ? 'ffprobe.exe' : 'ffprobe')
  try {
    await Promise.all([access(ffmpeg, constants.X_OK), access(ffprobe, constants.X_OK)])
    const version = /^ffmpeg version (\S{1,80})/.exec(await said(ffmpeg, ['-hide_banner', '-version']))?.[1]
    if (version === undefined) return undefined
    if (!/^ffprobe version /.test(await said(ffprobe, ['-hide_banner', '-version']))) return undefined
    const encoder = await encoderOf(ffmpeg)
    return {
      ffmpeg,
      ffprobe,
      version,
      origin,
      encoder: encoder?.name ?? null,
      makes: encoder?.makes ?? null,
      hasFpsMode: hasFpsMode(version),
    }
  } catch {
    // Not there, not to be run, or something else by that name: the next one is asked.
    return undefined
  }
}

async function encoderOf(ffmpeg: string): Promise<(typeof encoders)[number] | undefined> {
  const listed = await said(ffmpeg, ['-hide_banner', '-encoders'])
  for (const each of encoders) {
    if (!new RegExp(`^\\s*V\\S{5} ${each.name}\\s`, 'm').test(listed)) continue
    if (each.isSure || (await works(ffmpeg, each.name))) return each
  }
  return undefined
}

/** Two frames of nothing: whether the hardware is there. */
async function works(ffmpeg: string, encoder: string): Promise<boolean> {
  const picture = ['-f', 'lavfi', '-i', 'color=size=320x240:rate=25', '-frames:v', '2', '-pix_fmt', 'yuv420p']
  try {
    await said(ffmpeg, ['-hide_banner', '-v', 'error', ...picture, '-c:v', encoder, '-f', 'null', '-'])
    return true
  } catch {
    return false
  }
}

/** Versions without a number are builds of the newest code. */
function hasFpsMode(version: string): boolean {
  const [, major, minor = '0'] = /^n?(\d+)(?:\.(\d+))?/.exec(version) ?? []
  return major === undefined || Number(major) > 5 || (Number(major) === 5 && Number(minor) >= 1)
}

function said(file: string, args: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = execFile(
      file,
      [...args],
      { timeout: patience, maxBuffer: mostOutput, windowsHide: true },
      (error, stdout) => (error === null ? resolve(stdout) : reject(error)),
    )
    child.stdin?.end()
  })
}
