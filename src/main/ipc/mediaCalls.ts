import type { calls } from '../../shared/contract.ts'
import { AppError } from '../../shared/errors.ts'
import type { Handlers } from '../../shared/rpc.ts'
import type { FfmpegFinder } from '../media/ffmpegTool.ts'
import type { FileCaptions } from '../media/fileCaptions.ts'
import type { Media } from '../media/media.ts'
import type { OwnProxies } from '../media/ownProxies.ts'
import type { Posters } from '../media/posters.ts'
import type { Renditions } from '../media/renditions.ts'
import type { VersionCaptions } from '../media/versionCaptions.ts'
import type { MediaFacts } from '../store/assetStore.ts'

type Names = Extract<
  keyof typeof calls,
  `media.${string}` | `posters.${string}` | `proxies.${string}` | `ffmpeg.${string}` | `captions.${string}`
>

/** What a file that the user picks in the system's own dialog is wanted as. */
export type WantedFile = 'program' | 'captions'

export interface MediaCallParts {
  readonly media: Media
  readonly renditions: Renditions
  readonly proxies: OwnProxies
  readonly posters: Posters
  readonly ffmpeg: FfmpegFinder
  readonly captions: VersionCaptions
  readonly fileCaptions: FileCaptions
  /** Undefined when the user changed their mind. */
  readonly chooseFile: (wanted: WantedFile) => Promise<string | undefined>
}

/** The facts as they are of a proxy made here: it begins at zero and has equal frames, unless those of the original are not. */
const inProxy = ({ info, times }: MediaFacts): MediaFacts => ({
  info,
  times: times !== null && info.isVariableRate ? { ...times, startTicks: 0 } : null,
})

export function mediaCalls(parts: MediaCallParts): Pick<Handlers<typeof calls>, Names> {
  const { media, renditions, proxies, posters, ffmpeg, captions, fileCaptions, chooseFile } = parts
  return {
    async 'media.open'({ versionId }) {
      const found = await media.open(versionId)
      const facts = await proxies.facts(versionId)
      if (facts === undefined) return { ...found, own: null }
      // Another proxy has another address: the page keeps nothing of the one before.
      const at = (part: string) => `${media.urlOf(versionId)}/${part}?k=${facts.madeAt}`
      return {
        url: at('proxy'),
        ...inProxy(found),
        own: {
          posterUrl: facts.hasPoster ? at('poster') : null,
          peaksUrl: facts.hasPeaks ? at('peaks') : null,
        },
      }
    },
    'media.renditions': ({ versionId }) => renditions.list(versionId),
    'media.openRendition': ({ versionId, key }) => renditions.open(versionId, key),
    async 'media.known'({ versionId }) {
      const found = media.known(versionId)
      if (found === undefined) return null
      return (await proxies.facts(versionId)) === undefined ? found : inProxy(found)
    },
    'posters.store': ({ versionId, jpeg }) => posters.keep(versionId, jpeg),
    'posters.make': ({ versionId }) => posters.make(versionId),
    'posters.stop': async ({ versionId }) => posters.stop(versionId),
    'proxies.get': ({ versionId }) => proxies.state(versionId),
    'proxies.make': ({ versionId }) => proxies.make(versionId),
    'proxies.cancel': async ({ versionId }) => proxies.cancel(versionId),
    'proxies.bytes': () => proxies.bytes(),
    'proxies.clear': () => proxies.clear(),
    'ffmpeg.get': () => ffmpeg.state(),
    async 'ffmpeg.choose'() {
      const path = await chooseFile('program')
      if (path !== undefined && !(await ffmpeg.choose(path))) throw new AppError('ffmpeg.unfit')
      return ffmpeg.state()
    },
    async 'ffmpeg.forget'() {
      await ffmpeg.forget()
      return ffmpeg.state()
    },
    'captions.list': ({ versionId }) => captions.list(versionId),
    async 'captions.add'({ versionId }) {
      const path = await chooseFile('captions')
      const added = path === undefined ? undefined : await captions.add(versionId, path)
      return { tracks: await captions.list(versionId), addedId: added?.id ?? null }
    },
    'captions.read': async ({ versionId, id }) => [...(await captions.read(versionId, id))],
    async 'captions.remove'({ versionId, id }) {
      await captions.remove(versionId, id)
      return captions.list(versionId)
    },
    'captions.inFile': ({ versionId }) => fileCaptions.list(versionId),
    async 'captions.readInFile'({ versionId, id }) {
      const cues = await fileCaptions.read(versionId, id)
      return cues === null ? null : [...cues]
    },
    'captions.stopReading': async ({ versionId }) => fileCaptions.stop(versionId),
  }
}
