import { AppError } from '../../shared/errors.ts'
import type { ConnectionId, VersionId } from '../../shared/ids.ts'

/** What is asked for while nobody is signed in, and of whom. */
export interface Asked {
  readonly connectionId: ConnectionId
  readonly versionId: VersionId
  readonly signal: AbortSignal
}

/** So many of a connection wait; two versions that are compared want fewer. Electron never says that an element is gone. */
const mostWaiting = 8

/**
 * Media of a session that has ended. An element that was refused once is of no more use, so no refusal is given: once a
 * version was refused, whoever wants it waits for somebody to sign in. Then the first of them asks and the others of that
 * version follow one by one, each when the one before has its answer; refused once more, all go on waiting. Of a
 * connection those that came last wait, at most eight; the oldest is given its refusal for each one more.
 */
export interface SignInWait {
  /** What `ask` answers. While that is `auth.expired` it waits for `again`; ends with the reason of `signal`. */
  answer<T>(asked: Asked, ask: () => Promise<T>): Promise<T>
  /** The connection answers again, or is gone: what waits for it is asked once more. */
  again(id: ConnectionId): void
}

interface Waiting {
  readonly versionId: VersionId
  /** When it came, as a number that grows. */
  readonly since: number
  readonly go: () => void
  readonly refuse: () => void
}

interface Line {
  /** How often somebody has signed in: a refusal of an older session says nothing of this one. */
  session: number
  readonly refused: Map<VersionId, AppError>
  /** The oldest first. */
  waiting: readonly Waiting[]
}

export function createSignInWait(): SignInWait {
  const lines = new Map<ConnectionId, Line>()
  let came = 0

  const lineOf = (id: ConnectionId): Line => {
    const line = lines.get(id) ?? { session: 0, refused: new Map(), waiting: [] }
    lines.set(id, line)
    return line
  }
  const goOn = (line: Line, versionId: VersionId): void => {
    if (!line.refused.has(versionId)) line.waiting.find((each) => each.versionId === versionId)?.go()
  }

  return {
    async answer({ connectionId, versionId, signal }, ask) {
      came += 1
      const since = came
      const line = lineOf(connectionId)
      for (;;) {
        const refusal = line.refused.get(versionId)
        if (refusal !== undefined) await waitIn(line, { versionId, since }, refusal, signal)
        const { session } = line
        try {
          signal.throwIfAborted()
          const answer = await ask()
          goOn(line, versionId)
          return answer
        } catch (error) {
          if (!(error instanceof AppError) || error.code !== 'auth.expired') {
            goOn(line, versionId)
            throw error
          }
          if (session === line.session) line.refused.set(versionId, error)
        }
      }
    },
    again(id) {
      const line = lineOf(id)
      line.session += 1
      line.refused.clear()
      for (const versionId of new Set(line.waiting.map((each) => each.versionId))) goOn(line, versionId)
    },
  }
}

/** Resolves when it is its turn to ask; fails with `refusal` when too many wait behind it, and with the reason of `signal`. */
function waitIn(
  line: Line,
  who: Pick<Waiting, 'versionId' | 'since'>,
  refusal: AppError,
  signal: AbortSignal,
): Promise<void> {
  signal.throwIfAborted()
  return new Promise((resolve, reject) => {
    const leave = () => {
      line.waiting = line.waiting.filter((each) => each !== waiting)
      signal.removeEventListener('abort', stop)
    }
    const stop = () => {
      leave()
      reject(signal.reason)
    }
    const waiting: Waiting = {
      ...who,
      go() {
        leave()
        resolve()
      },
      refuse() {
        leave()
        reject(refusal)
      },
    }
    signal.addEventListener('abort', stop)
    line.waiting = [...line.waiting, waiting].toSorted((a, b) => a.since - b.since)
    if (line.waiting.length > mostWaiting) line.waiting[0]?.refuse()
  })
}
