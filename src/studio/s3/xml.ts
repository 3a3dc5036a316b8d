import { S3Error } from './s3Error.ts'

/** Content of an element: text, or elements in order. A list gives the element once for each entry. */
export type Xml = string | number | boolean | { readonly [name: string]: Xml | readonly Xml[] | undefined }

const replacements: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
}

/** Control characters go as references, as S3 sends them, so that a newline in a key survives. */
const escapeText = (text: string): string =>
  text.replace(/[&<>"\p{Cc}]/gu, (character) => replacements[character] ?? `&#${character.charCodeAt(0)};`)

function element(name: string, content: Xml): string {
  if (typeof content !== 'object') return `<${name}>${escapeText(String(content))}</${name}>`
  return `<${name}>${elements(content)}</${name}>`
}

function elements(content: Exclude<Xml, string | number | boolean>): string {
  return Object.entries(content)
    .map(([name, value]) => {
      if (value === undefined) return ''
      return Array.isArray(value)
        ? value.map((entry: Xml) => element(name, entry)).join('')
        : element(name, value as Xml)
    })
    .join('')
}

/** A document of S3's answers, in its namespace where it has one. */
export function xmlDocument(root: string, content: Exclude<Xml, string | number | boolean>): string {
  const namespace = root === 'Error' ? '' : ' xmlns="http://s3.amazonaws.com/doc/2006-03-01/"'
  return `<?xml version="1.0" encoding="UTF-8"?>\n<${root}${namespace}>${elements(content)}</${root}>`
}

export interface XmlElement {
  readonly name: string
  readonly children: XmlElement[]
  text: string
}

const malformed = () =>
  new S3Error(
    'MalformedXML',
    'The XML you provided was not well-formed or did not validate against our published schema',
  )

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

function unescapeText(text: string): string {
  return text.replace(/&([^;&]{0,12});?/g, (_whole, name: string) => {
    const named = entities[name]
    if (named !== undefined) return named
    const numeric = /^#(?:x([0-9a-fA-F]{1,6})|(\d{1,7}))$/.exec(name)
    const code = numeric ? Number.parseInt(numeric[1] ?? numeric[2] ?? '', numeric[1] ? 16 : 10) : Number.NaN
    if (!(code <= 0x10ffff)) throw malformed()
    return String.fromCodePoint(code)
  })
}

const maxDepth = 8

/**
 * Reads the small documents that clients send: elements and text. Attributes are passed over; comments, CDATA,
 * instructions and document types are refused, so nothing in a document can refer to anything outside of it.
 */
export function parseXml(document: string): XmlElement {
  const body = document.replace(/^\uFEFF?\s*<\?xml[^>]*\?>/, '').trim()
  const top: XmlElement = { name: '', children: [], text: '' }
  const open: XmlElement[] = [top]
  const token = /<(\/?)([A-Za-z_][\w.:-]*)([^<>]*)>|([^<]+)/y
  while (token.lastIndex < body.length) {
    const match = token.exec(body)
    const current = open.at(-1)
    if (match === null || current === undefined) throw malformed()
    const [, closing, name, attributes, text] = match
    const isEmpty = attributes?.endsWith('/') === true
    if (text !== undefined) {
      if (current === top) throw malformed()
      current.text += unescapeText(text)
    } else if (closing === '/') {
      if (current === top || current.name !== name || isEmpty) throw malformed()
      open.pop()
    } else {
      const child: XmlElement = { name: name ?? '', children: [], text: '' }
      current.children.push(child)
      if (!isEmpty) open.push(child)
      if (open.length > maxDepth) throw malformed()
    }
  }
  const [root, ...more] = top.children
  if (root === undefined || more.length > 0 || open.length !== 1) throw malformed()
  return root
}

export const childText = (parent: XmlElement, name: string): string | undefined =>
  parent.children.find((child) => child.name === name)?.text.trim()
