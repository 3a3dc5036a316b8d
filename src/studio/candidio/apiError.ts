import type { z } from 'zod'

/** What was wrong with a payload, by field. */
export type FieldErrors = Record<string, string[]>

/** An expected refusal of the API. */
export class ApiError extends Error {
  readonly status: number
  readonly fields: FieldErrors | undefined
  constructor(status: number, message: string, fields?: FieldErrors) {
    super(message)
    this.name = 'ApiError'
    this.status = status
    this.fields = fields
  }

  static badRequest(message: string): ApiError {
    return new ApiError(400, message)
  }

  static notFound(what: string): ApiError {
    return new ApiError(404, `This ${what} could not be found.`)
  }

  static forbidden(message: string): ApiError {
    return new ApiError(403, message)
  }

  /** A payload that breaks a rule of the resource. */
  static invalid(fields: FieldErrors): ApiError {
    return new ApiError(422, 'The given data was invalid.', fields)
  }

  static fromIssues(issues: readonly z.core.$ZodIssue[]): ApiError {
    const fields: Record<string, string[]> = {}
    for (const issue of issues) {
      const name = issue.path.map(String).join('.') || 'data'
      fields[name] = [...(fields[name] ?? []), issue.message]
    }
    return ApiError.invalid(fields)
  }
}

/** The body of an error. Its shape is this back end's own: the service's documents show none. */
export function errorBody({ status, message, fields }: ApiError) {
  return { error: { http_code: status, message, ...(fields && { errors: fields }) } }
}

export const okBody = { success: { http_code: 200, message: 'Success' } } as const
