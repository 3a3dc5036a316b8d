import { classesOf } from '../ui/classes.ts'
import css from './Transport.module.css'
import type { ShownSize } from './usePictureView.ts'
import { ZoomMenu } from './ZoomMenu.tsx'

const c = classesOf(css)

/** What is under a picture that stands still: how large it is. */
export function StillBar({ size }: { readonly size: ShownSize }) {
  return (
    <div className={c('transport')} data-part="transport">
      <div className={c('side', 'end')}>
        <ZoomMenu size={size} onMouseDown={(event) => event.preventDefault()} />
      </div>
    </div>
  )
}
