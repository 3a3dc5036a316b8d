import type { LaunchedApp } from './launch.ts'

/**
 * Of every two seeks of a detached video the first ends without a picture, as it seldom does by itself: reading it
 * throws, drawing it draws nothing.
 */
export const makeFramesLate = (window: LaunchedApp['window']): Promise<void> =>
  window.evaluate(() => {
    const seeks = new WeakMap<object, number>()
    const isLate = (source: unknown) =>
      source instanceof HTMLVideoElement && !source.isConnected && (seeks.get(source) ?? 0) % 2 === 1
    const own = Object.getOwnPropertyDescriptor(HTMLMediaElement.prototype, 'currentTime')
    if (own === undefined) throw new Error('no currentTime to follow')
    Object.defineProperty(HTMLMediaElement.prototype, 'currentTime', {
      ...own,
      set(this: HTMLMediaElement, to: number) {
        seeks.set(this, (seeks.get(this) ?? 0) + 1)
        own.set?.call(this, to)
      },
    })
    globalThis.VideoFrame = new Proxy(VideoFrame, {
      construct(target, args: ConstructorParameters<typeof VideoFrame>) {
        if (isLate(args[0])) throw new DOMException('Invalid source state', 'InvalidStateError')
        return new target(...args)
      },
    })
    const { prototype } = OffscreenCanvasRenderingContext2D
    prototype.drawImage = new Proxy(prototype.drawImage, {
      apply: (target, self, args) => (isLate(args[0]) ? undefined : Reflect.apply(target, self, args)),
    })
  })
