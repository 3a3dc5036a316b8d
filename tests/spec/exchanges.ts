import type { Seeded } from '../fakes/seeded.ts'
import type { Operation, Parameter } from './operations.ts'
import { type Fullness, sampleOf, uuidOf } from './sample.ts'
import type { Schemas } from './schemas.ts'
import type { Exchange } from './strictCheck.ts'

/** An exchange with an operation that breaks none of its rules; the answer is its first good one. */
export function exchangeOf(
  schemas: Schemas,
  operation: Operation,
  random: Seeded,
  fullness: Fullness,
): Exchange {
  const { service, parameters, body } = operation
  const wanted = parameters.filter((one) => one.required || fullness === 'all')
  const taken = (place: Parameter['in']) => wanted.filter((one) => one.in === place)
  const path = operation.path.replace(/\{(\w+)\}/g, (_all, name: string) => {
    const parameter = parameters.find((one) => one.in === 'path' && one.name === name)
    return encodeURIComponent(parameter ? parameterOf(parameter, random) : uuidOf(random))
  })
  const sent = body?.types.get('application/json')
  const request = sent && sampleOf(schemas.whole(service, 'request', sent), random, fullness)
  const good = [...operation.answers].find(([status]) => status.startsWith('2'))
  const [status = '200', types] = good ?? []
  const [type = '', schema] = [...(types ?? [])][0] ?? []
  return {
    method: operation.method,
    path: `/API/${service}${path}`,
    query: Object.fromEntries(taken('query').map((one) => [one.name, parameterOf(one, random)])),
    headers: {
      ...Object.fromEntries(taken('header').map((one) => [one.name.toLowerCase(), 'present'])),
      ...(request === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(request === undefined ? {} : { request }),
    status: Number(status),
    responseType: type,
    ...(schema === undefined
      ? {}
      : {
          response: type.endsWith('json')
            ? sampleOf(schemas.whole(service, 'answer', schema), random, fullness)
            : 'text',
        }),
  }
}

function parameterOf({ name, schema }: Parameter, random: Seeded): string {
  const { type, minimum } = schema
  if (type === 'boolean') return 'true'
  if (type === 'integer') return String(Math.max(1, typeof minimum === 'number' ? minimum : 1))
  return name.endsWith('_id') ? uuidOf(random) : `a ${name}`
}
