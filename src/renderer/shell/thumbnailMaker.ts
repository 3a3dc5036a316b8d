import type { Payload } from '../../shared/contract.ts'
import { toFailure } from '../../shared/errors.ts'
import { ask, subscribe } from '../bridge.ts'
import { pictureTaken } from '../library/SourcePicture.tsx'
import { takePicture } from '../library/takePicture.ts'
import { say } from './sayStore.ts'

type Wanted = Payload<'thumbnails.wanted'>

async function make({ sourceId, url, kind }: Wanted): Promise<void> {
  let picture: Blob
  try {
    picture = await takePicture(url, { kind, preload: 'auto' })
  } catch {
    // No decoder for it, or no picture in it: said once, so that nobody asks again.
    await ask('thumbnails.skip', { sourceId })
    return
  }
  const jpeg = new Uint8Array(await picture.arrayBuffer())
  await ask('thumbnails.store', { sourceId, jpeg })
  pictureTaken(sourceId)
}

/** Takes pictures of files on their way, one at a time, until the returned function is called. */
export function followThumbnails(): () => void {
  const line: Wanted[] = []
  let isWorking = false
  const work = async () => {
    if (isWorking) return
    isWorking = true
    for (let next = line.shift(); next !== undefined; next = line.shift()) {
      try {
        await make(next)
      } catch (error) {
        say(toFailure(error))
      }
    }
    isWorking = false
  }
  return subscribe('thumbnails.wanted', (wanted) => {
    if (line.some((each) => each.sourceId === wanted.sourceId)) return
    line.push(wanted)
    void work()
  })
}
