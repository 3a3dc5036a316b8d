import { ApiError } from './apiError.ts'
import type { Scope } from './resource.ts'

/** Rows whose column has the id. Without an argument: any id, where the scope allows that. */
export const byId =
  (column: string, { isOptional = false } = {}): Scope =>
  (argument) => {
    if (argument !== undefined) return { sql: `${column} = ?`, values: [argument] }
    if (isOptional) return { sql: `${column} IS NOT NULL`, values: [] }
    throw ApiError.badRequest('This scope needs an id.')
  }

/** Rows for which the condition holds; with `false`, those for which it does not. */
export const byFlag =
  (sql: string): Scope =>
  (argument = 'true') => {
    if (['true', '1'].includes(argument)) return { sql, values: [] }
    if (['false', '0'].includes(argument)) return { sql: `NOT (${sql})`, values: [] }
    throw ApiError.badRequest('This scope takes true or false.')
  }

/** Rows that lead to the id through another table: `sql` has one `?`. */
export const through =
  (sql: string): Scope =>
  (argument) => {
    if (argument === undefined) throw ApiError.badRequest('This scope needs an id.')
    return { sql, values: [argument] }
  }

/** Of the viewer, when no other user is named. */
export const byUser =
  (sql: string): Scope =>
  (argument, viewer) => {
    const userId = argument ?? viewer?.userId
    if (userId === undefined) throw ApiError.badRequest('This scope needs an id.')
    return { sql, values: [userId] }
  }
