import { expect, test } from 'vitest'
import { queryOf } from './search.ts'

test('what is typed is looked for as it is, as the beginning of words', () => {
  expect(queryOf('  harbour   night ')).toBe('harbour* night*')
  expect(queryOf('')).toBe('')
  expect(queryOf('A001_C002.mov (final) "x":y* a/b \\ <z>')).toBe(
    String.raw`A001_C002.mov* \(final\)* \"x\"\:y\** a\/b* \\* z*`,
  )
  expect(queryOf('NOT a && b OR -c')).toBe(String.raw`NOT* a* \&\&* b* OR* \-c*`)
})
