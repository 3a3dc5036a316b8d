import { z } from 'zod'
import { few, flag, id, idOrNull, text } from './wire.ts'

/**
 * One of the domains a person may sign in to. `token` is good for nothing but finishing the sign-in when `mfa_required`:
 * it goes into the header `Temp-Auth-Token`.
 */
const domainSchema = z.object({
  system_domain_id: id,
  system_domain_name: text,
  token: text,
  mfa_required: flag,
  mfa_required_configured: flag,
  mfa_methods: few(z.string(), 20),
  mfa_methods_configured: few(z.string(), 20),
})
export type SignInDomain = z.infer<typeof domainSchema>

/** Answer to e-mail and password. `token` is null where the sign-in must still be finished for one of the domains. */
export const signInSchema = z.object({
  token: text,
  app_id: idOrNull,
  user_id: idOrNull,
  expires: text,
  is_mfa_authenticated: flag,
  system_domain_id: idOrNull,
  auth_system_domains: few(domainSchema, 200),
})
export type SignIn = z.infer<typeof signInSchema>

/** A token that works. */
export const tokenSchema = z.object({
  token: z.string().min(1),
  app_id: idOrNull,
  user_id: idOrNull,
  expires: text,
  system_domain_id: idOrNull,
})
export type Token = z.infer<typeof tokenSchema>

/** What a share visitor got for the link and its password. */
export const shareSessionSchema = z.object({
  token: z.string().min(1),
  app_id: z.string().min(1),
  share_id: id,
  share_user_id: idOrNull,
  user_id: idOrNull,
  object_type: z.string().min(1),
  object_id: id,
  email: text,
  expires: text,
  roles: few(z.string()),
  system_domain_id: idOrNull,
})
export type ShareSession = z.infer<typeof shareSessionSchema>

/** Where an e-mail address signs in with its own company. */
export const signOnUrlSchema = z.object({ url: z.string().min(1) })
