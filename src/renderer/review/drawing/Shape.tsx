import { memo } from 'react'
import type { DrawingShape } from '../../../shared/review.ts'
import { arrowHead, box, ends, lineWidth, type PictureSize, penPath, textScale } from './shapePath.ts'

interface ShapeProps {
  readonly shape: DrawingShape
  readonly size: PictureSize
}

/** One shape of a drawing, in the picture's own pixels. */
export const Shape = memo(function Shape({ shape, size }: ShapeProps) {
  const width = lineWidth(shape, size)
  const line = {
    stroke: shape.colour,
    strokeWidth: width,
    strokeLinecap: 'round' as const,
    strokeLinejoin: 'round' as const,
    fill: 'none',
  }
  const { from, to } = ends(shape, size)
  switch (shape.tool) {
    case 'pen':
      return <path d={penPath(shape, size)} fill={shape.colour} opacity={shape.opacity} />
    case 'line':
      return <line x1={from.x} y1={from.y} x2={to.x} y2={to.y} opacity={shape.opacity} {...line} />
    case 'arrow':
      return (
        <g opacity={shape.opacity}>
          <line x1={from.x} y1={from.y} x2={to.x} y2={to.y} {...line} />
          <polygon
            points={arrowHead(shape, size)
              .map(({ x, y }) => `${x},${y}`)
              .join(' ')}
            fill={shape.colour}
            stroke={shape.colour}
            strokeWidth={width}
            strokeLinejoin="round"
          />
        </g>
      )
    case 'rectangle':
      return <rect {...box(shape, size)} opacity={shape.opacity} {...line} />
    case 'ellipse': {
      const at = box(shape, size)
      return (
        <ellipse
          cx={at.x + at.width / 2}
          cy={at.y + at.height / 2}
          rx={at.width / 2}
          ry={at.height / 2}
          opacity={shape.opacity}
          {...line}
        />
      )
    }
    case 'text':
      return (
        <text
          x={from.x}
          y={from.y}
          fill={shape.colour}
          opacity={shape.opacity}
          fontSize={width * textScale}
          fontFamily="var(--font)"
          fontWeight={600}
          dominantBaseline="middle"
          paintOrder="stroke"
          stroke="rgb(0 0 0 / 0.55)"
          strokeWidth={width}
          style={{ userSelect: 'none' }}
        >
          {shape.text}
        </text>
      )
  }
})
