import { expect, test } from 'vitest'
import { AppError } from '../../../shared/errors.ts'
import { readShareLink } from './shareLink.ts'

const origin = 'https://app.iconik.io'
const object = '9dd6ba44-eb0a-11ef-b74c-4ea7213850ba'

function factsOf(link: string): unknown {
  try {
    readShareLink(link, origin)
    return 'read'
  } catch (error) {
    return error instanceof AppError ? { code: error.code, ...error.facts } : error
  }
}

test('links of the forms that are in use are read', () => {
  const whole = { hash: 'eyJ0.eyJz.x-_', objectType: 'assets', objectId: object, appId: undefined }
  const query = `object_type=assets&object_id=${object}&hash=eyJ0.eyJz.x-_`
  expect(readShareLink(`${origin}/share/assets/${object}/?${query}`, origin)).toEqual(whole)
  expect(readShareLink(`${origin}/review/share/?${query}`, origin)).toEqual(whole)
  expect(readShareLink(`${origin}/share/#/?${query}`, origin)).toEqual(whole)
  expect(readShareLink(`${origin}/share/assets/${object}/?hash=eyJ0.eyJz.x-_&app_id=a1`, origin)).toEqual({
    ...whole,
    appId: 'a1',
  })
})

test('the path may speak of another kind than the query, which is what counts', () => {
  const link = `${origin}/share/assets/${object}/?object_type=collections&object_id=${object}&hash=h`
  expect(readShareLink(link, origin)).toMatchObject({ objectType: 'collections', objectId: object })
})

test('a hash may be the last step of the path', () => {
  expect(readShareLink(`${origin}/share/Zx81_-abcdefghijkl/`, origin)).toEqual({
    hash: 'Zx81_-abcdefghijkl',
    objectType: undefined,
    objectId: undefined,
    appId: undefined,
  })
})

test('a link to another host, port or scheme is refused before anything is sent', () => {
  for (const link of [
    `https://app.iconik.io.example.com/share/?hash=h`,
    `https://example.com/share/?hash=h#${origin}`,
    `http://app.iconik.io/share/?hash=h`,
    `https://app.iconik.io:8443/share/?hash=h`,
  ])
    expect(factsOf(link)).toEqual({ code: 'request.invalid', field: 'link', reason: 'host' })
  expect(factsOf('https://me:secret@app.iconik.io/share/?hash=h')).toMatchObject({ reason: 'password' })
})

test('a link that opens nothing is refused', () => {
  for (const link of [origin, `${origin}/asset/${object}`, `${origin}/share/assets/${object}/?hash=`])
    expect(factsOf(link)).toEqual({ code: 'request.invalid', field: 'link', reason: 'hash' })
})
