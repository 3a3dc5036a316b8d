import { expect, test } from 'vitest'
import { colourNameOf, commentColourNames, commentColours } from './commentColour.ts'

test('each of our colours is found again by its value', () => {
  for (const name of commentColourNames) {
    expect(colourNameOf(commentColours[name])).toBe(name)
    expect(colourNameOf(commentColours[name].toUpperCase())).toBe(name)
  }
})

test('a colour of others is called what it looks like; greys and unknown writings have no name', () => {
  expect(colourNameOf('#f00')).toBe('red')
  expect(colourNameOf('#ff0040')).toBe('red')
  expect(colourNameOf('#ffff00')).toBe('amber')
  expect(colourNameOf('#00ffff')).toBe('blue')
  expect(colourNameOf('#ff00ff')).toBe('violet')
  for (const none of [null, '', '#808080', '#ffffff', 'red', 'rgb(1,2,3)', '#12345'])
    expect(colourNameOf(none)).toBeNull()
})
