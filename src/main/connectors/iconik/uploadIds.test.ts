import { expect, test } from 'vitest'
import { placeOf, plainName, storageOf } from './uploadIds.ts'

test('a name keeps what people wrote and loses what breaks lines and paths', () => {
  expect(plainName('A001 – Käse 🎬.mov')).toBe('A001 – Käse 🎬.mov')
  expect(plainName('Ka\u0308se.mov')).toBe('Käse.mov')
  expect(plainName('a\nb\tc/d\\e\u2028f\ud800.mov')).toBe('a_b_c_d_e_f_.mov')
  expect([plainName('..'), plainName('.'), plainName('')]).toEqual(['_', '_', '_'])
  expect(plainName('x'.repeat(250))).toHaveLength(250)
})

test('only a collection takes files; its own storage is known where the note names it', () => {
  const note = { domainId: 'd', collectionId: 'c', storageId: 's' }
  expect([placeOf({ remote: note }), storageOf({ remote: note })]).toEqual(['c', 's'])
  expect(() => placeOf({ remote: { ...note, collectionId: null } })).toThrow(
    expect.objectContaining({ code: 'request.invalid' }),
  )
  expect(() => placeOf({ remote: {} })).toThrow(expect.objectContaining({ code: 'request.invalid' }))
  expect(storageOf({ remote: {} })).toBeNull()
})
