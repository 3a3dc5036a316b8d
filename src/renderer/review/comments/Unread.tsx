import { useEffect, useState } from 'react'
import type { Failure } from '../../../shared/errors.ts'
import { errorWords } from '../../text/errors.ts'
import { text } from '../../text/text.ts'
import { classesOf } from '../../ui/classes.ts'
import { Notice } from '../../ui/Notice.tsx'
import css from './CommentList.module.css'
import { CommentsBlank } from './CommentsBlank.tsx'

const c = classesOf(css)
/** An answer that comes sooner is not waited for. */
const patienceMs = 1500

/** In the place of comments that nobody has read yet: their shape, and, when it takes long, what it waits for. */
export function Unread({ failure }: { readonly failure: Failure | null }) {
  const [isLate, setLate] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), patienceMs)
    return () => clearTimeout(timer)
  }, [])
  const words = text.room
  return (
    <div className={c('list', 'unread')} aria-busy="true">
      {failure !== null ? (
        <Notice tone="wait" what={words.unread} more={errorWords(failure).what} />
      ) : isLate ? (
        <Notice tone="wait" what={words.waitingForService} />
      ) : null}
      <CommentsBlank />
    </div>
  )
}
