import type { Input } from '../../shared/contract.ts'
import { emailSchema } from '../../shared/people.ts'
import type { FieldProblem } from '../forms/Field.tsx'
import { hostOf } from './connectForm.ts'

/** Hosts of the service, each with accounts of its own. */
export const regions = {
  us: 'https://app.iconik.io',
  eu: 'https://eu.iconik.io',
} as const
export type Region = keyof typeof regions | 'own'
export const regionNames: readonly Region[] = ['us', 'eu', 'own']

/** The region that an address means; `own` for any other. */
export function regionOf(address: string): Region {
  const host = hostOf(address)
  return regionNames.find((name) => name !== 'own' && hostOf(regions[name]) === host) ?? 'own'
}

export type SignInKind = 'token' | 'password' | 'share'

/** What is typed into iconik's form, before it means anything. */
export interface IconikForm {
  readonly kind: SignInKind
  readonly name: string
  readonly address: string
  readonly appId: string
  readonly token: string
  readonly email: string
  readonly password: string
  /** Asked for when the service wants a second factor. */
  readonly code: string
  readonly link: string
}

export const emptyIconikForm: IconikForm = {
  kind: 'password',
  name: '',
  address: regions.us,
  appId: '',
  token: '',
  email: '',
  password: '',
  code: '',
  link: '',
}

export type IconikField = Exclude<keyof IconikForm, 'kind'>

const needed: Readonly<Record<SignInKind, readonly IconikField[]>> = {
  token: ['name', 'address', 'appId', 'token'],
  password: ['name', 'address', 'email', 'password'],
  share: ['name', 'link'],
}

/** The host that will be asked. A share goes where its link points, and nowhere else. */
export const iconikHost = (form: IconikForm): string | undefined =>
  hostOf(form.kind === 'share' ? form.link : form.address)

/** What is wrong with the fields that are shown, by field; empty when it can be sent. */
export function iconikProblems(form: IconikForm): Partial<Record<IconikField, FieldProblem>> {
  const problems: Partial<Record<IconikField, FieldProblem>> = {}
  for (const field of needed[form.kind]) if (form[field].trim() === '') problems[field] = 'required'
  const address = form.kind === 'share' ? 'link' : 'address'
  if (form[address].trim() !== '' && hostOf(form[address]) === undefined) problems[address] = 'badAddress'
  const email = form.email.trim()
  if (form.kind !== 'token' && email !== '' && !emailSchema.safeParse(email).success)
    problems.email = 'badEmail'
  return problems
}

/** What main is asked to connect to; optional fields that are empty are left out. */
export function iconikInput(form: IconikForm): Input<'connections.add'> {
  const name = form.name.trim()
  if (form.kind === 'share') {
    const link = form.link.trim()
    const email = form.email.trim()
    const appId = form.appId.trim()
    return {
      provider: 'iconik',
      name,
      address: new URL(link).origin,
      signIn: {
        kind: 'share',
        link,
        ...(appId === '' ? {} : { appId }),
        ...(form.password === '' ? {} : { password: form.password }),
        ...(email === '' ? {} : { email }),
      },
    }
  }
  return { provider: 'iconik', name, address: form.address.trim(), signIn: iconikSignIn(form) }
}

/** The account's half of the form: also what renews a session that ended. */
export function iconikSignIn(form: IconikForm) {
  const code = form.code.trim()
  return form.kind === 'token'
    ? { kind: 'token' as const, appId: form.appId.trim(), token: form.token.trim() }
    : {
        kind: 'password' as const,
        email: form.email.trim(),
        password: form.password,
        ...(code === '' ? {} : { code }),
      }
}
