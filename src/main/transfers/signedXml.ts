import type { ListedPart } from './objectStore.ts'

/** What a store's answer to a signed request says. Answers are small and flat; anything else is not the store's. */
export interface StoreAnswer {
  /** Name of the outermost element, empty when it is no XML. */
  readonly root: string
  /** The text of the first element of this name; undefined when there is none. */
  text(name: string): string | undefined
}

const entities: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" }

export function readXml(xml: string): StoreAnswer {
  // A slow answer may begin with blanks that only keep the line open.
  const root = /^\s*(?:<\?xml[^>]*\?>\s*)?<([A-Za-z]+)[\s/>]/.exec(xml)?.[1] ?? ''
  return { root, text: (name) => textIn(xml, name) }
}

function textIn(xml: string, name: string): string | undefined {
  const found = new RegExp(`<${name}>([^<]*)</${name}>`).exec(xml)?.[1]
  return found === undefined ? undefined : decoded(found)
}

function decoded(text: string): string {
  return text.replace(/&(?:#x([0-9a-fA-F]{1,6})|#(\d{1,7})|([a-z]{2,4}));/g, (whole, hexCode, code, name) => {
    if (name !== undefined) return entities[name] ?? whole
    const point = hexCode === undefined ? Number(code) : Number.parseInt(hexCode, 16)
    return point <= 0x10_ffff ? String.fromCodePoint(point) : whole
  })
}

/** One page of ListParts; undefined when the answer is none. */
export function readPartList(
  xml: string,
): { readonly parts: readonly ListedPart[]; readonly isTruncated: boolean } | undefined {
  const answer = readXml(xml)
  if (answer.root !== 'ListPartsResult') return undefined
  const parts: ListedPart[] = []
  for (const [, part = ''] of xml.matchAll(/<Part>([\s\S]*?)<\/Part>/g)) {
    const number = Number(textIn(part, 'PartNumber'))
    const bytes = Number(textIn(part, 'Size'))
    const etag = textIn(part, 'ETag')
    if (!Number.isSafeInteger(number) || !Number.isSafeInteger(bytes) || etag === undefined) continue
    parts.push({ number, bytes, etag, crc32: undefined })
  }
  return { parts, isTruncated: answer.text('IsTruncated') === 'true' }
}

/** The body of a completion: part numbers in order, each with its ETag as the store gave it. */
export function completionXml(parts: readonly { readonly number: number; readonly etag: string }[]): string {
  const rows = parts.map(
    ({ number, etag }) => `<Part><PartNumber>${number}</PartNumber><ETag>${escaped(etag)}</ETag></Part>`,
  )
  return `<CompleteMultipartUpload xmlns="http://s3.amazonaws.com/doc/2006-03-01/">${rows.join('')}</CompleteMultipartUpload>`
}

function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (char) => `&#${char.charCodeAt(0)};`)
}
