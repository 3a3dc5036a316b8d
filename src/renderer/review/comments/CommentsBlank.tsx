import { classesOf } from '../../ui/classes.ts'
import css from './CommentsBlank.module.css'

const c = classesOf(css)
const remarks = ['first', 'second', 'third', 'fourth'] as const

/** Comments that are still asked for, in the shape of what may come. */
export function CommentsBlank() {
  return remarks.map((each) => (
    <div key={each} className={c('remark')} aria-hidden="true">
      <div className={c('face', 'blank')} />
      <div className={c('line', 'blank')} />
      <div className={c('line', 'words', 'blank')} />
    </div>
  ))
}
