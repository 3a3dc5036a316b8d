import type { Connection } from '../../shared/connection.ts'
import type { ConnectionId } from '../../shared/ids.ts'
import { forgetPlace, lastPlace } from '../library/lastPlace.ts'
import { revealPlace, setBranchOpen } from '../sidebar/placeStore.ts'
import { useApp } from './appStore.ts'
import { replaceRoute, useRoute } from './routeStore.ts'
import { arriveAt } from './studio.ts'

/** Opens the tree and the place of last time, once the app knows its connections; else the first production there is. */
export async function openFirstRoute(): Promise<void> {
  openBranches()
  if (!(await openLastPlace())) arriveWhenOnline()
}

/** A connection starts open in the tree, also one that comes later; what the user closes stays closed. */
function openBranches(): void {
  const seen = new Set<ConnectionId>()
  const open = (connections: readonly Connection[]): void => {
    for (const { id } of connections.filter((each) => !seen.has(each.id))) {
      seen.add(id)
      setBranchOpen(id, null, true)
    }
  }
  open(useApp.getState().connections)
  useApp.subscribe(({ connections }) => open(connections))
}

/** The user has not gone anywhere yet. */
function isUntouched(): boolean {
  const { past, route } = useRoute.getState()
  return past.length === 0 && route.screen === 'library' && route.placeId === null
}

async function openLastPlace(): Promise<boolean> {
  const placeId = lastPlace()
  if (placeId === null || useApp.getState().connections.length === 0) return false
  try {
    await revealPlace(placeId)
    if (isUntouched()) replaceRoute({ screen: 'library', placeId })
    return true
  } catch {
    // The place, or the connection it was on, is gone.
    forgetPlace()
    return false
  }
}

/** A window with a connection and no place shows its first production, as soon as the connection answers. */
function arriveWhenOnline(): void {
  const arrive = (connections: readonly Connection[]): boolean => {
    const online = connections.find((connection) => connection.state === 'online')
    if (online === undefined) return !isUntouched()
    if (isUntouched()) void arriveAt(online)
    return true
  }
  if (arrive(useApp.getState().connections)) return
  const stop = useApp.subscribe(({ connections }) => {
    if (arrive(connections)) stop()
  })
}
