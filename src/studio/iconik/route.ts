import { z } from 'zod'
import type { Call, IconikAnswer } from './call.ts'
import { IconikError } from './iconikError.ts'

export type IconikService =
  | 'acls'
  | 'assets'
  | 'auth'
  | 'files'
  | 'jobs'
  | 'metadata'
  | 'notifications'
  | 'search'
  | 'settings'
  | 'transcode'
  | 'users'
  | 'users-notifications'
export type IconikMethod = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

/**
 * Who may call.
 * - `token`: App-ID and Auth-Token of a user who has all roles of the route.
 * - `guest`: the same, and the guest of a share, whose token must carry the roles; a path that names an object outside
 *   of the share is 403 for a guest.
 * - `public`: anyone; the handler looks at headers itself.
 */
export type IconikAccess = 'token' | 'guest' | 'public'

/** One call of the API as its handler sees it; erased so that all of them fit one list. */
export interface Route {
  /** `<service>.<verbNoun>`, unique: the name in the request log and in faults. */
  readonly name: string
  readonly service: IconikService
  readonly method: IconikMethod
  /** As the vendor's file has it, without `/API/<service>`: `/v1/assets/{asset_id}/`. Its last character is a slash. */
  readonly path: string
  /** What `{names}` of the path must look like where two routes have the same path. */
  readonly where: Readonly<Record<string, RegExp>>
  readonly roles: readonly string[]
  readonly access: IconikAccess
  readonly takesBytes: boolean
  /** Absent: the call has no body, and one that is sent is refused. */
  readonly body: z.ZodType | undefined
  readonly query: z.ZodType
  /** Takes body and query as they came. Fails with 400 when they do not fit. */
  run(call: Call): Promise<IconikAnswer>
  /** Fails with 400. */
  parse(body: unknown, query: Readonly<Record<string, string>>): { body: unknown; query: unknown }
}

interface RouteOptions<B extends z.ZodType, Q extends z.ZodRawShape> {
  /** Default: none. All of them are needed. */
  readonly roles?: readonly string[]
  /** Default `token`. */
  readonly access?: IconikAccess
  readonly where?: Readonly<Record<string, RegExp>>
  /** A strict schema (`body({…})` of fields.ts), so that unknown fields are refused with 400. */
  readonly body?: B
  /** Fields of the query; any other is refused with 400. Values are text: see fields.ts. */
  readonly query?: Q
  /** The handler reads `call.chunks()` itself (multipart forms). */
  readonly takesBytes?: boolean
  readonly handle: (
    call: Call<z.output<B>, z.output<z.ZodObject<Q, z.core.$strict>>>,
  ) => IconikAnswer | Promise<IconikAnswer>
}

/** Makes a route: `route('assets.readAsset', 'GET', '/v1/assets/{asset_id}/', { roles, query, handle })`. */
export function route<B extends z.ZodType = z.ZodUndefined, Q extends z.ZodRawShape = Record<never, never>>(
  name: `${IconikService}.${string}`,
  method: IconikMethod,
  path: `/v${number}/${string}/`,
  options: RouteOptions<B, Q>,
): Route {
  const query = z.strictObject(options.query ?? {})
  const { body } = options
  return {
    name,
    // The type of `name` says so.
    service: name.slice(0, name.indexOf('.')) as IconikService,
    method,
    path,
    where: options.where ?? {},
    roles: options.roles ?? [],
    access: options.access ?? 'token',
    takesBytes: options.takesBytes ?? false,
    body,
    query,
    parse(sentBody, sentQuery) {
      const parsedQuery = query.safeParse(sentQuery)
      if (!parsedQuery.success) throw IconikError.fromIssues(parsedQuery.error.issues)
      if (body === undefined) {
        if (sentBody !== undefined) throw IconikError.badRequest('This call has no body.')
        return { body: undefined, query: parsedQuery.data }
      }
      const parsedBody = body.safeParse(sentBody)
      if (!parsedBody.success) throw IconikError.fromIssues(parsedBody.error.issues)
      return { body: parsedBody.data, query: parsedQuery.data }
    },
    async run(call) {
      // `parse` made both of the schemas that the handler's type comes from.
      return await options.handle(call as Parameters<typeof options.handle>[0])
    },
  }
}
