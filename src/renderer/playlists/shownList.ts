import type { ListPlayer } from './listPlayer.ts'

let shown: ListPlayer | null = null

/** The list that is played in this window, if one is. */
export const listPlayer = (): ListPlayer | null => shown

/** Returns the function that takes it away again. */
export function showList(player: ListPlayer): () => void {
  shown = player
  return () => {
    if (shown === player) shown = null
  }
}
