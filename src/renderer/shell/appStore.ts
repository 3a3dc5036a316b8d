import { create } from 'zustand'
import type { Connection } from '../../shared/connection.ts'
import type { Output } from '../../shared/contract.ts'
import { type Failure, toFailure } from '../../shared/errors.ts'
import type { ConnectionId } from '../../shared/ids.ts'
import { defaultSettings, type Settings } from '../../shared/settings.ts'
import { ask, subscribe } from '../bridge.ts'
import { say } from './sayStore.ts'

export type About = Output<'app.about'>

interface AppState {
  readonly state: 'starting' | 'ready' | 'failed'
  readonly failure: Failure | null
  readonly about: About | null
  readonly settings: Settings
  readonly connections: readonly Connection[]
}

/** What every screen may need: the settings, the connections and what this app is. */
export const useApp = create<AppState>(() => ({
  state: 'starting',
  failure: null,
  about: null,
  settings: defaultSettings,
  connections: [],
}))

/** Reads what the first screen needs. May run again after a failure. */
export async function startApp(): Promise<void> {
  useApp.setState({ state: 'starting', failure: null })
  try {
    const [about, settings, connections] = await Promise.all([
      ask('app.about'),
      ask('settings.get'),
      ask('connections.list'),
    ])
    useApp.setState({ state: 'ready', about, settings, connections })
  } catch (error) {
    useApp.setState({ state: 'failed', failure: toFailure(error) })
  }
}

/** Follows main until the returned function is called. */
export function followApp(): () => void {
  const ends = [
    subscribe('settings.changed', (settings) => useApp.setState({ settings })),
    subscribe('connections.changed', (connections) => useApp.setState({ connections })),
  ]
  return () => {
    for (const end of ends) end()
  }
}

/** Takes effect at once; put back, with a word about it, when main could not keep it. */
export async function changeSettings(change: Partial<Settings>): Promise<void> {
  const before = useApp.getState().settings
  useApp.setState({ settings: { ...before, ...change } })
  try {
    useApp.setState({ settings: await ask('settings.set', change) })
  } catch (error) {
    useApp.setState({ settings: before })
    say(toFailure(error))
  }
}

export const useConnection = (id: ConnectionId | undefined): Connection | undefined =>
  useApp((app) => app.connections.find((connection) => connection.id === id))
