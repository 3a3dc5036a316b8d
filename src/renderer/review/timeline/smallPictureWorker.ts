/** Makes frames small beside the page: reading one of 1080 lines takes longer than the page may wait for while it plays. */
import type { LargePicture, SmallPicture } from './smallPicture.ts'

async function smallOf({ frame, width, height }: LargePicture): Promise<ImageBitmap | null> {
  try {
    return await createImageBitmap(frame, {
      resizeWidth: width,
      resizeHeight: height,
      resizeQuality: 'medium',
    })
  } catch {
    // Its place in the strip stays empty.
    return null
  } finally {
    frame.close()
  }
}

self.addEventListener('message', async ({ data }: MessageEvent<LargePicture>) => {
  const bitmap = await smallOf(data)
  const small: SmallPicture = { number: data.number, bitmap }
  self.postMessage(small, { transfer: bitmap === null ? [] : [bitmap] })
})
