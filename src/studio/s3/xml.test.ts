import { describe, expect, test } from 'vitest'
import { processorTime } from '../../../tests/fakes/stopwatch.ts'
import { childText, parseXml, xmlDocument } from './xml.ts'

test('what is written is read back, whatever is in the text', () => {
  const text = 'a <b> & "c" \n\t ü 🎬 ]]>'
  const root = parseXml(xmlDocument('Root', { One: text, Two: [1, 2], None: undefined, Deep: { In: true } }))
  expect(root.name).toBe('Root')
  expect(childText(root, 'One')).toBe(text)
  expect(root.children.map(({ name }) => name)).toEqual(['One', 'Two', 'Two', 'Deep'])
  expect(childText(root, 'None')).toBeUndefined()
})

describe('documents are refused that', () => {
  test.each([
    ['are empty', ''],
    ['are text', 'hello'],
    ['do not close', '<a><b></a>'],
    ['close too much', '<a></a></a>'],
    ['have two roots', '<a/><b/>'],
    ['name a document type', '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>'],
    ['use unknown entities', '<a>&x;</a>'],
    ['use impossible characters', '<a>&#99999999;</a>'],
    ['hold CDATA', '<a><![CDATA[x]]></a>'],
    ['hold instructions', '<a><?php x ?></a>'],
    ['nest without end', '<a>'.repeat(100) + '</a>'.repeat(100)],
  ])('%s', (_name, text) => {
    expect(() => parseXml(text)).toThrow('The XML you provided was not well-formed')
  })
})

test('a document of megabytes without an end is refused quickly', () => {
  const refused = processorTime(() => {
    expect(() => parseXml(`<a ${' '.repeat(2_000_000)}`)).toThrow()
    expect(() => parseXml(`<a>${'&'.repeat(2_000_000)}`)).toThrow()
  })
  expect(refused.ms).toBeLessThan(5000)
})
