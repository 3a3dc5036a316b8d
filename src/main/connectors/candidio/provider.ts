import { z } from 'zod'
import { AppError } from '../../../shared/errors.ts'
import { toJson } from '../../../shared/json.ts'
import type { Provider } from '../provider.ts'
import { hostOf, inputFor } from '../provider.ts'
import { createCandidioConnector } from './connector.ts'

const settingsSchema = z.object({
  address: z.string(),
  storage: z.object({
    endpoint: z.string().optional(),
    region: z.string(),
    bucket: z.string(),
    prefix: z.string(),
    forcePathStyle: z.boolean(),
    accessKeyId: z.string(),
  }),
})
const secretsSchema = z.object({
  token: z.string(),
  secretAccessKey: z.string(),
  sessionToken: z.string().optional(),
})

/** Candidio gives out tokens on its own pages: nothing is asked here. */
export const candidioProvider: Provider = {
  async record(input) {
    const { address, token, storage } = inputFor('candidio', input)
    const { secretAccessKey, sessionToken, ...open } = storage
    return {
      host: hostOf(address),
      settings: toJson({ address, storage: open }),
      secrets: toJson({ token, secretAccessKey, sessionToken }),
    }
  },
  async renew(kept, renewal) {
    if ('signIn' in renewal) throw new AppError('request.invalid', { provider: 'iconik' })
    const before = secretsSchema.partial().parse(kept.secrets ?? {})
    const { token, secretAccessKey = before.secretAccessKey, sessionToken = before.sessionToken } = renewal
    if (secretAccessKey === undefined) throw new AppError('request.invalid', { field: 'secretAccessKey' })
    return toJson({ token, secretAccessKey, sessionToken })
  },
  connector(record, parts) {
    const { address } = settingsSchema.parse(record.settings)
    const { token } = secretsSchema.parse(record.secrets)
    return createCandidioConnector({ access: { address, token }, ...parts })
  },
  access(connectionId, record) {
    const { address, storage } = settingsSchema.parse(record.settings)
    const { token, ...keys } = secretsSchema.parse(record.secrets)
    return { connectionId, provider: 'candidio', api: { address, token }, storage: { ...storage, ...keys } }
  },
}
