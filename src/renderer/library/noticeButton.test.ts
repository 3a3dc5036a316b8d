import { expect, test } from 'vitest'
import { noticeButton } from './noticeButton.ts'

const account = { isStudio: false }

test('whoever is signed out is asked to sign in', () => {
  expect(noticeButton({ code: 'auth.expired', facts: {} }, account)).toBe('signIn')
})

test('there is nothing to sign in to at the studio, or where no connection is', () => {
  for (const connection of [{ isStudio: true }, undefined])
    expect(noticeButton({ code: 'auth.expired', facts: {} }, connection)).toBe('tryAgain')
})

test('what nobody can help is copied, the rest is tried again', () => {
  expect(noticeButton({ code: 'internal.bug', facts: {} }, account)).toBe('copyDetails')
  expect(noticeButton({ code: 'network.offline', facts: {} }, account)).toBe('tryAgain')
  expect(noticeButton({ code: 'auth.forbidden', facts: {} }, account)).toBe('tryAgain')
})
