import { expect, test } from 'vitest'
import { connectionInputSchema } from '../shared/connection.ts'
import type { StudioAccess } from '../studio/control.ts'
import { studioInput } from './studioProcess.ts'

const access: StudioAccess = {
  address: 'http://127.0.0.1:4000/v1',
  token: 'a-token-of-the-studio',
  adminToken: 'a-token-of-its-admin',
  iconik: {
    address: 'http://127.0.0.1:4000',
    systemDomainId: 'd',
    appId: '5b1f8f0e-8a55-4c6f-9a6e-111111111111',
    token: 'an-iconik-token-of-the-studio',
    limitedToken: 'a-limited-token-of-it',
    password: 'passwords',
    otp: '123456',
    email: 'runa@northlight.example',
    limitedEmail: 'ida@northlight.example',
    mfaEmail: 'mfa@northlight.example',
  },
  storage: {
    endpoint: 'http://127.0.0.1:4000',
    region: 'local',
    bucket: 'media',
    forcePathStyle: true,
    accessKeyId: 'accesskey',
    secretAccessKey: 'a-secret-access-key',
  },
  pid: 1,
}

test('the studio is connected to as what somebody would type', () => {
  for (const provider of ['candidio', 'iconik'] as const)
    expect(connectionInputSchema.parse(studioInput(provider, access))).toMatchObject({ provider })
})

test('only as a service it stands in for, and never as its administrator', () => {
  expect(() => studioInput('kitsu', access)).toThrow('request.invalid')
  expect(JSON.stringify(studioInput('candidio', access))).not.toContain(access.adminToken)
})
