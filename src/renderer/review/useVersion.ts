import { type ComponentProps, useMemo, useState } from 'react'
import { firstNumberOf } from '../../shared/frameNumbers.ts'
import type { MediaInfo, Version } from '../../shared/place.ts'
import { useApp, useConnection } from '../shell/appStore.ts'
import { type AssetDetail, useComments } from './assetStore.ts'
import { clipOf } from './clipOf.ts'
import type { CommentPanel } from './comments/CommentPanel.tsx'
import { threadsOf } from './comments/threads.ts'
import type { FrameClock } from './frameClock.ts'
import type { Player } from './Player.tsx'
import type { PlayRange } from './playRange.ts'
import { usePlayed } from './renditions/usePlayed.ts'

type PlayerProps = ComponentProps<typeof Player>
type PanelProps = ComponentProps<typeof CommentPanel>

/** A version that is looked at, as its player and its comments need it. */
interface OpenVersion {
  readonly player: PlayerProps
  readonly panel: PanelProps
  /** What was read of its media; undefined until then. */
  readonly info: MediaInfo | undefined
  /** How long it is by its player, where its file may not say. */
  readonly seconds: number | null
  /** It has a length and a playhead. */
  readonly isMoving: boolean
  /** Its media cannot be had. */
  readonly isRefused: boolean
}

interface VersionProps {
  readonly detail: AssetDetail
  readonly version: Version
  readonly clock: FrameClock
  readonly range: PlayRange
  /** It was deleted while it is open. */
  readonly isGone?: boolean
}

/** Opens the media and the comments of one version. Clock and range are the caller's: a list keeps them for longer. */
export function useVersion({ detail, version, clock, range, isGone = false }: VersionProps): OpenVersion {
  const { asset, versions } = detail
  const media = usePlayed(version.id)
  const comments = useComments(version.id)
  const [seconds, setSeconds] = useState<number | null>(null)
  const opened = media.value
  const info = opened?.info
  const firstNumber = useApp(({ settings }) => firstNumberOf(settings.frameNumbers, asset))
  const timing = useMemo(
    () => (opened === null ? null : clipOf(opened, seconds, firstNumber)),
    [opened, seconds, firstNumber],
  )
  const threads = useMemo(() => threadsOf(comments.value ?? []), [comments.value])
  const connection = useConnection(asset.connectionId)
  const isMoving = info?.kind === 'video' || info?.kind === 'audio'
  const shared = { version, versions, threads, clock, range }
  return {
    player: { ...shared, asset, media, timing, onSeconds: setSeconds, isGone },
    panel: {
      ...{ ...shared, comments, connection },
      timing: isMoving ? timing : null,
      canBeDrawnOn: info !== undefined && info.width !== null && info.height !== null,
      isOpening: opened === null && media.failure === null,
      isClosed: isGone,
    },
    ...{ info, seconds, isMoving },
    isRefused: opened === null && media.failure !== null,
  }
}
