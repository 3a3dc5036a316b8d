import { text } from '../text/text.ts'
import { classesOf } from '../ui/classes.ts'
import css from './Shell.module.css'

const c = classesOf(css)

/** The window's own shape, empty: what is there before the first answer of main. */
export function Starting() {
  return (
    <div className={c('shell')} aria-busy="true" role="status" aria-label={text.app.loading}>
      <div className={c('emptyBar')} />
      <div className={c('emptyBody')}>
        <div className={c('emptySide')} />
        <div />
      </div>
      <div className={c('emptyTray')} />
    </div>
  )
}
