import { type ChildProcess, spawn } from 'node:child_process'
import { constants, setPriority } from 'node:os'
import process from 'node:process'
import { AppError } from '../../shared/errors.ts'

export interface FfmpegRun {
  readonly program: string
  readonly args: readonly string[]
  /** Where its HTTP goes; see `originalServer.ts`. */
  readonly proxy: string
  readonly signal: AbortSignal
  /** What it writes to standard output. */
  readonly onOutput: (bytes: Buffer) => void
  /** `key=value` lines of `-progress pipe:2`. */
  readonly onProgress?: (key: string, value: string) => void
  /** Grows while the run comes forward by itself, such as the bytes it was given. */
  readonly moved: () => number
  /** Ended when nothing has moved for so long, and whatever moves after `longest`. Milliseconds. */
  readonly stallAfter: number
  readonly longest: number
  readonly onStart?: (child: ChildProcess) => void
}

export interface FfmpegEnd {
  readonly code: number | null
  /** The last lines it said, for the log and to know a full disk by. */
  readonly said: string
}

const mostSaid = 8_000
const looks = 4

/**
 * Runs ffmpeg or ffprobe to its end, at low priority and with nothing of the app's environment but what programs need.
 * Fails with the signal's reason when it was ended by it, `proxy.failed` when it stood still or took too long, and
 * `ffmpeg.missing` when it cannot be started.
 */
export async function runFfmpeg(run: FfmpegRun): Promise<FfmpegEnd> {
  run.signal.throwIfAborted()
  const child = spawn(run.program, [...run.args], {
    env: environment(run.proxy),
    stdio: ['ignore', 'pipe', 'pipe'],
    windowsHide: true,
  })
  let why: unknown
  const end = (reason: unknown) => {
    why ??= reason
    child.kill('SIGKILL')
  }
  const stop = () => end(run.signal.reason)
  run.signal.addEventListener('abort', stop, { once: true })
  let said = ''
  let line = ''
  let lastMove = performance.now()
  let known = ''
  let progress = ''
  const heard = (text: string) => {
    const match = /^([a-z_0-9]+)=\s*(\S*)\s*$/.exec(text)
    if (match === null || run.onProgress === undefined) {
      if (text.trim() !== '') said = `${said}${text}\n`.slice(-mostSaid)
      return
    }
    const [, key = '', value = ''] = match
    if (key === 'frame' || key === 'total_size' || key === 'out_time_us')
      progress = `${progress}${key}${value}`.slice(-200)
    run.onProgress(key, value)
  }
  child.stdout.on('data', run.onOutput)
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    const lines = `${line}${text}`.split('\n')
    line = (lines.pop() ?? '').slice(-mostSaid)
    for (const each of lines) heard(each)
  })
  const began = performance.now()
  const watch = setInterval(() => {
    const now = `${run.moved()} ${progress}`
    if (now !== known) {
      known = now
      lastMove = performance.now()
    }
    if (performance.now() - lastMove > run.stallAfter)
      end(new AppError('proxy.failed', { reason: 'stalled' }))
    else if (performance.now() - began > run.longest) end(new AppError('proxy.failed', { reason: 'tooLong' }))
  }, run.stallAfter / looks)
  try {
    return await new Promise<FfmpegEnd>((resolve, reject) => {
      child.once('error', (error) => reject(new AppError('ffmpeg.missing', {}, error)))
      child.once('close', (code) => {
        heard(line)
        if (why === undefined) resolve({ code, said })
        else reject(why)
      })
      child.once('spawn', () => {
        lower(child.pid)
        run.onStart?.(child)
      })
    })
  } finally {
    clearInterval(watch)
    run.signal.removeEventListener('abort', stop)
  }
}

/** Playing and uploading go before it. */
function lower(pid: number | undefined): void {
  if (pid === undefined) return
  try {
    setPriority(pid, constants.priority.PRIORITY_LOW)
  } catch {
    // It has ended already, or the system does not allow it: then it runs as everything else does.
  }
}

const kept = [
  'PATH',
  'HOME',
  'LANG',
  'TMPDIR',
  'TEMP',
  'TMP',
  'SystemRoot',
  'LD_LIBRARY_PATH',
  'DYLD_LIBRARY_PATH',
]

function environment(proxy: string): NodeJS.ProcessEnv {
  const given = kept.flatMap((name) => {
    const value = process.env[name]
    return value === undefined ? [] : [[name, value] as const]
  })
  return { ...Object.fromEntries(given), http_proxy: proxy }
}
