/** What a Chromium trace says of a page's main thread. */
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { z } from 'zod'
import type { LaunchedApp } from './launch.ts'

const eventSchema = z.looseObject({
  name: z.string(),
  ph: z.string(),
  pid: z.number(),
  tid: z.number(),
  ts: z.number().default(0),
  dur: z.number().optional(),
  /** Of the thread's own time, which stands still while other processes have the core. */
  tdur: z.number().optional(),
  args: z.looseObject({ name: z.unknown().optional() }).optional(),
})

/** Milliseconds of tasks between two frames of the page. */
export interface Spread {
  readonly p50: number
  readonly p95: number
  readonly worst: number
  readonly longestTask: number
}

/** By the clock on the wall: with it, the time in which others had the core. */
export interface MainThread extends Spread {
  readonly frames: number
  /** By the thread's own time; null where the trace has none. */
  readonly own: Spread | null
}

/** Records while `act` runs. Every task of the page's main thread counts, in the frame it ran in. */
export async function traceMainThread({ app }: LaunchedApp, act: () => Promise<void>): Promise<MainThread> {
  const folder = await mkdtemp(join(tmpdir(), 'rushes-trace-'))
  const file = join(folder, 'trace.json')
  try {
    const pid = await app.evaluate(async ({ contentTracing, webContents }) => {
      await contentTracing.startRecording({
        included_categories: ['toplevel', 'devtools.timeline', 'devtools.timeline.frame', '__metadata'],
        excluded_categories: ['*'],
      })
      return webContents.getAllWebContents()[0]?.getOSProcessId()
    })
    await act()
    await app.evaluate(({ contentTracing }, path) => contentTracing.stopRecording(path), file)
    return summarise(await readFile(file, 'utf8'), pid ?? -1)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

function summarise(text: string, pid: number): MainThread {
  const { traceEvents } = z.object({ traceEvents: z.array(eventSchema) }).parse(JSON.parse(text))
  const own = traceEvents.filter((event) => event.pid === pid)
  const thread = own.find(
    (event) => event.name === 'thread_name' && event.args?.name === 'CrRendererMain',
  )?.tid
  if (thread === undefined) throw new Error('the trace does not know the main thread of the page')
  const here = own.filter((event) => event.tid === thread).sort((a, b) => a.ts - b.ts)
  // One of these begins each time the page draws.
  const starts = here
    .filter((event) => event.name === 'AnimationFrame::Render' && event.ph === 'b')
    .map((event) => event.ts)
  // Tasks do not nest in this category; what a task calls is inside of its time already.
  const tasks = here.filter((event) => event.name === 'ThreadControllerImpl::RunTask' && event.ph === 'X')
  if (starts.length < 10 || tasks.length === 0)
    throw new Error(`the trace holds ${starts.length} frames and ${tasks.length} tasks`)
  const wall = spread(starts, tasks, (task) => task.dur ?? 0)
  const hasOwn = tasks.some((task) => task.tdur !== undefined)
  return {
    frames: starts.length,
    ...wall,
    own: hasOwn ? spread(starts, tasks, (task) => task.tdur ?? 0) : null,
  }
}

type TraceEvent = z.infer<typeof eventSchema>

/** Adds up by frame: a task belongs to the frame in which it ends. */
function spread(
  starts: readonly number[],
  tasks: readonly TraceEvent[],
  micros: (task: TraceEvent) => number,
): Spread {
  const sums = new Array<number>(starts.length).fill(0)
  let frame = -1
  for (const task of tasks) {
    while (frame + 1 < starts.length && (starts[frame + 1] ?? 0) <= task.ts + (task.dur ?? 0)) frame += 1
    if (frame >= 0) sums[frame] = (sums[frame] ?? 0) + micros(task) / 1000
  }
  const sorted = [...sums].sort((a, b) => a - b)
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0
  return {
    p50: at(0.5),
    p95: at(0.95),
    worst: sorted.at(-1) ?? 0,
    longestTask: Math.max(...tasks.map((task) => micros(task) / 1000)),
  }
}
