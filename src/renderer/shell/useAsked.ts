import { useEffect, useState } from 'react'
import { type Failure, toFailure } from '../../shared/errors.ts'

export interface Asked<Value> {
  readonly value: Value | null
  readonly failure: Failure | null
}

const nothing = { value: null, failure: null } as const

/**
 * What main answers about one thing; answers about another thing are thrown away. `pause` keeps a walk through a list
 * by arrow key from asking about every row on the way. `again` grows when it should be asked anew; what was answered
 * stays meanwhile, and after a failure.
 */
export function useAsked<Value>(
  key: string | null,
  read: () => Promise<Value>,
  { again = 0, pause = 200 }: { readonly again?: number; readonly pause?: number } = {},
): Asked<Value> {
  const [answer, setAnswer] = useState<Asked<Value> & { readonly key: string | null }>({
    key: null,
    ...nothing,
  })
  // biome-ignore lint/correctness/useExhaustiveDependencies: `read` is made new with every render; the key names it
  useEffect(() => {
    if (key === null) return
    let isMeant = true
    const timer = setTimeout(() => {
      read().then(
        (value) => isMeant && setAnswer({ key, value, failure: null }),
        (error: unknown) =>
          isMeant &&
          setAnswer((before) => ({
            key,
            value: before.key === key ? before.value : null,
            failure: toFailure(error),
          })),
      )
    }, pause)
    return () => {
      isMeant = false
      clearTimeout(timer)
    }
  }, [key, again, pause])
  return answer.key === key ? answer : nothing
}
