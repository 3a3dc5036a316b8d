import { useLayoutEffect, useRef } from 'react'
import type { DrawingShape } from '../../../shared/review.ts'
import { text } from '../../text/text.ts'
import { classesOf } from '../../ui/classes.ts'
import css from './Drawing.module.css'
import { type PictureSize, textScale } from './shapePath.ts'

const c = classesOf(css)

interface TextFieldProps {
  readonly shape: DrawingShape
  readonly size: PictureSize
  readonly onDone: (words: string) => void
}

/** Words typed where they will stand. Enter keeps them, Escape does not. */
export function TextField({ shape, size, onDone }: TextFieldProps) {
  const isOver = useRef(false)
  const done = (words: string) => {
    if (isOver.current) return
    isOver.current = true
    onDone(words.trim())
  }
  const field = useRef<HTMLInputElement>(null)
  const latest = useRef(done)
  useLayoutEffect(() => {
    latest.current = done
  })
  // An element that is taken away tells nobody that it lost the focus.
  useLayoutEffect(() => {
    const element = field.current
    element?.focus()
    return () => latest.current(element?.value ?? '')
  }, [])
  const height = shape.strokeWidth * size.width * textScale
  const at = shape.points[0] ?? { x: 0, y: 0 }
  return (
    <foreignObject
      x={at.x * size.width}
      y={at.y * size.height - height * 0.75}
      width={size.width}
      height={height * 1.5}
      onPointerDown={(event) => event.stopPropagation()}
    >
      <input
        ref={field}
        className={c('words')}
        style={{ color: shape.colour, fontSize: height, height: height * 1.5 }}
        aria-label={text.drawing.text}
        maxLength={200}
        onBlur={(event) => done(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter') done(event.currentTarget.value)
          if (event.key === 'Escape') done('')
          if (event.key === 'Enter' || event.key === 'Escape') event.preventDefault()
        }}
      />
    </foreignObject>
  )
}
