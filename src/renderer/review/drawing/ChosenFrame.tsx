import type { DrawingShape } from '../../../shared/review.ts'
import { classesOf } from '../../ui/classes.ts'
import css from './Drawing.module.css'
import { bounds, handlesOf } from './shapeEdit.ts'
import { lineWidth, type PictureSize } from './shapePath.ts'

const c = classesOf(css)

interface ChosenFrameProps {
  readonly shape: DrawingShape
  readonly size: PictureSize
}

/** Around the shape that is chosen, with what it is resized by. */
export function ChosenFrame({ shape, size }: ChosenFrameProps) {
  const { x, y, width, height } = bounds(shape, size)
  const around = lineWidth(shape, size)
  const side = size.width * 0.012
  return (
    <g data-chosen={shape.id}>
      <rect
        className={c('frame')}
        x={x - around}
        y={y - around}
        width={width + 2 * around}
        height={height + 2 * around}
      />
      {handlesOf(shape, size).map((at) => (
        <rect
          key={at.handle}
          className={c('handle')}
          data-handle={at.handle}
          x={at.x - side / 2}
          y={at.y - side / 2}
          width={side}
          height={side}
        />
      ))}
    </g>
  )
}
