import { expect, test } from 'vitest'
import { completionXml, readPartList, readXml } from './signedXml.ts'

test('an answer is read by its outermost element, blanks before it or not', () => {
  const text =
    '\n \n<?xml version="1.0"?>\n<Error xmlns="x"><Code>SlowDown</Code><Message>a &lt; b &amp; c</Message></Error>'
  const answer = readXml(text)
  expect([answer.root, answer.text('Code'), answer.text('Message')]).toEqual([
    'Error',
    'SlowDown',
    'a < b & c',
  ])
  expect(answer.text('Key')).toBeUndefined()
  expect(readXml('<!doctype html><html></html>').root).toBe('')
  expect(readXml('').root).toBe('')
})

test('entities are read once, and those that are none stay', () => {
  const id = readXml('<R><UploadId>a&amp;lt;&#38;&#x26;&nope;&#x110000;&quot;</UploadId></R>').text(
    'UploadId',
  )
  expect(id).toBe('a&lt;&&&nope;&#x110000;"')
})

test('a list of parts is read whole; what is no list is none', () => {
  const part = (number: number) =>
    `<Part><PartNumber>${number}</PartNumber><LastModified>x</LastModified><ETag>&quot;e${number}&quot;</ETag><Size>5</Size></Part>`
  const list = `<ListPartsResult><IsTruncated>true</IsTruncated>${part(1)}${part(7)}<Part><Size>1</Size></Part></ListPartsResult>`
  expect(readPartList(list)).toEqual({
    isTruncated: true,
    parts: [
      { number: 1, bytes: 5, etag: '"e1"', crc32: undefined },
      { number: 7, bytes: 5, etag: '"e7"', crc32: undefined },
    ],
  })
  expect(readPartList('<Error><Code>NoSuchUpload</Code></Error>')).toBeUndefined()
})

test('ETags go back as they came', () => {
  const xml = completionXml([{ number: 1, etag: '"a<&>b"' }])
  expect(readXml(xml).root).toBe('CompleteMultipartUpload')
  expect(readXml(xml).text('ETag')).toBe('"a<&>b"')
})
