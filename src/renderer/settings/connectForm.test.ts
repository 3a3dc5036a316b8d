import { expect, test } from 'vitest'
import { connectionInputSchema } from '../../shared/connection.ts'
import { emptyForm, hostOf, inputOf, problemsOf } from './connectForm.ts'

const filled = {
  ...emptyForm,
  name: ' Northlight ',
  address: 'https://api.candidio.example/v1',
  token: 'secret',
  region: 'eu-north-1',
  bucket: 'media',
  accessKeyId: 'AKIA',
  secretAccessKey: 'key',
}

test('names what is missing', () => {
  expect(Object.keys(problemsOf(emptyForm)).sort()).toEqual([
    'accessKeyId',
    'bucket',
    'name',
    'secretAccessKey',
    'token',
  ])
  expect(problemsOf(filled)).toEqual({})
  expect(problemsOf({ ...filled, address: 'candidio' })).toEqual({ address: 'badAddress' })
  expect(problemsOf({ ...filled, endpoint: 'ftp://x' })).toEqual({ endpoint: 'badAddress' })
})

test('what it sends is what main takes', () => {
  expect(connectionInputSchema.safeParse(inputOf(filled)).success).toBe(true)
  expect(inputOf(filled).storage).not.toHaveProperty('endpoint')
})

test('the host is shown before a secret is typed', () => {
  expect(hostOf('https://api.candidio.example:8443/v1')).toBe('api.candidio.example:8443')
  expect(hostOf('javascript:alert(1)')).toBeUndefined()
  expect(hostOf('')).toBeUndefined()
})
