import { type ClipTiming, formatClipFrame } from '../../shared/clipTiming.ts'
import { formatFrameRate } from '../../shared/frameRate.ts'
import type { Asset, MediaInfo } from '../../shared/place.ts'
import { formatFrameCount } from '../../shared/timecode.ts'
import { ask } from '../bridge.ts'
import { type Verified, verifiedIn } from '../queue/verified.ts'
import { useAsked } from '../shell/useAsked.ts'
import { useNow } from '../shell/useNow.ts'
import { bytes, moment } from '../text/format.ts'
import { text } from '../text/text.ts'
import { classesOf } from '../ui/classes.ts'
import css from './Inspector.module.css'

const c = classesOf(css)

interface AssetFactsProps {
  readonly asset: Asset
  readonly info: MediaInfo | undefined
  readonly timing: ClipTiming | undefined
}

/** How a file that was sent from here was proven; null where that is not known here any more. */
function useVerified({ transferId }: Asset): Verified | null {
  const { value } = useAsked(transferId, async () =>
    transferId === null ? null : ask('transfers.get', { id: transferId }),
  )
  return value === null ? null : verifiedIn(value.notes)
}

/** What was read from the media itself, and what the service says of the asset. */
export function AssetFacts({ asset, info, timing }: AssetFactsProps) {
  const now = useNow()
  const words = text.inspector
  const verified = useVerified(asset)
  const rate = info?.rate
    ? [
        words.fps(formatFrameRate(info.rate)),
        info.isVariableRate && words.variable,
        info.isDropFrame && words.dropFrame,
      ]
        .filter(Boolean)
        .join(', ')
    : undefined
  const picture =
    info?.width && info.height ? `${info.width} × ${info.height}${rate ? `, ${rate}` : ''}` : undefined
  const facts: readonly (readonly [string, string | undefined | null])[] = [
    [words.kind, words.kinds[asset.kind]],
    [words.picture, picture],
    [words.rate, picture === undefined ? rate : undefined],
    [words.codec, info?.videoCodec],
    [words.sound, info?.audioCodec],
    [words.startsAt, timing && info?.kind === 'video' ? formatClipFrame(0, timing) : undefined],
    [words.length, timing ? formatFrameCount(timing.frameCount, timing) : undefined],
    [words.size, asset.bytes === null ? undefined : bytes(asset.bytes)],
    [words.added, asset.createdAt === null ? undefined : moment(asset.createdAt, now)],
    [
      words.verified,
      verified && words.verifiedBy(moment(verified.at, now), verified.checksum?.join(' ') ?? null),
    ],
  ]
  return (
    <section className={c('block')}>
      <h3 className={c('head')}>{words.details}</h3>
      <dl className={c('facts')}>
        {facts.map(([name, value]) =>
          value === undefined || value === null ? null : (
            <div key={name} style={{ display: 'contents' }}>
              <dt>{name}</dt>
              <dd title={value}>{value}</dd>
            </div>
          ),
        )}
      </dl>
    </section>
  )
}
