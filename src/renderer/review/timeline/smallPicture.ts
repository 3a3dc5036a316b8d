/** One frame to be made small, in pixels of the screen; whoever is sent it closes it. */
export interface LargePicture {
  readonly number: number
  readonly frame: VideoFrame
  readonly width: number
  readonly height: number
}

/** `bitmap` is null where the frame could not be read. */
export interface SmallPicture {
  readonly number: number
  readonly bitmap: ImageBitmap | null
}
