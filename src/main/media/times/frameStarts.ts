/** What a container's own table says of its first video track. */
export interface FrameStarts {
  readonly ticksPerSecond: number
  /** Start of every picture in the player's time, in ticks, rising. */
  readonly starts: readonly number[]
  /** How long the last picture stays. */
  readonly lastTicks: number
  /** False if the file was too long to be read to its end. */
  readonly isComplete: boolean
}
