import { type ReactNode, useEffect } from 'react'
import type { PlaceId } from '../../shared/ids.ts'
import { DropSheet } from './DropSheet.tsx'
import { currentDropPlace, takeFiles, useDrop } from './dropStore.ts'
import { PlacePicker } from './PlacePicker.tsx'

const hasFiles = (event: DragEvent) => event.dataTransfer?.types.includes('Files') ?? false

/** The place a drop at this point is for: the nearest thing that is one, or none. */
function placeAt(target: EventTarget | null): PlaceId | null {
  const element = target instanceof Element ? target : null
  const near = element?.closest('[data-drop-place], [data-drop-closed]')
  return (near?.getAttribute('data-drop-place') as PlaceId | null | undefined) ?? null
}

const fileItems = (data: DataTransfer | null) =>
  [...(data?.items ?? [])].filter((item) => item.kind === 'file').length

function followDrags(): () => void {
  // Enter and leave come for every element on the way; the drag has left when as many have ended as begun.
  let depth = 0
  const stop = () => {
    depth = 0
    delete document.documentElement.dataset['dragging']
    useDrop.setState({ isDragging: false, target: null, items: 0 })
  }
  const entered = (event: DragEvent) => {
    if (!hasFiles(event)) return
    event.preventDefault()
    depth += 1
    document.documentElement.dataset['dragging'] = ''
    useDrop.setState({
      isDragging: true,
      items: fileItems(event.dataTransfer),
      target: placeAt(event.target),
    })
  }
  const moved = (event: DragEvent) => {
    if (!hasFiles(event)) return
    event.preventDefault()
    if (event.dataTransfer) event.dataTransfer.dropEffect = 'copy'
    const target = placeAt(event.target)
    if (useDrop.getState().target !== target) useDrop.setState({ target })
  }
  const left = (event: DragEvent) => {
    if (!hasFiles(event)) return
    depth -= 1
    if (depth <= 0) stop()
  }
  const dropped = (event: DragEvent) => {
    event.preventDefault()
    const files = [...(event.dataTransfer?.files ?? [])]
    const place = placeAt(event.target)
    stop()
    if (files.length > 0) void takeFiles(files, place)
  }
  const pasted = (event: ClipboardEvent) => {
    const files = [...(event.clipboardData?.files ?? [])]
    if (files.length === 0 || document.querySelector('[data-modal]') !== null) return
    event.preventDefault()
    void takeFiles(files, currentDropPlace())
  }
  window.addEventListener('dragenter', entered)
  window.addEventListener('dragover', moved)
  window.addEventListener('dragleave', left)
  window.addEventListener('drop', dropped)
  window.addEventListener('paste', pasted)
  return () => {
    window.removeEventListener('dragenter', entered)
    window.removeEventListener('dragover', moved)
    window.removeEventListener('dragleave', left)
    window.removeEventListener('drop', dropped)
    window.removeEventListener('paste', pasted)
  }
}

/** Takes files that are dropped or pasted anywhere in the window, and shows what became of them. */
export function DropLayer({ children }: { readonly children: ReactNode }) {
  useEffect(followDrags, [])
  const isOpen = useDrop((drop) => drop.state !== 'idle')
  const isHomeless = useDrop((drop) => drop.homeless.length > 0)
  return (
    <>
      {children}
      {isOpen ? <DropSheet /> : null}
      {isHomeless ? <PlacePicker /> : null}
    </>
  )
}
