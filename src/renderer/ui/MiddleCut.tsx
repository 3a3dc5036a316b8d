import { classesOf } from './classes.ts'
import { middleCut } from './cutName.ts'
import css from './MiddleCut.module.css'

const c = classesOf(css)

/** A name on one line that is cut in the middle and keeps its end: `A012…_0915.mov`. */
export function MiddleCut({ name, title = true }: { readonly name: string; readonly title?: boolean }) {
  const [start, end] = middleCut(name)
  return (
    // Two pieces on the screen, one word for who hears it.
    <span role="img" aria-label={name} className={c('name')} title={title ? name : undefined}>
      <span className={c('start')}>{start}</span>
      {end === '' ? null : <span>{end}</span>}
    </span>
  )
}
