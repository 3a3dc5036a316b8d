import { expect, test } from 'vitest'
import { AppError } from '../../shared/errors.ts'
import { failedBefore } from './useSending.ts'

const away = new AppError('remote.unavailable')

test('what fails before anything is sent is said', () => {
  expect(failedBefore({ isTried: true, isBusy: false, failure: null }, away)).toMatchObject({
    isTried: true,
    isBusy: false,
    failure: { code: 'remote.unavailable' },
  })
})

test('what fails beside the sending does not let it be sent a second time', () => {
  const sending = { isTried: true, isBusy: true, failure: null }
  expect(failedBefore(sending, away)).toEqual(sending)
})
