import { DropdownMenu } from 'radix-ui'
import type { MouseEventHandler } from 'react'
import { type ActionId, keysOf } from '../../shared/actions.ts'
import { runAction } from '../shell/actionRunner.ts'
import { useApp } from '../shell/appStore.ts'
import { text } from '../text/text.ts'
import { classesOf } from '../ui/classes.ts'
import { IconButton } from '../ui/IconButton.tsx'
import menu from '../ui/Menu.module.css'
import { ItemFace, Menu, MenuChoice, MenuItem } from '../ui/Menu.tsx'
import css from './Transport.module.css'
import type { ShownSize } from './usePictureView.ts'

const c = classesOf(css)
const m = classesOf(menu)
const chosen = { fit: 'player.zoomFit', actual: 'player.zoomActual' } as const
const stepwise = { larger: 'player.zoomIn', smaller: 'player.zoomOut' } as const

interface ZoomMenuProps {
  readonly size: ShownSize
  readonly onMouseDown: MouseEventHandler
}

/** How large the picture is, in per cent of its own pixels; not there where it has none. */
export function ZoomMenu({ size, onMouseDown }: ZoomMenuProps) {
  const shortcuts = useApp((app) => app.settings.shortcuts)
  const { percent, pixels, isFitting, isActual } = size
  if (percent === null || pixels === null) return null
  const words = text.room.pictureSize
  const keys = (id: ActionId) => keysOf(id, shortcuts)[0]
  return (
    <Menu
      align="end"
      leavesFocus
      label={words.menu}
      trigger={
        <IconButton label={isFitting ? words.fits(percent) : words.is(percent)} onMouseDown={onMouseDown}>
          <span className={c('scale')}>{words.percent(percent)}</span>
        </IconButton>
      }
    >
      <MenuChoice
        value={isActual ? 'actual' : isFitting ? 'fit' : ''}
        choices={(['fit', 'actual'] as const).map((each) => ({
          value: each as string,
          words: words[each],
          keys: keys(chosen[each]),
        }))}
        onChoose={(each) => runAction(each === 'fit' ? chosen.fit : chosen.actual)}
      />
      <DropdownMenu.Separator className={m('between')} />
      {(['larger', 'smaller'] as const).map((each) => (
        <MenuItem
          key={each}
          icon={<span className={m('mark')} />}
          words={words[each]}
          keys={keys(stepwise[each])}
          onChoose={() => runAction(stepwise[each])}
        />
      ))}
      <DropdownMenu.Separator className={m('between')} />
      <DropdownMenu.Label className={m('item', 'told')}>
        <ItemFace icon={<span className={m('mark')} />} words={words.of(pixels.width, pixels.height)} />
      </DropdownMenu.Label>
    </Menu>
  )
}
