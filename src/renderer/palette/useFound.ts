import { useEffect, useState } from 'react'
import type { Output } from '../../shared/contract.ts'
import { ask } from '../bridge.ts'

type Found = Output<'library.find'> & {
  /** What it answers. */
  readonly to: string
}
const nothing: Found = { to: '', places: [], assets: [] }
const pause = 60

/** Places and assets whose names hold the text; the last answer stays until the next is here. */
export function useFound(typed: string): Found {
  const [found, setFound] = useState<Found>(nothing)
  const wanted = typed.trim()
  useEffect(() => {
    if (wanted === '') {
      setFound(nothing)
      return
    }
    let isMeant = true
    const timer = setTimeout(() => {
      ask('library.find', { text: wanted, limit: 12 }).then(
        (answer) => isMeant && setFound({ ...answer, to: wanted }),
        // The palette still has its actions; the place itself tells what is wrong with the server.
        () => isMeant && setFound({ ...nothing, to: wanted }),
      )
    }, pause)
    return () => {
      isMeant = false
      clearTimeout(timer)
    }
  }, [wanted])
  return found
}
