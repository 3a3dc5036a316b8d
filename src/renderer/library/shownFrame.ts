/** How often a picture is sought before its place stays empty. */
export const mostSeeks = 3

/**
 * The picture that `video` shows, to be closed by whoever asks; null while there is none. Chromium may say `seeked`
 * before the picture is where it can be read (w3c/webcodecs#487): another seek to the same time brings it, and drawing
 * the element instead would give a picture of nothing without a word.
 * @throws {DOMException} a `SecurityError` for media of elsewhere that was loaded without CORS
 */
export function shownFrame(video: HTMLVideoElement): VideoFrame | null {
  // A file that has just gone lets a seek end without its picture.
  if (video.readyState < HTMLMediaElement.HAVE_CURRENT_DATA) return null
  try {
    return new VideoFrame(video)
  } catch (error) {
    if (error instanceof DOMException && error.name === 'InvalidStateError') return null
    throw error
  }
}
