import { AppError } from '../shared/errors.ts'
import { type Handlers, serve } from '../shared/rpc.ts'
import { type StudioCalls, studioCalls, type studioEvents } from './control.ts'
import { parentPort } from './parentPort.ts'
import { openStudio, type Studio } from './studio.ts'

let running: Promise<Studio> | undefined

async function stop(): Promise<void> {
  const studio = await running
  running = undefined
  await studio?.stop()
}

// Nobody is left to hear of a failure to stop, and the data is safe at any moment.
const end = () => void stop().finally(() => process.exit(0))
const port = parentPort(end)
process.once('SIGTERM', end)
if (port === undefined) {
  process.stderr.write('The studio is started by the app, or as a forked child, not by hand.\n')
  process.exit(2)
}

async function started(): Promise<Studio> {
  if (running === undefined) throw new AppError('request.invalid', { studio: 'stopped' })
  return await running
}

const handlers: Handlers<StudioCalls> = {
  async start(input) {
    if (running !== undefined) throw new AppError('request.invalid', { studio: 'running' })
    running = openStudio({ ...input, report: (error) => report(error) })
    try {
      return (await running).access
    } catch (error) {
      running = undefined
      throw error
    }
  },
  stop,
  async seed({ production, assets }) {
    return (await started()).seed(production, assets)
  },
  async seedIconik(wanted) {
    return (await started()).seedIconik(wanted)
  },
  async throttle({ bytesPerSecond }) {
    ;(await started()).throttle(bytesPerSecond)
  },
  async links({ seconds }) {
    ;(await started()).linksLive(seconds)
  },
  async fault(fault) {
    ;(await started()).fault(fault)
  },
}

const tell = serve<StudioCalls, typeof studioEvents>(port, studioCalls, handlers, (error) => report(error))

function report(error: unknown): void {
  // The caller is told of expected refusals by its answer.
  if (error instanceof AppError && error.code !== 'internal.bug') return
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error)
  tell('problem', { text: text.slice(0, 8000) })
}
