import { Command } from 'cmdk'
import { Search } from 'lucide-react'
import { Dialog } from 'radix-ui'
import { useState } from 'react'
import { chosenAsset, useLibrary } from '../library/libraryStore.ts'
import { player } from '../review/playerControl.ts'
import { closePalette, useOverlays } from '../shell/overlayStore.ts'
import { text } from '../text/text.ts'
import { classesOf } from '../ui/classes.ts'
import { Keys } from '../ui/Keys.tsx'
import { isPress } from '../ui/keyText.ts'
import { isMac } from '../ui/platform.ts'
import css from './Palette.module.css'
import { PaletteList } from './PaletteList.tsx'

const c = classesOf(css)

/** Everything by name: `>` keeps to actions, `#` is a timecode of the clip that is open. */
export function Palette() {
  const [typed, setTyped] = useState(() => useOverlays.getState().paletteText)
  const [value, setValue] = useState('')
  const subject = useLibrary((library) => chosenAsset(library)?.name)
  return (
    <Dialog.Root open onOpenChange={closePalette}>
      <Dialog.Portal>
        <Dialog.Overlay className={c('scrim')} data-modal="" />
        <Dialog.Content
          className={c('palette')}
          aria-describedby={undefined}
          aria-label={text.palette.label}
          onKeyDown={(event) => {
            if (!isPress('Mod+K', event.nativeEvent, isMac)) return
            event.preventDefault()
            closePalette()
          }}
        >
          <Command
            shouldFilter={false}
            loop
            value={value}
            onValueChange={setValue}
            className={c('command')}
            label={text.palette.label}
          >
            <div className={c('field')}>
              <Search size={18} aria-hidden="true" />
              <Command.Input
                value={typed}
                onValueChange={setTyped}
                placeholder={text.palette.placeholder}
                maxLength={200}
                spellCheck={false}
                autoFocus
              />
              {subject === undefined ? null : <span className={c('tag')}>{text.palette.on(subject)}</span>}
            </div>
            <PaletteList typed={typed} value={value} onFirst={setValue} />
            <div className={c('hint')} aria-hidden="true">
              <span>
                <Keys text="ArrowUp" />
                <Keys text="ArrowDown" /> {text.palette.move}
              </span>
              <span>
                <Keys text="Enter" /> {text.palette.run}
              </span>
              <span className={c('grow')} />
              <span>
                <Keys text=">" /> {text.palette.actionsOnly}
              </span>
              {player() === null ? null : (
                <span>
                  <Keys text="#" /> {text.palette.timecodeHint}
                </span>
              )}
            </div>
          </Command>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  )
}
