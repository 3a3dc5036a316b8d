import type { ProviderId } from '../../shared/connection.ts'
import { AppError } from '../../shared/errors.ts'
import { candidioProvider } from './candidio/provider.ts'
import { iconikProvider } from './iconik/provider.ts'
import type { Provider } from './provider.ts'

const providers: Partial<Record<ProviderId, Provider>> = {
  candidio: candidioProvider,
  iconik: iconikProvider,
}

/** The provider's code. `request.invalid` for one this version does not have. */
export function providerOf(id: ProviderId): Provider {
  const provider = providers[id]
  if (provider === undefined) throw new AppError('request.invalid', { provider: id })
  return provider
}
