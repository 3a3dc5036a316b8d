import { expect, test } from 'vitest'
import { textQuery } from './textQuery.ts'

const both = ['title', 'body'] as const

test.each([
  ['', undefined],
  ['  ', undefined],
  ['* ! -', null],
  ['ridge', '{title body} : (("ridge"))'],
  ['first lig*', '{title body} : (("first" AND "lig"*))'],
  ['first AND light', '{title body} : (("first" AND "light"))'],
  ['lake OR "first light"', '{title body} : (("lake") OR ("first light"))'],
  ['lake -lantern', '{title body} : ((("lake") NOT ("lantern")))'],
  ['lake NOT lantern', '{title body} : ((("lake") NOT ("lantern")))'],
  ['a\\*b\\:c*', '{title body} : (("a*b:c"*))'],
  ['say\\"so', '{title body} : (("say""so"))'],
  ['x\\*', '{title body} : (("x*"))'],
])('%j', (text, expected) => {
  expect(textQuery(text, both)).toBe(expected)
})
