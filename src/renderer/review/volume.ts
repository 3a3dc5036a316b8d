/** Of the whole; what is muted is at 0, whatever it was before. */
export const percentOf = ({ volume, isMuted }: { readonly volume: number; readonly isMuted: boolean }) =>
  isMuted ? 0 : Math.round(volume * 100)

const by =
  (step: number) =>
  (percent: number): number =>
    Math.max(0, Math.min(100, percent + step))

/** What a key on the slider makes of a volume in percent. */
export const volumeKeys: Readonly<Record<string, (percent: number) => number>> = {
  ArrowRight: by(5),
  ArrowUp: by(5),
  ArrowLeft: by(-5),
  ArrowDown: by(-5),
  PageUp: by(20),
  PageDown: by(-20),
  Home: by(-100),
  End: by(100),
}
