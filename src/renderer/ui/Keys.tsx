import { ArrowDown, ArrowLeft, ArrowRight, ArrowUp, Command, CornerDownLeft } from 'lucide-react'
import type { ReactNode } from 'react'
import { text } from '../text/text.ts'
import { classesOf } from './classes.ts'
import css from './Keys.module.css'
import { keyNames } from './keyText.ts'
import { isMac } from './platform.ts'

const c = classesOf(css)
const size = 11

const pictures: Readonly<Record<string, ReactNode>> = {
  '⌘': <Command size={size} aria-label={text.keys.command} />,
  ArrowLeft: <ArrowLeft size={size} aria-label={text.keys.left} />,
  ArrowRight: <ArrowRight size={size} aria-label={text.keys.right} />,
  ArrowUp: <ArrowUp size={size} aria-label={text.keys.up} />,
  ArrowDown: <ArrowDown size={size} aria-label={text.keys.down} />,
  Enter: <CornerDownLeft size={size} aria-label={text.keys.enter} />,
}

/** A shortcut as this system writes it. */
export function Keys({ text }: { readonly text: string }) {
  const names = keyNames(text, isMac)
  return (
    <span className={c('keys')}>
      {names.map((name) => (
        <kbd key={name} className={c('key')}>
          {pictures[name] ?? name}
        </kbd>
      ))}
    </span>
  )
}
