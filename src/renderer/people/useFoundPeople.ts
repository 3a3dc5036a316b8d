import { useEffect, useState } from 'react'
import type { ConnectionId } from '../../shared/ids.ts'
import type { Person, PersonGroup } from '../../shared/people.ts'
import { ask } from '../bridge.ts'

export interface Found {
  readonly people: readonly Person[]
  readonly groups: readonly PersonGroup[]
}
const nobody: Found = { people: [], groups: [] }
const pause = 150

/**
 * Asks the service for people whose name begins so; with an empty text for anybody, with null nobody is asked. A service
 * without a directory finds nobody.
 */
export function useFoundPeople(connectionId: ConnectionId | undefined, typed: string | null): Found {
  const [found, setFound] = useState<Found>(nobody)
  useEffect(() => {
    if (typed === null || connectionId === undefined) return
    let isMeant = true
    const timer = setTimeout(() => {
      ask('people.find', { connectionId, text: typed.trim() }).then(
        (answer) => isMeant && setFound(answer),
        // What was typed can be used all the same.
        () => isMeant && setFound(nobody),
      )
    }, pause)
    return () => {
      isMeant = false
      clearTimeout(timer)
    }
  }, [connectionId, typed])
  return typed === null ? nobody : found
}
