import type { MediaFacts } from '../store/assetStore.ts'
import { readMediaInfo } from './mediaInfo.ts'
import type { PlaceBytes } from './placeBytes.ts'
import { fileBudget, linkBudget } from './times/byteWindow.ts'
import { readClipTimes } from './times/clipTimes.ts'

/** What a medium says of itself, its frames' times included; fails as `readMediaInfo`. `wasmFile` is MediaInfo's own module. */
export async function readFacts(bytes: PlaceBytes, wasmFile: string): Promise<MediaFacts> {
  const info = await readMediaInfo(bytes, wasmFile)
  return readClipTimes(bytes, info, bytes.isLink ? linkBudget : fileBudget)
}
