import { canDropFrames, type FrameRate, frameRateOf } from '../../../shared/frameRate.ts'
import { formatTimecode } from '../../../shared/timecode.ts'

/** Reads bytes of a file; fewer at its end. */
export type ReadRange = (start: number, bytes: number) => Promise<Buffer>

export interface MovieFacts {
  readonly durationMs: number
  readonly width?: number
  readonly height?: number
  /** `avc1`, `av01`…: the picture's, or else the sound's. */
  readonly codec?: string
  readonly rate?: FrameRate
  readonly startTimecode?: string
  readonly isDropFrame?: boolean
}

interface Box {
  readonly type: string
  readonly body: Buffer
}

const maxMoovBytes = 32 * 2 ** 20
const maxTopBoxes = 1000

/** The boxes within a box's body; a box that says nonsense of its size ends the list. */
function boxesOf(body: Buffer): Box[] {
  const boxes: Box[] = []
  for (let at = 0; at + 8 <= body.length; ) {
    const bytes = body.readUInt32BE(at)
    if (bytes < 8 || at + bytes > body.length) break
    boxes.push({ type: body.toString('latin1', at + 4, at + 8), body: body.subarray(at + 8, at + bytes) })
    at += bytes
  }
  return boxes
}

function inside(body: Buffer, ...path: readonly string[]): Buffer | undefined {
  let found: Buffer | undefined = body
  for (const type of path) found = found && boxesOf(found).find((box) => box.type === type)?.body
  return found
}

/** The `moov` box, wherever it lies in the file. */
async function readMoov(read: ReadRange, bytes: number): Promise<Buffer | undefined> {
  for (let at = 0, count = 0; at + 8 <= bytes && count < maxTopBoxes; count++) {
    const head = await read(at, 16)
    if (head.length < 8) return undefined
    const short = head.readUInt32BE(0)
    const isLong = short === 1 && head.length === 16
    const size = isLong ? Number(head.readBigUInt64BE(8)) : short === 0 ? bytes - at : short
    const headBytes = isLong ? 16 : 8
    if (size < headBytes) return undefined
    if (head.toString('latin1', 4, 8) === 'moov') {
      return size > maxMoovBytes ? undefined : await read(at + headBytes, size - headBytes)
    }
    at += size
  }
  return undefined
}

/** Timescale and duration of a `mvhd` or `mdhd`, which begin alike. */
function clockOf(head: Buffer | undefined): { scale: number; durationMs: number } | undefined {
  const isLong = head?.[0] === 1
  if (head === undefined || head.length < (isLong ? 32 : 20)) return undefined
  const scale = head.readUInt32BE(isLong ? 20 : 12)
  const duration = isLong ? Number(head.readBigUInt64BE(24)) : head.readUInt32BE(16)
  return scale === 0 ? undefined : { scale, durationMs: Math.round((duration * 1000) / scale) }
}

interface Track {
  readonly kind: string
  readonly clock: { readonly scale: number; readonly durationMs: number } | undefined
  readonly samples: Buffer
  readonly head: Buffer | undefined
}

function trackOf(body: Buffer): Track | undefined {
  const media = inside(body, 'mdia')
  const samples = media && inside(media, 'minf', 'stbl')
  if (media === undefined || samples === undefined) return undefined
  const kind = inside(media, 'hdlr')?.toString('latin1', 8, 12) ?? ''
  return { kind, clock: clockOf(inside(media, 'mdhd')), samples, head: inside(body, 'tkhd') }
}

/** Frames per second from the table of sample lengths, where all but the last last equally long. */
function rateOf({ samples, clock }: Track): FrameRate | undefined {
  const table = inside(samples, 'stts')
  if (table === undefined || clock === undefined || table.length < 16) return undefined
  const step = table.readUInt32BE(12)
  return step === 0 ? undefined : frameRateOf(clock.scale, step)
}

/** The first entry of `stsd`: what the samples are. */
function entryOf({ samples }: Track): Box | undefined {
  const table = inside(samples, 'stsd')
  return table && boxesOf(table.subarray(8))[0]
}

/** The frame number that the first sample of a timecode track holds. */
async function startFrameOf({ samples }: Track, read: ReadRange): Promise<number | undefined> {
  const short = inside(samples, 'stco')
  const long = inside(samples, 'co64')
  const at =
    short !== undefined && short.length >= 12
      ? short.readUInt32BE(8)
      : long !== undefined && long.length >= 16
        ? Number(long.readBigUInt64BE(8))
        : undefined
  const sample = at === undefined ? undefined : await read(at, 4)
  return sample?.length === 4 ? sample.readUInt32BE(0) : undefined
}

/** What an MP4 or QuickTime file says of itself; undefined for anything else, and for one that is broken. */
export async function movieFacts(read: ReadRange, bytes: number): Promise<MovieFacts | undefined> {
  const moov = await readMoov(read, bytes)
  const clock = moov && clockOf(inside(moov, 'mvhd'))
  if (moov === undefined || clock === undefined) return undefined
  const tracks = boxesOf(moov)
    .filter(({ type }) => type === 'trak')
    .flatMap(({ body }) => trackOf(body) ?? [])
  const picture = tracks.find(({ kind }) => kind === 'vide')
  const sound = tracks.find(({ kind }) => kind === 'soun')
  const timecode = tracks.find(({ kind }) => kind === 'tmcd')
  const shown = picture ?? sound
  const codec = shown && entryOf(shown)?.type.trim()
  const rate = picture && rateOf(picture)
  const head = picture?.head
  // The last two fields of a track's header, as 16.16 fixed numbers.
  const size =
    head === undefined || head.length < 84
      ? {}
      : { width: head.readUInt16BE(head.length - 8), height: head.readUInt16BE(head.length - 4) }
  const startFrame = timecode && (await startFrameOf(timecode, read))
  const isDropFrame =
    rate !== undefined && canDropFrames(rate) && ((timecode && entryOf(timecode)?.body[15]) ?? 0) % 2 === 1
  return {
    durationMs: clock.durationMs,
    ...size,
    ...(codec !== undefined && { codec }),
    ...(rate !== undefined && { rate }),
    ...(rate !== undefined &&
      startFrame !== undefined && {
        startTimecode: formatTimecode(startFrame, { rate, dropFrame: isDropFrame }),
        isDropFrame,
      }),
  }
}
