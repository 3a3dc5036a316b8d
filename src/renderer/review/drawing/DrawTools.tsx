import {
  ArrowUpRight,
  Circle,
  Eraser,
  MousePointer2,
  PenLine,
  Redo2,
  Square,
  SquareX,
  Trash2,
  Type,
  Undo2,
} from 'lucide-react'
import { type ReactNode, useEffect, useRef } from 'react'
import { type ActionId, keysOf } from '../../../shared/actions.ts'
import type { CommentId, VersionId } from '../../../shared/ids.ts'
import { runAction } from '../../shell/actionRunner.ts'
import { useApp } from '../../shell/appStore.ts'
import { text } from '../../text/text.ts'
import { Button } from '../../ui/Button.tsx'
import { classesOf } from '../../ui/classes.ts'
import { IconButton } from '../../ui/IconButton.tsx'
import type { Thread } from '../comments/threads.ts'
import css from './Drawing.module.css'
import { isDrawingKept, keepDrawing } from './drawingOf.ts'
import {
  clearShapes,
  type DrawTool,
  drawColours,
  drawWidths,
  leaveDrawingOf,
  redoDrawing,
  removeShape,
  takeLook,
  undoDrawing,
  useDraw,
} from './drawStore.ts'

const c = classesOf(css)

const tools: readonly { readonly tool: DrawTool; readonly id: ActionId; readonly icon: ReactNode }[] = [
  { tool: 'pen', id: 'draw.pen', icon: <PenLine size={16} /> },
  { tool: 'arrow', id: 'draw.arrow', icon: <ArrowUpRight size={16} /> },
  { tool: 'rectangle', id: 'draw.rectangle', icon: <Square size={16} /> },
  { tool: 'ellipse', id: 'draw.ellipse', icon: <Circle size={16} /> },
  { tool: 'text', id: 'draw.text', icon: <Type size={16} /> },
  { tool: 'eraser', id: 'draw.eraser', icon: <Eraser size={16} /> },
  { tool: 'select', id: 'draw.select', icon: <MousePointer2 size={16} /> },
]

interface DrawToolsProps {
  readonly versionId: VersionId
  /** What is said of it, as it is now. */
  readonly threads: readonly Thread[]
}

/** Tools, colours and widths above the picture; there while somebody draws or has drawn. */
export function DrawTools({ versionId, threads }: DrawToolsProps) {
  const { version, tool, colour, width, of, shapes, chosen, past, future } = useDraw()
  const shortcuts = useApp((app) => app.settings.shortcuts)
  const words = text.drawing
  const isThere = of !== null && threads.some(({ comment }) => comment.id === of.id)
  // One that comes back into the hand is there before what is said was read.
  const seen = useRef<CommentId | null>(null)
  useEffect(() => {
    if (isThere) seen.current = of.id
    else if (of !== null && seen.current === of.id) leaveDrawingOf()
  }, [isThere, of])
  // Players of clips before and after this one have none.
  if (version !== versionId) return null
  return (
    <div className={c('tools')} role="toolbar" aria-label={words.tools} data-draw-tools="">
      {tools.map((each) => (
        <IconButton
          key={each.tool}
          label={words.names[each.tool]}
          keys={keysOf(each.id, shortcuts)[0]}
          aria-pressed={tool === each.tool}
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => runAction(each.id)}
        >
          {each.icon}
        </IconButton>
      ))}
      <span className={c('between')} />
      {drawColours.map((each, index) => (
        <button
          key={each}
          type="button"
          className={c('colour')}
          style={{ background: each }}
          aria-label={words.colours[index]}
          aria-pressed={colour === each}
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => takeLook({ colour: each })}
        />
      ))}
      <span className={c('between')} />
      {drawWidths.map((each, index) => (
        <button
          key={each}
          type="button"
          className={c('width')}
          aria-label={words.widths[index]}
          aria-pressed={width === each}
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => takeLook({ width: each })}
        >
          <i style={{ height: 2 + index * 2 }} />
        </button>
      ))}
      <span className={c('between')} />
      <IconButton label={words.undo} disabled={past.length === 0} onClick={() => void undoDrawing()}>
        <Undo2 size={16} />
      </IconButton>
      <IconButton label={words.redo} disabled={future.length === 0} onClick={redoDrawing}>
        <Redo2 size={16} />
      </IconButton>
      {chosen === null ? null : (
        <IconButton label={words.removeChosen} keys="Delete" onClick={() => removeShape(chosen)}>
          <SquareX size={16} />
        </IconButton>
      )}
      <IconButton label={words.clear} disabled={shapes.length === 0} onClick={clearShapes}>
        <Trash2 size={16} />
      </IconButton>
      {of === null ? null : (
        <span className={c('end')}>
          <Button size="small" onClick={leaveDrawingOf}>
            {text.app.cancel}
          </Button>
          <Button
            look="primary"
            size="small"
            disabled={!isDrawingKept({ of, shapes, past })}
            onClick={() => void keepDrawing()}
          >
            {words.keep}
          </Button>
        </span>
      )}
    </div>
  )
}
