import { expect, test } from 'vitest'
import { type ErrorCode, errorCodes } from '../../shared/errors.ts'
import { errorWords } from './errors.ts'

test.each(Object.keys(errorCodes) as ErrorCode[])('%s has whole sentences', (code) => {
  for (const facts of [{}, { host: 'api.example.com', field: 'name', codec: 'ProRes', right: 'upload' }]) {
    const words = errorWords({ code, facts })
    expect(words.short.length).toBeLessThanOrEqual(28)
    expect(words.what).toMatch(/\.$/)
    expect(words.more).toMatch(/\.$/)
    expect(`${words.what} ${words.more}`).not.toMatch(/undefined|null|\[object|error/i)
  }
})
