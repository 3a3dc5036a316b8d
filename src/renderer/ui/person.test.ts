import { expect, test } from 'vitest'
import { hueOf, initialsOf } from './person.ts'

test('a person keeps the hue', () => {
  expect(hueOf('Ada Dahl')).toBe(hueOf('Ada Dahl'))
  expect(hueOf('Ada Dahl')).toMatch(/^var\(--p[1-6]\)$/)
})

test('initials', () => {
  expect(initialsOf('Ada Dahl')).toBe('AD')
  expect(initialsOf('mira')).toBe('MI')
  expect(initialsOf('jonas.ode@example.com')).toBe('JC')
  expect(initialsOf('  ')).toBe('?')
})
