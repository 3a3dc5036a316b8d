import type { z } from 'zod'

/** Messages, or one message for each field that is wrong: the two forms the service's documents give. */
export type IconikErrors = readonly string[] | Readonly<Record<string, string>>

/** An expected refusal of the API. Thrown by handlers; anything else thrown is a bug and becomes 500. */
export class IconikError extends Error {
  readonly status: number
  readonly errors: IconikErrors

  constructor(status: number, errors: string | IconikErrors) {
    super(typeof errors === 'string' ? errors : JSON.stringify(errors))
    this.name = 'IconikError'
    this.status = status
    this.errors = typeof errors === 'string' ? [errors] : errors
  }

  static badRequest(errors: string | IconikErrors): IconikError {
    return new IconikError(400, errors)
  }

  static unauthorised(): IconikError {
    return new IconikError(401, 'Token is invalid')
  }

  static forbidden(message = 'Permission denied'): IconikError {
    return new IconikError(403, message)
  }

  /** `what` as a sentence starts with it: `Asset`. */
  static notFound(what: string): IconikError {
    return new IconikError(404, `${what} does not exist`)
  }

  static conflict(message: string): IconikError {
    return new IconikError(409, message)
  }

  /** 400 with every field that is wrong; nested fields by dotted names. */
  static fromIssues(issues: readonly z.core.$ZodIssue[]): IconikError {
    const fields: Record<string, string> = {}
    for (const issue of issues) {
      const path = issue.path.map(String)
      const names =
        issue.code === 'unrecognized_keys'
          ? issue.keys.map((key) => [...path, key].join('.'))
          : [path.join('.') || 'body']
      for (const name of names) fields[name] ??= issue.message
    }
    return IconikError.badRequest(fields)
  }
}

export const errorBody = ({ errors }: IconikError) => ({ errors })
