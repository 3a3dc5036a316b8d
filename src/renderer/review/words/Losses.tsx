import { text } from '../../text/text.ts'
import { classesOf } from '../../ui/classes.ts'
import { lossesOf, type Written } from './losses.ts'
import { useMentions } from './mentionStore.ts'
import css from './Words.module.css'

const c = classesOf(css)

interface LossesProps extends Partial<Written> {
  readonly isInternal?: boolean
}

/** What the service will not hold of what is being written, said before it is sent. */
export function Losses(props: LossesProps) {
  const { isInternal = false } = props
  const connection = useMentions((room) => room.connection)
  const { isRange = false, isDrawn = false, isColoured = false, isReply = false } = props
  if (connection === undefined) return null
  const name = text.providers[connection.provider]
  const holds = connection.commentsHold
  const losses = lossesOf(holds, { isRange, isDrawn, isColoured, isReply })
  const said = [
    losses === 'everything' ? text.remark.everythingStays(name) : '',
    losses !== 'everything' && losses.length > 0 ? text.remark.lost(name, losses) : '',
    isInternal && holds?.internal === false ? text.remark.internalLost(name) : '',
  ].filter((each) => each !== '')
  return said.map((each) => (
    <p key={each} className={c('lost')} role="status">
      {each}
    </p>
  ))
}
