import { DropdownMenu } from 'radix-ui'
import type { MouseEventHandler } from 'react'
import { keysOf } from '../../shared/actions.ts'
import { useApp } from '../shell/appStore.ts'
import { text } from '../text/text.ts'
import { classesOf } from '../ui/classes.ts'
import { IconButton } from '../ui/IconButton.tsx'
import menu from '../ui/Menu.module.css'
import { ItemFace, Menu, MenuChoice } from '../ui/Menu.tsx'
import { type FrameClock, speeds } from './frameClock.ts'
import { player } from './playerControl.ts'
import css from './Transport.module.css'
import { useClockValue } from './useClock.ts'

const c = classesOf(css)
const m = classesOf(menu)
const byKey = ['player.backward', 'player.toggle', 'player.faster'] as const

interface SpeedMenuProps {
  readonly clock: FrameClock
  readonly onMouseDown: MouseEventHandler
}

/** How fast it plays, or will once play is pressed. Choosing one starts nothing. */
export function SpeedMenu({ clock, onMouseDown }: SpeedMenuProps) {
  const speed = useClockValue(clock, (each) => each.playSpeed)
  const shortcuts = useApp((app) => app.settings.shortcuts)
  const words = text.room
  return (
    <Menu
      align="end"
      leavesFocus
      label={words.rate}
      trigger={
        <IconButton label={words.rateIs(speed)} onMouseDown={onMouseDown}>
          <span className={c('scale')}>{speed}×</span>
        </IconButton>
      }
    >
      <MenuChoice
        value={String(speed)}
        choices={speeds.map((each) => ({ value: String(each), words: `${each}×` }))}
        onChoose={(chosen) => player()?.setSpeed(Number(chosen))}
      />
      <DropdownMenu.Separator className={m('between')} />
      {byKey.map((id) => (
        <DropdownMenu.Label key={id} className={m('item', 'told')}>
          <ItemFace
            icon={<span className={m('mark')} />}
            words={words.rateKeys[id]}
            keys={keysOf(id, shortcuts).at(-1)}
          />
        </DropdownMenu.Label>
      ))}
    </Menu>
  )
}
