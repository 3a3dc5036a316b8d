/** What the app holds, once all that can be let go of is let go of. */
import type { CDPSession } from '@playwright/test'
import { z } from 'zod'
import type { LaunchedApp } from './launch.ts'

const mebibyte = 2 ** 20

/** Sizes in MiB; the rest are counts. */
export interface MemorySample {
  readonly pageHeap: number
  readonly pageNodes: number
  readonly pageListeners: number
  readonly pageResident: number
  readonly mainHeap: number
  readonly mainResident: number
  readonly gpuResident: number
}

const heapSchema = z.object({ usedSize: z.number() })
const countersSchema = z.object({ nodes: z.number(), jsEventListeners: z.number() })

/** Collects the garbage of page and main, then looks. `session` is one of the window's. */
export async function sampleMemory({ app, window }: LaunchedApp, session: CDPSession): Promise<MemorySample> {
  // Twice: what waits to be finalized goes with the second.
  for (let time = 0; time < 2; time += 1) {
    await window.evaluate(() => new Promise((resolve) => requestAnimationFrame(resolve)))
    await session.send('HeapProfiler.collectGarbage')
  }
  const { usedSize } = heapSchema.parse(await session.send('Runtime.getHeapUsage'))
  const { nodes, jsEventListeners } = countersSchema.parse(await session.send('Memory.getDOMCounters'))
  const main = await app.evaluate(({ app: electron, BrowserWindow }) => {
    // Got once: a context of its own for every look is one that the event loop of main has to know of.
    const kept = globalThis as { collect?: () => void }
    if (kept.collect === undefined) {
      process.getBuiltinModule('node:v8').setFlagsFromString('--expose-gc')
      kept.collect = process.getBuiltinModule('node:vm').runInNewContext('gc')
    }
    kept.collect?.()
    const page = BrowserWindow.getAllWindows()[0]?.webContents.getOSProcessId()
    const resident = (isIt: (metric: Electron.ProcessMetric) => boolean) =>
      electron
        .getAppMetrics()
        .filter(isIt)
        .reduce((sum, { memory }) => sum + memory.workingSetSize, 0) / 1024
    return {
      heap: process.memoryUsage().heapUsed,
      mainResident: resident(({ pid }) => pid === process.pid),
      pageResident: resident(({ pid }) => pid === page),
      gpuResident: resident(({ type }) => type === 'GPU'),
    }
  })
  return {
    pageHeap: usedSize / mebibyte,
    pageNodes: nodes,
    pageListeners: jsEventListeners,
    pageResident: main.pageResident,
    mainHeap: main.heap / mebibyte,
    mainResident: main.mainResident,
    gpuResident: main.gpuResident,
  }
}

const median = (values: readonly number[]): number => {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? 0
}

export interface Trend {
  readonly name: keyof MemorySample
  /** Median of the first, second and last third. */
  readonly thirds: readonly [number, number, number]
}

/** How each of the measures went, in thirds of the run: the first warms up, the last against the second is the trend. */
export function trendsOf(samples: readonly MemorySample[]): Trend[] {
  const third = Math.floor(samples.length / 3)
  const first = samples[0]
  if (first === undefined || third === 0) throw new Error('too few samples for a trend')
  return (Object.keys(first) as (keyof MemorySample)[]).map((name) => {
    const values = samples.map((sample) => sample[name])
    return {
      name,
      thirds: [
        median(values.slice(0, third)),
        median(values.slice(third, -third)),
        median(values.slice(-third)),
      ],
    }
  })
}

/** What a measure may be more in the last third than in the second: a share, and as much more as it wavers by itself. */
export const growth: Readonly<
  Record<keyof MemorySample, { readonly share: number; readonly slack: number }>
> = {
  pageHeap: { share: 0.05, slack: 1 },
  pageNodes: { share: 0.05, slack: 200 },
  pageListeners: { share: 0.05, slack: 40 },
  pageResident: { share: 0.08, slack: 16 },
  mainHeap: { share: 0.05, slack: 2 },
  mainResident: { share: 0.08, slack: 16 },
  gpuResident: { share: 0.1, slack: 16 },
}

/** The measures that grew by more than they may; `ease` widens that, for a run of few samples. */
export function grown(trends: readonly Trend[], ease = 1): Trend[] {
  return trends.filter(({ name, thirds: [, second, last] }) => {
    const { share, slack } = growth[name]
    return last > second * (1 + share * ease) + slack * ease
  })
}
