import type { IconikInput } from '../../../shared/connection.ts'
import { AppError } from '../../../shared/errors.ts'
import { toJson } from '../../../shared/json.ts'
import type { Provider } from '../provider.ts'
import { hostOf, inputFor } from '../provider.ts'
import { createIconikConnector } from './connector.ts'
import { secretsSchema, settingsSchema } from './session.ts'
import { readShareLink } from './shareLink.ts'
import { logIn, logInToShare, tokenSecrets } from './signIn.ts'
import type { IconikAccess } from './wireAccess.ts'

/** iconik: an account by application token or password, or a guest's look at a share. */
export const iconikProvider: Provider = {
  keepsFolders: true,
  async record(input, parts, signal) {
    const { address: typed, signIn } = inputFor('iconik', input)
    const host = hostOf(typed)
    const address = new URL(typed).origin
    const secrets = await secretsFor(signIn)
    return { host, settings: toJson({ address, isShare: signIn.kind === 'share' }), secrets: toJson(secrets) }

    async function secretsFor(proof: IconikInput['signIn']) {
      if (proof.kind === 'token') return tokenSecrets(proof)
      if (proof.kind === 'password') return logIn(address, proof, parts, signal)
      return logInToShare(address, readShareLink(proof.link, address), proof, parts, signal)
    }
  },
  async renew(kept, renewal, parts, signal) {
    if (!('signIn' in renewal)) throw new AppError('request.invalid', { provider: 'candidio' })
    const { address, isShare } = settingsSchema.parse(kept.settings)
    const { signIn } = renewal
    // A guest's connection stays one: an account's rights must not end up behind what looks like a share, nor the reverse.
    if (isShare !== (signIn.kind === 'share')) throw new AppError('request.invalid', { field: 'signIn' })
    if (signIn.kind === 'token') return toJson(tokenSecrets(signIn))
    if (signIn.kind === 'password') return toJson(await logIn(address, signIn, parts, signal))
    const before = secretsSchema.safeParse(kept.secrets)
    const share = before.data?.share
    if (share === undefined || share === null) throw new AppError('request.invalid', { field: 'link' })
    const link = {
      hash: share.hash,
      objectType: share.objectType,
      objectId: share.objectId,
      appId: undefined,
    }
    const proof = {
      appId: before.data?.appId,
      password: signIn.password,
      email: share.guestEmail ?? undefined,
    }
    return toJson(await logInToShare(address, link, proof, parts, signal))
  },
  connector(record, parts) {
    const { address } = settingsSchema.parse(record.settings)
    return createIconikConnector({ address, secrets: secretsSchema.parse(record.secrets), ...parts })
  },
  access(connectionId, record) {
    const { address, isShare } = settingsSchema.parse(record.settings)
    if (isShare) return undefined
    const { appId, token } = secretsSchema.parse(record.secrets)
    const api: IconikAccess = { address, appId, token }
    return { connectionId, provider: 'iconik', api, storage: null }
  },
}
