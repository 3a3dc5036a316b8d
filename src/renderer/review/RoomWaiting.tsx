import type { Failure } from '../../shared/errors.ts'
import { runAction } from '../shell/actionRunner.ts'
import { errorWords } from '../text/errors.ts'
import { text } from '../text/text.ts'
import { Button } from '../ui/Button.tsx'
import { classesOf } from '../ui/classes.ts'
import { EmptyState } from '../ui/EmptyState.tsx'
import heard from '../ui/Heard.module.css'
import { ControlsBlank } from './ControlsBlank.tsx'
import { CommentsBlank } from './comments/CommentsBlank.tsx'
import { RoomPanes } from './RoomPanes.tsx'
import css from './RoomWaiting.module.css'

const c = classesOf(css)

/** The room before its asset is known, or instead of one that cannot be had. */
export function RoomWaiting({ failure }: { readonly failure: Failure | null }) {
  if (failure === null) return <Blank />
  const isGone = failure.code === 'thing.notFound'
  const words = errorWords(failure)
  return (
    <main className={c('wait')}>
      <EmptyState
        level={1}
        look={isGone ? 'plain' : 'failed'}
        title={isGone ? text.room.gone : words.what}
        more={isGone ? text.room.goneMore : words.more}
      >
        <Button look="primary" onClick={() => runAction('review.close')}>
          {text.shell.back}
        </Button>
      </EmptyState>
    </main>
  )
}

/** In the shape of what comes, so that nothing jumps when it does. */
function Blank() {
  return (
    <RoomPanes
      picture={
        <main className={c('room')} aria-busy="true" aria-label={text.room.loading}>
          <h1 className={heard['heard']}>{text.room.loading}</h1>
          <div className={c('stage')}>
            <div className={c('picture', 'blank')} />
          </div>
          <ControlsBlank />
        </main>
      }
      panel={
        <div className={c('panel')} aria-hidden="true">
          <div className={c('head', 'blank')} />
          <CommentsBlank />
        </div>
      }
    />
  )
}
