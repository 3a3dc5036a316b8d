/** Names that Windows keeps for devices, with or without an ending. */
const reserved = /^(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(\.|$)/i
/** In bytes: Linux takes 255 for a whole name. */
const longestStem = 200

/**
 * A name for a new file made from somebody's title: no separators, no control or direction characters, nothing a system
 * reserves or hides, and not too long. What the title ends in gives way to the extension.
 */
export function fileNameOf(title: string, extension: string): string {
  const stem = title
    .replace(/\.[A-Za-z0-9]{1,5}$/, '')
    // biome-ignore lint/suspicious/noControlCharactersInRegex: none of these may reach a disk
    .replace(/[\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069<>:"/\\|?*]+/g, ' ')
    .replace(/\s+/g, ' ')
    .replace(/^[\s.]+|[\s.]+$/g, '')
  const short = cut(stem).replace(/[\s.]+$/, '')
  const safe = short === '' ? 'Comments' : reserved.test(short) ? `_${short}` : short
  return `${safe}.${extension}`
}

/** Whole characters only. */
function cut(text: string): string {
  let kept = ''
  for (const sign of text) {
    if (Buffer.byteLength(kept + sign) > longestStem) break
    kept += sign
  }
  return kept
}
