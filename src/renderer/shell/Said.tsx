import { X } from 'lucide-react'
import { useLayoutEffect } from 'react'
import { errorWords } from '../text/errors.ts'
import { text } from '../text/text.ts'
import { classesOf } from '../ui/classes.ts'
import { IconButton } from '../ui/IconButton.tsx'
import { Notice } from '../ui/Notice.tsx'
import { copyDetails } from './copyDetails.ts'
import css from './Said.module.css'
import { holdSaid, letSaidGo, type Said as SaidLine, sayNothing, useSaid } from './sayStore.ts'

const c = classesOf(css)

/**
 * The line over the tray for what has no place of its own. Goes by itself, or by its button. What is plainly well is
 * read out by a region that is there before the words are: one that comes together with them is often not heard.
 */
export function Said() {
  const said = useSaid((state) => state.said)
  return (
    <>
      <div role="status">{said?.isPlain ? <Line said={said} /> : null}</div>
      {said === null || said.isPlain ? null : <Line said={said} />}
    </>
  )
}

function Line({ said }: { readonly said: SaidLine }) {
  const { failure, action, isPlain } = said
  const words = failure === null ? null : errorWords(failure)
  // React passes on no event of what it is just taking away: neither the blur nor the leaving pointer is heard.
  useLayoutEffect(() => letSaidGo, [])
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it only waits for whoever reads it
    <div
      className={c('said')}
      onPointerEnter={() => holdSaid('pointer', true)}
      onPointerLeave={() => holdSaid('pointer', false)}
      onFocus={() => holdSaid('focus', true)}
      onBlur={() => holdSaid('focus', false)}
    >
      <Notice
        tone={words === null ? 'idle' : 'stop'}
        isHeard={!isPlain}
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
