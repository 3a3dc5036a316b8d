/**
 * Secrets and homes out of a text that goes to a log, a message or a report. The one place that knows their shapes.
 * Errs on the side of hiding: a text that merely looks like a secret is hidden too. Very long texts are cut. Idempotent.
 */
export function redact(text: string): string {
  let clean = text.length > longest ? `${text.slice(0, longest)}…` : text
  for (const [shape, instead] of shapes) clean = clean.replace(shape, instead)
  return clean
}

const longest = 20_000
const hidden = '[hidden]'
const secretName =
  '(?:x-)?(?:api[-_]?key|api[-_]?token|access[-_]?token|refresh[-_]?token|auth[-_]?token|id[-_]?token|session[-_]?token|client[-_]?secret|secret[-_]?access[-_]?key|secret[-_]?key|secret|password|passwd|token|signature|credential|security[-_]?token)'

const shapes: readonly (readonly [RegExp, string])[] = [
  // Headers whole: Authorization also holds the credential scope and the signed header names.
  [
    /\b((?:proxy-)?authorization|set-cookie|cookie|x-amz-security-token|app-id|auth-token)(["']?\s*[:=]\s*)(?!\s|\[hidden\])(?:"[^"]*"|'[^']*'|[^\r\n"'}]+)/gi,
    `$1$2${hidden}`,
  ],
  [/\b(Bearer|Basic|Digest|Token)\s+(?!\[hidden\])[A-Za-z0-9._~+/=-]{8,}/g, `$1 ${hidden}`],
  [/\bAWS4-HMAC-SHA256\b[^\r\n"'}]*/g, hidden],
  [/\bAWS [A-Z0-9]{16,}:[A-Za-z0-9+/=]+/g, hidden],
  // A URL with an answer-only-to-the-holder query or a user:password keeps its host, nothing else.
  [/\b([a-z][a-z0-9+.-]*:\/\/)[^\s/@"'<>]+@/gi, `$1${hidden}@`],
  [
    /\b(https?:\/\/[^\s/?#"'<>]+)[^\s?#"'<>]*\?[^\s"'<>]*(?:signature|x-amz-|x-goog-|awsaccesskeyid|sig=|token|key=|hdnea|policy=)[^\s"'<>]*/gi,
    `$1/${hidden}`,
  ],
  [/([?&;](?:x-amz|x-goog)-[a-z-]+=)(?!\[hidden\])[^\s&"'<>]+/gi, `$1${hidden}`],
  [
    new RegExp(
      `(["']?\\b[a-z0-9_.-]*${secretName}\\b["']?\\s*[:=]\\s*)(?!\\s|\\[hidden\\])(?:"[^"]*"|'[^']*'|[^\\s&,;"'<>})\\]]+)`,
      'gi',
    ),
    `$1${hidden}`,
  ],
  [/\beyJ[A-Za-z0-9_-]{6,}\.[A-Za-z0-9_-]{6,}(?:\.[A-Za-z0-9_-]*)?/g, hidden],
  [/\b(?:AKIA|ASIA|AROA|AIDA)[A-Z0-9]{12,}\b/g, hidden],
  [
    /(["'`])(?:file:\/\/)?\/(?:home|Users|root|private|var|tmp|media|mnt|Volumes|run\/media|opt|srv|data)\/[^"'`\r\n]*\1/g,
    '$1[path]$1',
  ],
  // Homes, then any other absolute path below the usual roots: a file's name alone may say whose film it is.
  [
    /(?<![\w/:.])(?:file:\/\/)?\/(?:home|Users|root|private|var|tmp|media|mnt|Volumes|run\/media|opt|srv|data)(?:\/[^\s"'<>:;,)\]}]*)?/g,
    '[path]',
  ],
  [/(?:\\\\\?\\)?\b[A-Za-z]:\\[^\r\n"'<>|?*:;,)]*/g, '[path]'],
  [/(?<!\\)\\\\[^\s\\"'<>]+\\[^\r\n"'<>|?*:;,)]*/g, '[path]'],
]
