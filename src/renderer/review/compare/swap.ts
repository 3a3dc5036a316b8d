import { useRoute } from '../../shell/routeStore.ts'
import { sayWords } from '../../shell/sayStore.ts'
import { text } from '../../text/text.ts'
import { chooseVersion } from '../openClip.ts'
import { player } from '../playerControl.ts'
import { standingAt } from '../standing.ts'
import { exchange, hearOther, useCompare } from './compareStore.ts'

/**
 * The two versions that are compared change places, each on the frame it shows; the one that was beside is then the one
 * in the room, as when its tab is pressed. Nothing while nothing is compared.
 */
export function swapCompared(): void {
  const { other, offsets } = useCompare.getState()
  if (other === null) return
  const { route } = useRoute.getState()
  if (route.screen === 'review') standingAt(route).changePlaces(offsets)
  else if (offsets.other !== offsets.own) {
    // A list keeps its clock from version to version.
    const shown = player()
    shown?.seek(shown.frame() + offsets.other - offsets.own)
  }
  exchange()
  chooseVersion(other)
}

/** To the sound of the version that is not heard, or says why it cannot be. */
export function swapSound(): void {
  const { other, otherLack } = useCompare.getState()
  if (other === null) return
  if (otherLack !== null) sayWords(text.compare.lacks[otherLack])
  else hearOther()
}
