import type { Input } from '../../shared/contract.ts'
import type { ShareRights, ShareTarget } from '../../shared/share.ts'
import type { Chosen } from '../people/PeopleField.tsx'

/** What is typed into the share form, before it means anything. */
export interface ShareForm {
  readonly kind: 'link' | 'people'
  readonly people: readonly Chosen[]
  readonly title: string
  readonly message: string
  readonly password: string
  /** A calendar day as the field gives it; the share ends with it. */
  readonly until: string
  readonly hasWatermark: boolean
  readonly isApproval: boolean
  readonly rights: ShareRights
}

const day = 24 * 3_600_000
const fortnight = 14
/** Services end a share after five years at the latest. A day less, for it lives to the end of its last one. */
const longest = 5 * 365 - 1

export const dayText = (at: number): string => {
  const date = new Date(at)
  const two = (value: number) => String(value).padStart(2, '0')
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`
}

export const emptyShare = (title: string, now: number): ShareForm => ({
  kind: 'link',
  people: [],
  title: title.slice(0, 200),
  message: '',
  password: '',
  until: dayText(now + fortnight * day),
  hasWatermark: false,
  isApproval: false,
  rights: {
    comment: true,
    approve: false,
    download: false,
    downloadProxy: false,
    upload: false,
    seeVersions: true,
    seeTranscriptions: false,
    mention: false,
  },
})

/** The last day that a share made now can live to. */
export const lastDay = (now: number): string => dayText(now + longest * day)

/** The end of the chosen day where the user is; undefined if it is no day. */
export function endOfDay(until: string): number | undefined {
  const [year, month, date] = until.split('-').map(Number)
  if (year === undefined || month === undefined || date === undefined) return undefined
  const at = new Date(year, month - 1, date, 23, 59, 59, 999).getTime()
  return Number.isNaN(at) ? undefined : at
}

export type ShareProblem = 'title' | 'people' | 'until' | 'untilTooFar'

/** What is wrong with it; empty when it can be sent. */
export function shareProblems(form: ShareForm, now: number): readonly ShareProblem[] {
  const problems: ShareProblem[] = []
  if (form.title.trim() === '') problems.push('title')
  if (form.kind === 'people' && form.people.length === 0) problems.push('people')
  const ends = endOfDay(form.until)
  const latest = endOfDay(lastDay(now))
  if (ends === undefined || ends <= now) problems.push('until')
  else if (latest !== undefined && ends > latest) problems.push('untilTooFar')
  return problems
}

export const shareInput = (form: ShareForm, targets: readonly ShareTarget[]): Input<'shares.create'> => ({
  targets: [...targets],
  kind: form.kind,
  emails: form.kind === 'people' ? form.people.map(({ key }) => key) : [],
  title: form.title.trim(),
  message: form.message.trim(),
  ...(form.password === '' ? {} : { password: form.password }),
  expiresAt: endOfDay(form.until) ?? 0,
  hasWatermark: form.hasWatermark,
  isApproval: form.isApproval,
  rights: form.rights,
})
