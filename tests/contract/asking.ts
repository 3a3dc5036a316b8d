/** What the tests of connectors ask, whatever the provider. */
import type { Connector } from '../../src/main/connectors/connector.ts'
import type { RemotePlace } from '../../src/main/connectors/remote.ts'
import { AppError } from '../../src/shared/errors.ts'

export const none = () => new AbortController().signal

/** The code of the refusal; `nothing` when there was none. */
export async function codeOf(promise: Promise<unknown>): Promise<string> {
  try {
    await promise
    return 'nothing'
  } catch (error) {
    return error instanceof AppError ? error.code : `bug: ${String(error)}`
  }
}

export async function allPlaces(connector: Connector, parent: RemotePlace | null): Promise<RemotePlace[]> {
  const found: RemotePlace[] = []
  let cursor: string | undefined
  do {
    const page = await connector.places(parent, cursor, none())
    found.push(...page.items)
    cursor = page.cursor
  } while (cursor !== undefined)
  return found
}

/** The place found by names, from the root down or from `above`. */
export async function placeDown(
  connector: Connector,
  path: readonly string[],
  above: RemotePlace | null = null,
): Promise<RemotePlace> {
  let place = above
  for (const name of path) {
    const children = await allPlaces(connector, place)
    const next = children.find((child) => child.name === name)
    if (next === undefined)
      throw new Error(`no place ${name} among ${children.map((child) => child.name).join(', ')}`)
    place = next
  }
  if (place === null) throw new Error('a path needs a name')
  return place
}
