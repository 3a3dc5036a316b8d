import { classesOf } from './classes.ts'
import css from './Meter.module.css'

const c = classesOf(css)

/** How far something is, 0 to 1. The words beside it say the same, so it is decoration for a screen reader. */
export function Meter({ share }: { readonly share: number }) {
  return (
    <div className={c('meter')} aria-hidden="true">
      <div className={c('bar')} style={{ transform: `scaleX(${Math.max(0, Math.min(1, share))})` }} />
    </div>
  )
}
