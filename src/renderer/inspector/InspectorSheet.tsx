import { useOverlays } from '../shell/overlayStore.ts'
import { classesOf } from '../ui/classes.ts'
import css from './Inspector.module.css'
import { Inspector } from './Inspector.tsx'

const c = classesOf(css)

/** Where three panes do not fit, the inspector floats over the content; Escape takes it away. */
export function InspectorSheet() {
  const isOpen = useOverlays((overlays) => overlays.isInspectorSheetOpen)
  if (!isOpen) return null
  return (
    <div className={c('sheet')}>
      <Inspector />
    </div>
  )
}
