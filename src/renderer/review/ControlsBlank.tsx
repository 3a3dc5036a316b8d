import { classesOf } from '../ui/classes.ts'
import css from './ControlsBlank.module.css'

const c = classesOf(css)

/** Transport and timeline before the clip is known: in their shape and height, so that nothing jumps when they come. */
export function ControlsBlank() {
  return (
    <>
      <div className={c('transport')} data-part="transport" aria-hidden="true">
        <div className={c('line', 'blank')} />
        <div className={c('line', 'blank')} />
      </div>
      <div className={c('timeline')} data-part="timeline" aria-hidden="true">
        <div className={c('strip', 'blank')} />
        <div className={c('strip', 'sound', 'blank')} />
      </div>
    </>
  )
}
