import { X } from 'lucide-react'
import { useEffect } from 'react'
import { errorWords } from '../text/errors.ts'
import { text } from '../text/text.ts'
import { classesOf } from '../ui/classes.ts'
import { IconButton } from '../ui/IconButton.tsx'
import { Notice } from '../ui/Notice.tsx'
import { copyDetails } from './copyDetails.ts'
import css from './Said.module.css'
import { sayNothing, useSaid } from './sayStore.ts'

const c = classesOf(css)
const shownFor = 12_000

/** The line over the tray for failures that have no place of their own. Goes by itself, or by its button. */
export function Said() {
  const said = useSaid((state) => state.said)
  useEffect(() => {
    if (said === null) return
    const timer = setTimeout(sayNothing, shownFor)
    return () => clearTimeout(timer)
  }, [said])
  if (said === null) return null
  const words = said.failure === null ? null : errorWords(said.failure)
  const { failure, action } = said
  return (
    <div className={c('said')}>
      <Notice
        tone={words === null ? 'idle' : 'stop'}
        what={words?.what ?? said.words ?? ''}
        more={words?.more}
        action={
          failure !== null && words?.remedy === 'copyDetails'
            ? { words: text.app.copyDetails, run: () => copyDetails(failure) }
            : action && {
                words: action.words,
                run: () => {
                  sayNothing()
                  action.run()
                },
              }
        }
      >
        <IconButton label={text.app.close} onClick={sayNothing}>
          <X size={14} />
        </IconButton>
      </Notice>
    </div>
  )
}
