import { z } from 'zod'
import { hashPassword, isPassword } from '../../password.ts'
import { type Row, where } from '../../sqlRows.ts'
import { ApiError, okBody } from '../apiError.ts'
import { type Call, type CallAnswer, type Handler, parsed, shown, viewerOf } from '../call.ts'
import { added, found, type Within } from '../crud.ts'
import { emailField, flag, given, looseJson, shortText } from '../fields.ts'
import { placeOf } from '../place.ts'
import { preferences } from '../resources/user.ts'
import { features } from '../resources/workspace.ts'

const password = z.string().min(8, 'must have at least 8 characters').max(200)
const anyText = z.string().max(200)

/** The members of the place's workspace; for an administrator on a core path, everyone. */
export const members: Within = (call) => {
  const { workspaceId } = placeOf(call)
  if (workspaceId === undefined) return []
  return [where('user.id IN (SELECT user_id FROM member WHERE workspace_id = ?)', workspaceId)]
}

function checkEmail(call: Call, email: string, exceptId = ''): void {
  const sql = 'SELECT id FROM user WHERE email = ? AND id <> ?'
  if (call.api.records.rows.get(sql, email, exceptId) !== undefined) {
    throw ApiError.invalid({ email: ['is taken'] })
  }
}

const newUser = z.object({ email: emailField, first_name: shortText, last_name: shortText })

const userColumns = (data: z.output<typeof newUser>, passwordHash: string | null) => ({
  email: data.email,
  first_name: data.first_name,
  last_name: data.last_name,
  password_hash: passwordHash,
  preferences: JSON.stringify(preferences),
})

export const createUser: Handler = async (call) => {
  const data = parsed(call, newUser.extend({ password }))
  checkEmail(call, data.email)
  return added(call, 'user', userColumns(data, await hashPassword(data.password)))
}

const updateSchema = z.object({
  email: emailField.optional(),
  first_name: shortText.optional(),
  last_name: shortText.optional(),
  preferences: looseJson.optional(),
  is_beta: flag.optional(),
  password: anyText.optional(),
  new_password: password.optional(),
})

/** Oneself, or anyone for an administrator. */
const self: Within = (call) => {
  const viewer = viewerOf(call)
  if (!viewer.isAdmin && call.params['id'] !== viewer.userId) {
    throw ApiError.forbidden('Only administrators change other users.')
  }
  return []
}

const storedPreferences = z.looseObject({ avatar: z.looseObject({ color: z.string() }) })

export const updateUser: Handler = async (call) => {
  const row = found(call, 'user', self)
  const data = parsed(call, updateSchema)
  const viewer = viewerOf(call)
  const id = String(row['id'])
  if (data.is_beta !== undefined && !viewer.isAdmin) {
    throw ApiError.forbidden('Only administrators set is_beta.')
  }
  if (data.email !== undefined) checkEmail(call, data.email, id)
  if (data.new_password !== undefined && !viewer.isAdmin) await checkPassword(row, data.password ?? '')
  if (data.preferences !== undefined && !storedPreferences.safeParse(JSON.parse(data.preferences)).success) {
    throw ApiError.invalid({ preferences: ['has no avatar color'] })
  }
  const { email, first_name, last_name, is_beta } = data
  const hash = data.new_password === undefined ? undefined : await hashPassword(data.new_password)
  const { records } = call.api
  records.rows.update(
    'user',
    id,
    given({ email, first_name, last_name, is_beta, preferences: data.preferences, password_hash: hash }),
  )
  return shown(call, 'user', records.get('user', id))
}

async function checkPassword(row: Row, text: string): Promise<void> {
  const stored = row['password_hash']
  if (await isPassword(text, typeof stored === 'string' ? stored : null)) return
  throw ApiError.invalid({ password: ['is not the present password'] })
}

export const removeUser: Handler = (call) => {
  const id = String(found(call, 'user', self)['id'])
  call.api.records.rows.remove('user', id)
  return { status: 200, body: okBody, id }
}

const registration = newUser.extend({ password, is_business: flag, company: shortText.optional() })

/** A workspace with its first user. Nobody is let in by it: the API hands out no tokens. */
export const register: Handler = async (call) => {
  const data = parsed(call, registration)
  if (data.is_business === 1 && data.company === undefined)
    throw ApiError.invalid({ company: ['is required'] })
  checkEmail(call, data.email)
  const hash = await hashPassword(data.password)
  const { records, mailbox } = call.api
  const name = data.company ?? `${data.first_name} ${data.last_name}`
  const workspace = records.rows.transaction(() => {
    checkEmail(call, data.email)
    const userId = records.rows.insert('user', userColumns(data, hash))
    const id = records.rows.insert('workspace', {
      organization_name: name,
      workspace_name: name,
      is_business: data.is_business,
      features: JSON.stringify(features),
    })
    records.rows.run('INSERT INTO member(workspace_id, user_id) VALUES (?, ?)', id, userId)
    mailbox.send(userId, data.email, 'activate')
    mailbox.send(userId, data.email, 'confirm-email')
    return records.get('workspace', id)
  })
  return shown(call, 'workspace', workspace)
}

const tokenSchema = z.object({ token: shortText })

/** The user a mailed token belongs to; it works once. */
function redeemed(call: Call, purpose: Parameters<typeof call.api.mailbox.take>[1], token: string): string {
  const userId = call.api.mailbox.take(token, purpose)
  if (userId === undefined) throw ApiError.invalid({ token: ['is not valid, or not any more'] })
  return userId
}

export const activate: Handler = (call): CallAnswer => {
  const userId = redeemed(call, 'activate', parsed(call, tokenSchema).token)
  call.api.records.rows.update('user', userId, { is_confirmed: 1 })
  return { status: 200, body: okBody, id: userId }
}

export const confirmEmail: Handler = (call) => {
  const userId = redeemed(call, 'confirm-email', parsed(call, tokenSchema).token)
  const { records } = call.api
  records.rows.update('user', userId, { is_confirmed: 1 })
  return shown(call, 'user', records.get('user', userId))
}

/** Answers alike for known and unknown addresses, so that it does not tell which exist. */
export const forgotPassword: Handler = (call): CallAnswer => {
  const { email } = parsed(call, z.object({ email: emailField }))
  const row = call.api.records.rows.get('SELECT id FROM user WHERE email = ?', email)
  if (row !== undefined) call.api.mailbox.send(String(row['id']), email, 'reset-password')
  return { status: 200, body: okBody }
}

export const resetPassword: Handler = async (call): Promise<CallAnswer> => {
  const data = parsed(call, tokenSchema.extend({ password }))
  const hash = await hashPassword(data.password)
  const userId = redeemed(call, 'reset-password', data.token)
  call.api.records.rows.update('user', userId, { password_hash: hash })
  return { status: 200, body: okBody, id: userId }
}

export const getInvite: Handler = (call) => {
  const userId = call.api.mailbox.userOf(call.params['token'] ?? '', 'invite')
  if (userId === undefined) throw ApiError.notFound('invite')
  return shown(call, 'user', call.api.records.get('user', userId))
}
