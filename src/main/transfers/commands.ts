import { AppError } from '../../shared/errors.ts'
import type { TransferId } from '../../shared/ids.ts'
import type { Handlers } from '../../shared/rpc.ts'
import { isRunning, type TransferSelection } from '../../shared/transfer.ts'
import type { TransferStore } from '../store/transferStore.ts'
import type { HostCalls } from './hostContract.ts'
import type { Lanes } from './lanes.ts'

export type Commands = Pick<
  Handlers<HostCalls>,
  'pause' | 'resume' | 'cancel' | 'retry' | 'release' | 'sendFirst' | 'clear'
>

export interface CommandsOptions {
  readonly store: TransferStore
  readonly lanes: Lanes
  /** The rows were written; what runs against them has to end, and the queue to look again. */
  changed(ids: readonly TransferId[]): void
}

/** What the user tells transfers to do: written to the rows first, so that it holds whatever happens next. */
export function createCommands({ store, lanes, changed }: CommandsOptions): Commands {
  /** Asked for one alone, the refusal is told; among many, those that cannot be stopped are left alone. */
  function refuseIfUnstoppable(which: TransferSelection, count: number): void {
    if (which === 'all' || which.length > 1 || count > 0) return
    const row = which[0] === undefined ? undefined : store.transfer(which[0])
    if (row === undefined) throw new AppError('thing.notFound')
    if (isRunning(row.state)) throw new AppError('transfer.notStoppable', { name: row.name })
  }

  return {
    async pause({ which }) {
      const { count, ids } = store.applyTo({ which }, { kind: 'pause' }, {}, { kind: 'paused' })
      refuseIfUnstoppable(which, count)
      changed(ids)
    },
    async resume({ which }) {
      changed(store.applyTo({ which }, { kind: 'resume' }, { attempts: 0 }, { kind: 'resumed' }).ids)
    },
    async cancel({ which }) {
      const { count, ids } = store.applyTo({ which }, { kind: 'cancel' }, { nextAt: null })
      refuseIfUnstoppable(which, count)
      const untouched = { which, states: ['canceling'], isUntouched: true } as const
      store.applyTo(untouched, { kind: 'canceled' }, {}, { kind: 'canceled' })
      changed(ids)
    },
    async retry({ which }) {
      const fresh = { attempts: 0, restarts: 0 }
      // The file is taken as it is now: planned anew, and what was sent of the old one is removed first.
      const replaced = { which, states: ['failed'], failureCodes: ['source.changed'] } as const
      const anew = store.applyTo(replaced, { kind: 'retry' }, { ...fresh, partSize: null })
      // What the service had of it is gone, and with that the place of its object: it is planned anew, too.
      const gone = {
        which,
        states: ['failed'],
        failureCodes: ['remote.notFound'],
        transport: 'signedParts',
      } as const
      const sought = store.applyTo(gone, { kind: 'retry' }, { ...fresh, partSize: null, objectState: 'none' })
      const { ids } = store.applyTo({ which }, { kind: 'retry' }, fresh)
      for (const lane of lanes.all()) {
        if (lane.held?.reason === 'auth') lane.release()
        else lane.probeNow()
      }
      changed([...anew.ids, ...sought.ids, ...ids])
    },
    async release({ connectionId }) {
      const lane = lanes.get(connectionId)
      if (lane === undefined) return
      lane.release()
      const waiting = { connectionId, states: ['waiting'], waitReasons: ['auth'] } as const
      changed(store.applyTo(waiting, { kind: 'ready' }).ids)
    },
    async sendFirst({ which }) {
      changed(store.putFirst(which).ids)
    },
    async clear() {
      store.clear()
      changed([])
    },
  }
}
