import { expect, test } from 'vitest'
import type { MetadataField } from '../../shared/metadata.ts'
import { isSame, textOf, valuesOf } from './metadataForm.ts'

const field = (part: Partial<MetadataField>): MetadataField => ({
  name: 'f',
  label: 'F',
  kind: 'text',
  help: null,
  isRequired: false,
  isReadOnly: false,
  takesMany: false,
  choices: [],
  ...part,
})

test('a field of many takes one value a line', () => {
  const tags = field({ kind: 'tags', takesMany: true })
  expect(valuesOf(tags, ' red \n\nblue')).toEqual(['red', 'blue'])
  expect(textOf(tags, { f: ['red', 'blue'] })).toBe('red\nblue')
})

test('a number that is none does not fit', () => {
  expect(valuesOf(field({ kind: 'integer' }), '12')).toEqual([12])
  expect(valuesOf(field({ kind: 'integer' }), '1.5')).toBeUndefined()
  expect(valuesOf(field({ kind: 'number' }), 'x')).toBeUndefined()
  expect(valuesOf(field({ kind: 'number' }), '')).toEqual([])
})

test('no value and an empty list are the same', () => {
  expect(isSame({ f: [] }, {})).toBe(true)
  expect(isSame({ f: ['a'] }, {})).toBe(false)
})
