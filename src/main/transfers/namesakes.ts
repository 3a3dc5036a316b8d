import type { DropProblem } from '../../shared/drop.ts'
import type { Taken } from './hostContract.ts'

/** Files of a drop whose name something at the place has already. Compared anew when the place changes. */
export interface Namesakes {
  add(name: string, folders: readonly string[]): void
  /** From now on these names are taken at the place. */
  against(taken: Taken): void
  readonly count: number
  first(most: number): DropProblem[]
}

interface Found {
  readonly name: string
  readonly folders: readonly string[]
}

/** Services and people write the same name in other cases and Unicode forms. */
const keyOf = (name: string) => name.normalize('NFC').toLowerCase()

export const nothingTaken: Taken = { names: [], isFlat: true }

export function createNamesakes(first: Taken): Namesakes {
  const found: Found[] = []
  let same: Found[] = []
  let isTaken = testFor(first)
  return {
    add(name, folders) {
      const file = { name, folders }
      found.push(file)
      if (isTaken(file)) same.push(file)
    },
    against(taken) {
      isTaken = testFor(taken)
      same = found.filter(isTaken)
    },
    get count() {
      return same.length
    },
    first: (most) =>
      same.slice(0, Math.max(0, most)).map(({ name, folders }) => ({
        name,
        folders: [...folders],
        kind: 'sameName',
        code: null,
      })),
  }
}

function testFor({ names, isFlat }: Taken): (file: Found) => boolean {
  const keys = new Set(names.map(keyOf))
  return ({ name, folders }) => (isFlat || folders.length === 0) && keys.has(keyOf(name))
}
