import type { Input } from '../../shared/contract.ts'
import type { FieldProblem } from '../forms/Field.tsx'

/** What is typed into the form, before it means anything. */
export interface ConnectForm {
  readonly name: string
  readonly address: string
  readonly token: string
  readonly endpoint: string
  readonly region: string
  readonly bucket: string
  readonly prefix: string
  readonly accessKeyId: string
  readonly secretAccessKey: string
  readonly sessionToken: string
  readonly forcePathStyle: boolean
}

export const emptyForm: ConnectForm = {
  name: '',
  // The service's own; a test server may stand elsewhere.
  address: 'https://api.candidio.com/v1',
  token: '',
  endpoint: '',
  region: 'us-east-1',
  bucket: '',
  prefix: '',
  accessKeyId: '',
  secretAccessKey: '',
  sessionToken: '',
  forcePathStyle: false,
}

export type ConnectField = keyof ConnectForm

const required: readonly ConnectField[] = [
  'name',
  'address',
  'token',
  'region',
  'bucket',
  'accessKeyId',
  'secretAccessKey',
]

/** The host that an address means; undefined if it is no address of a web server. */
export function hostOf(address: string): string | undefined {
  const url = URL.parse(address.trim())
  return url !== null && /^https?:$/.test(url.protocol) && url.host !== '' ? url.host : undefined
}

/** What is wrong with the fields, by field; empty when it can be sent. */
export function problemsOf(form: ConnectForm): Partial<Record<ConnectField, FieldProblem>> {
  const problems: Partial<Record<ConnectField, FieldProblem>> = {}
  for (const field of required) {
    if (String(form[field]).trim() === '') problems[field] = 'required'
  }
  for (const field of ['address', 'endpoint'] as const) {
    const value = form[field].trim()
    if (value !== '' && hostOf(value) === undefined) problems[field] = 'badAddress'
  }
  return problems
}

/** What main is asked to connect to; optional fields that are empty are left out. */
export function inputOf(form: ConnectForm): Input<'connections.add'> & { readonly provider: 'candidio' } {
  const endpoint = form.endpoint.trim()
  const sessionToken = form.sessionToken.trim()
  return {
    provider: 'candidio',
    name: form.name.trim(),
    address: form.address.trim(),
    token: form.token.trim(),
    storage: {
      region: form.region.trim(),
      bucket: form.bucket.trim(),
      prefix: form.prefix.trim(),
      forcePathStyle: form.forcePathStyle,
      accessKeyId: form.accessKeyId.trim(),
      secretAccessKey: form.secretAccessKey.trim(),
      ...(endpoint === '' ? {} : { endpoint }),
      ...(sessionToken === '' ? {} : { sessionToken }),
    },
  }
}
