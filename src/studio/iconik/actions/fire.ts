import { z } from 'zod'
import type { Call } from '../call.ts'
import { IconikError } from '../iconikError.ts'
import { checkRequired, type MetadataValues } from '../metadata/metadataRows.ts'
import { type CustomAction, customActions } from './actionRows.ts'

export interface Fired {
  readonly asset_ids?: readonly string[] | undefined
  readonly collection_ids?: readonly string[] | undefined
  readonly saved_search_ids?: readonly string[] | undefined
  readonly metadata_view_id?: string | null | undefined
  readonly metadata_values?: MetadataValues | undefined
  readonly from_collection_id?: string | null | undefined
}

const timeoutMs = 5000
const maxReplyCharacters = 64_000
const replySchema = z.object({ redirect_url: z.string().optional() })

/** The studio calls nobody but programs on this computer: an action must not reach out of a test or a demo. */
const isHere = (url: URL) => ['127.0.0.1', 'localhost', '[::1]'].includes(url.hostname)

/**
 * Fires an action. One that opens answers the address to open, with what it is about in the query; one that posts is
 * sent there, and its answer may name an address to open. Whether that worked is kept with the action.
 * Fails with 400 for a disabled action, a missing required value, or an action that could not be reached.
 */
export async function fire(
  call: Call,
  action: CustomAction,
  fired: Fired,
): Promise<{ redirect_url: string }> {
  if (action.disabled) throw IconikError.badRequest('The custom action is disabled')
  const viewId = fired.metadata_view_id ?? action.metadata_view
  if (viewId != null) checkRequired(call.rows, viewId, fired.metadata_values ?? {})
  if (action.type === 'OPEN') {
    const url = new URL(action.url)
    for (const name of ['asset_ids', 'collection_ids', 'saved_search_ids'] as const) {
      const ids = fired[name] ?? []
      if (ids.length > 0) url.searchParams.set(name, ids.join(','))
    }
    return { redirect_url: url.href }
  }
  const outcome = await posted(call, action, fired)
  customActions.save(call.rows, {
    ...action,
    status: 'error' in outcome ? 'FAILING' : 'HEALTHY',
    ...('error' in outcome && { last_error: outcome.error, last_error_date: call.date }),
  })
  if ('error' in outcome) throw IconikError.badRequest(`The custom action failed: ${outcome.error}`)
  return { redirect_url: outcome.redirectUrl }
}

async function posted(
  call: Call,
  action: CustomAction,
  fired: Fired,
): Promise<{ readonly redirectUrl: string } | { readonly error: string }> {
  const url = new URL(action.url)
  if (!isHere(url)) return { error: 'The studio posts to this computer only' }
  try {
    const answer = await fetch(url, {
      method: 'POST',
      redirect: 'error',
      signal: AbortSignal.timeout(timeoutMs),
      headers: { ...action.headers, 'content-type': 'application/json' },
      body: JSON.stringify({
        ...{ action_id: action.id, context: action.context, user_id: call.viewer.userId },
        ...{ system_domain_id: action.system_domain_id, date_created: call.date },
        ...fired,
      }),
    })
    if (!answer.ok) return { error: `It answered ${answer.status}` }
    const text = (await answer.text()).slice(0, maxReplyCharacters)
    return { redirectUrl: redirectOf(text) }
  } catch (error) {
    return { error: error instanceof Error ? error.message : String(error) }
  }
}

/** An answer that is no JSON opens nothing. */
function redirectOf(text: string): string {
  try {
    return replySchema.parse(JSON.parse(text)).redirect_url ?? ''
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof z.ZodError) return ''
    throw error
  }
}
