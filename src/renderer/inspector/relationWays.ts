import type { RelationType } from '../../shared/assetLife.ts'

/** One way of saying how this asset belongs to another. */
export interface RelationWay {
  readonly key: string
  readonly type: string
  readonly words: string
  /** The relation begins at the other one. */
  readonly isBack: boolean
}

/** A type with a direction can be said from either end; one whose ends read alike is listed once. */
export function relationWays(types: readonly RelationType[]): readonly RelationWay[] {
  return types.flatMap(({ name, words, wordsBack, isDirectional }) => {
    const there = { key: `${name} there`, type: name, words: words || name, isBack: false }
    if (!isDirectional || wordsBack === '' || wordsBack === words) return [there]
    return [there, { key: `${name} back`, type: name, words: wordsBack, isBack: true }]
  })
}
