import { create } from 'zustand'
import type { Connection } from '../../../shared/connection.ts'
import { ask } from '../../bridge.ts'
import { type CommentRight, mayComment } from '../rights.ts'

interface RoomPeople {
  /** What the open room belongs to. */
  readonly connection: Connection | undefined
  /** What the room is about was deleted: nothing said here would reach anybody. */
  readonly isGone: boolean
  /** Names of people and groups of that service, as far as they were met. */
  readonly names: ReadonlySet<string>
}

const none: ReadonlySet<string> = new Set()
const mostNames = 2_000
/** So many names nobody knows are asked about, then no more: text from strangers must not become a flood of questions. */
const mostQuestions = 60

/** Who a comment of the open room can mention. */
export const useMentions = create<RoomPeople>(() => ({ connection: undefined, isGone: false, names: none }))

/** Whether comments of this room may be written, changed or removed. */
export const mayCommentIn = (
  { connection, isGone }: Pick<RoomPeople, 'connection' | 'isGone'>,
  right: CommentRight,
): boolean => !isGone && mayComment(connection, right)

/** The same of the open room. */
export const useMayComment = (right: CommentRight): boolean =>
  useMentions((room) => mayCommentIn(room, right))

/** Undefined where the service has no directory of people. */
export const directoryOf = ({ connection }: Pick<RoomPeople, 'connection'>) =>
  connection?.powers.includes('people') ? connection.id : undefined

let asked = new Set<string>()

/** The room belongs to this connection now; `isGone`: what it is about was deleted. */
export function enterRoomOf(connection: Connection | undefined, isGone = false): void {
  const before = useMentions.getState()
  if (before.connection === connection && before.isGone === isGone) return
  const isSame = directoryOf(before) === directoryOf({ connection })
  if (!isSame) asked = new Set()
  useMentions.setState({ connection, isGone, names: isSame ? before.names : none })
}

export const learnNames = (names: readonly string[]): void =>
  useMentions.setState(({ names: before }) => {
    const fresh = names.filter((name) => name !== '' && !before.has(name))
    return fresh.length === 0 || before.size > mostNames ? {} : { names: new Set([...before, ...fresh]) }
  })

/** Somebody may be called so: asks the service once. What is not found stays plain words. */
export function askAboutName(word: string): void {
  const connectionId = directoryOf(useMentions.getState())
  const key = word.toLocaleLowerCase()
  if (connectionId === undefined || asked.has(key) || asked.size >= mostQuestions) return
  asked.add(key)
  ask('people.find', { connectionId, text: word }).then(
    ({ people, groups }) => {
      if (directoryOf(useMentions.getState()) === connectionId)
        learnNames([...people, ...groups].map(({ name }) => name))
    },
    // It is read as it stands; the next one who looks asks again.
    () => asked.delete(key),
  )
}
