import { randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { extname, join, normalize, sep } from 'node:path'
import { protocol } from 'electron'

export const appScheme = 'app'
export const appOrigin = 'app://rushes'

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.woff2': 'font/woff2',
  '.json': 'application/json',
  '.map': 'application/json',
}

/** What the page may load and do. The nonce is for style elements that libraries add; no script and no style is inline. */
function policy(nonce: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' media: blob: data:",
    'media-src media: blob:',
    "font-src 'self'",
    "connect-src 'self' media:",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ')
}

/** Serves the built page at `app://rushes/`, from `folder` and nowhere else. */
export function serveApp(folder: string): void {
  protocol.handle(appScheme, async (request) => {
    const url = new URL(request.url)
    if (url.hostname !== 'rushes') return new Response(null, { status: 404 })
    const path = url.pathname === '/' ? '/index.html' : decodeURIComponent(url.pathname)
    const file = normalize(join(folder, path))
    if (!file.startsWith(folder + sep)) return new Response(null, { status: 404 })
    try {
      const bytes = await readFile(file)
      const type = types[extname(file)] ?? 'application/octet-stream'
      const headers: Record<string, string> = { 'content-type': type, 'x-content-type-options': 'nosniff' }
      if (extname(file) !== '.html') return new Response(new Uint8Array(bytes), { headers })
      const nonce = randomBytes(16).toString('base64')
      headers['content-security-policy'] = policy(nonce)
      headers['cache-control'] = 'no-store'
      return new Response(bytes.toString('utf8').replaceAll('__CSP_NONCE__', nonce), { headers })
    } catch {
      return new Response(null, { status: 404 })
    }
  })
}
