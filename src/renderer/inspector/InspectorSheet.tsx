import { useEffect } from 'react'
import { useOverlays } from '../shell/overlayStore.ts'
import { classesOf } from '../ui/classes.ts'
import css from './Inspector.module.css'
import { Inspector } from './Inspector.tsx'

const c = classesOf(css)

/** Where three panes do not fit, the inspector floats over the content; Escape takes it away. */
export function InspectorSheet() {
  const isOpen = useOverlays((overlays) => overlays.isInspectorSheetOpen)
  useEffect(() => {
    if (!isOpen) return
    const pressed = (event: KeyboardEvent) => {
      if (event.key !== 'Escape' || event.defaultPrevented) return
      event.preventDefault()
      useOverlays.setState({ isInspectorSheetOpen: false })
    }
    window.addEventListener('keydown', pressed)
    return () => window.removeEventListener('keydown', pressed)
  }, [isOpen])
  if (!isOpen) return null
  return (
    <div className={c('sheet')}>
      <Inspector />
    </div>
  )
}
