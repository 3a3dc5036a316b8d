import { useEffect, useRef } from 'react'
import { text } from '../text/text.ts'
import { classesOf } from '../ui/classes.ts'
import { cellsOf, mapColumns, type PartCell } from './partCells.ts'
import css from './TransferDetail.module.css'

const c = classesOf(css)
const gap = 2

const fills: Readonly<Record<PartCell, string>> = {
  stored: '--text-2',
  moving: '--text',
  some: '--text-3',
  open: '--pressed',
}

function draw(canvas: HTMLCanvasElement, cells: readonly PartCell[]): void {
  const width = canvas.clientWidth
  const pitch = (width + gap) / mapColumns
  const size = pitch - gap
  const scale = window.devicePixelRatio
  const height = Math.ceil(cells.length / mapColumns) * pitch
  canvas.width = Math.round(width * scale)
  canvas.height = Math.round(height * scale)
  canvas.style.height = `${height}px`
  const context = canvas.getContext('2d')
  if (context === null) return
  const style = getComputedStyle(canvas)
  context.scale(scale, scale)
  cells.forEach((cell, index) => {
    const x = (index % mapColumns) * pitch
    const y = Math.floor(index / mapColumns) * pitch
    const colour = style.getPropertyValue(fills[cell])
    if (cell === 'moving') {
      context.strokeStyle = colour
      context.lineWidth = 1.5
      context.strokeRect(x + 0.75, y + 0.75, size - 1.5, size - 1.5)
    } else {
      context.fillStyle = colour
      context.fillRect(x, y, size, size)
    }
  })
}

/** One cell a part, in order. Drawn, because a large file has ten thousand. */
export function PartMap({ parts }: { readonly parts: string }) {
  const canvas = useRef<HTMLCanvasElement>(null)
  useEffect(() => {
    const node = canvas.current
    if (node === null) return
    const cells = cellsOf(parts)
    const redraw = () => draw(node, cells)
    redraw()
    const observer = new ResizeObserver(redraw)
    observer.observe(node.parentElement ?? node)
    const themes = new MutationObserver(redraw)
    themes.observe(document.documentElement, { attributeFilter: ['data-theme'] })
    return () => {
      observer.disconnect()
      themes.disconnect()
    }
  }, [parts])
  const count = (sign: string) => parts.split(sign).length - 1
  const [stored, moving, open] = [count('s'), count('f'), count('.')]
  const { legend } = text.transfers
  return (
    <>
      <canvas ref={canvas} className={c('map')} role="img" aria-label={text.transfers.partMap} />
      <p className={c('legend')}>
        <span>
          <i className={c('stored')} />
          {stored} {legend.stored}
        </span>
        <span>
          <i className={c('moving')} />
          {moving} {legend.moving}
        </span>
        <span>
          <i className={c('open')} />
          {open} {legend.open}
        </span>
      </p>
    </>
  )
}
