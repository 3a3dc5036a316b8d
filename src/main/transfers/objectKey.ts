const longestName = 160

/**
 * A file's name as the last piece of an object key: printable, without what breaks paths, headers or XML, in one form
 * of Unicode. Keys are unique without it; it is there for people who look into the bucket.
 */
export function keyName(name: string): string {
  const clean = name
    .normalize('NFC')
    // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is taken out
    .replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029\ufffe\uffff\\/]/g, '_')
    .replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, '_')
    .replace(/^\.+$/, '_')
  if (clean.length <= longestName) return clean === '' ? '_' : clean
  const dot = clean.lastIndexOf('.')
  const ending = dot > 0 && clean.length - dot <= 12 ? clean.slice(dot) : ''
  const cut = clean.slice(0, longestName - ending.length)
  return `${/[\ud800-\udbff]$/.test(cut) ? cut.slice(0, -1) : cut}${ending}`
}

/** Unique to one transfer of one installation: two stations on one bucket never meet. */
export function objectKeyFor(
  prefix: string,
  installationId: string,
  transferId: string,
  name: string,
): string {
  return `${prefix}${installationId}/${transferId}/${keyName(name)}`
}
