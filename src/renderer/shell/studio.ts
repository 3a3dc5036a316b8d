import { create } from 'zustand'
import type { Connection } from '../../shared/connection.ts'
import { toFailure } from '../../shared/errors.ts'
import type { ConnectionId } from '../../shared/ids.ts'
import { ask } from '../bridge.ts'
import { setBranchOpen } from '../sidebar/placeStore.ts'
import { changeSettings, useApp } from './appStore.ts'
import { useOverlays } from './overlayStore.ts'
import { go } from './routeStore.ts'
import { say } from './sayStore.ts'

export const useStudio = create<{ readonly isOpening: boolean }>(() => ({ isOpening: false }))

/**
 * Starts the studio on this computer and shows its first production. It stands in for two services: Candidio's comes
 * first and on the screen, iconik's beside it. A failure is said.
 */
export async function openStudio(): Promise<void> {
  if (useStudio.getState().isOpening) return
  useStudio.setState({ isOpening: true })
  try {
    const connection = await ask('connections.openStudio', {})
    await arriveAt(connection)
    await ask('connections.openStudio', { provider: 'iconik' })
  } catch (error) {
    say(toFailure(error))
  } finally {
    useStudio.setState({ isOpening: false })
  }
}

/** After a connection was made: it is in the list, open in the tree, and its first production is on the screen. */
export async function arriveAt(connection: Connection): Promise<void> {
  const { connections, settings } = useApp.getState()
  if (!connections.some((each) => each.id === connection.id))
    useApp.setState({ connections: [...connections, connection] })
  useOverlays.setState({ isWelcomeOpen: false, connectTo: null })
  if (!settings.hasSeenWelcome) void changeSettings({ hasSeenWelcome: true })
  setBranchOpen(connection.id, null, true)
  try {
    const first = await firstProduction(connection.id)
    if (first !== undefined) go({ screen: 'library', placeId: first })
  } catch (error) {
    say(toFailure(error))
  }
}

async function firstProduction(connectionId: ConnectionId) {
  const roots = await ask('places.list', { connectionId, parentId: null })
  const production = roots.find((place) => place.kind === 'production')
  const workspace = roots.find((place) => place.kind === 'workspace')
  if (production !== undefined || workspace === undefined) return (production ?? roots[0])?.id
  setBranchOpen(connectionId, workspace.id, true)
  const below = await ask('places.list', { connectionId, parentId: workspace.id })
  return (below.find((place) => place.kind === 'production') ?? workspace).id
}

export async function retryConnection(id: ConnectionId): Promise<void> {
  try {
    await ask('connections.retry', { id })
  } catch (error) {
    say(toFailure(error))
  }
}
