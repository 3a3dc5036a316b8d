import css from './Avatar.module.css'
import { classesOf } from './classes.ts'
import { hueOf, initialsOf } from './person.ts'

const c = classesOf(css)

export function Avatar({ name, small = false }: { readonly name: string; readonly small?: boolean }) {
  return (
    <span
      className={c('avatar', small && 'small')}
      style={{ '--p': hueOf(name) } as React.CSSProperties}
      aria-hidden="true"
    >
      {initialsOf(name)}
    </span>
  )
}
