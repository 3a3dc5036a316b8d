import type { MouseEventHandler } from 'react'
import { keysOf } from '../../../shared/actions.ts'
import type { VersionId } from '../../../shared/ids.ts'
import { useApp } from '../../shell/appStore.ts'
import { text } from '../../text/text.ts'
import { classesOf } from '../../ui/classes.ts'
import { IconButton } from '../../ui/IconButton.tsx'
import { Menu, MenuChoice, MenuItem } from '../../ui/Menu.tsx'
import css from '../Transport.module.css'
import { choicesOf, shownOf } from './offered.ts'
import { chooseRendition, useRenditions } from './renditionStore.ts'
import { renditionLine, renditionName } from './renditionWords.ts'

const c = classesOf(css)

interface RenditionMenuProps {
  readonly versionId: VersionId
  readonly onMouseDown: MouseEventHandler
}

/** What is being played, and what else could be; not there where there is only one thing to play. */
export function RenditionMenu({ versionId, onMouseDown }: RenditionMenuProps) {
  const { offers, chosen, trying } = useRenditions(versionId)
  const keys = useApp((app) => keysOf('player.rendition', app.settings.shortcuts)[0])
  const shown = shownOf(offers, chosen?.key ?? null)
  const choices = choicesOf(offers, shown)
  if (shown === undefined || choices.length === 0) return null
  const others = offers.filter((each) => !choices.includes(each))
  const tried = offers.find(({ key }) => key === trying)
  const words = text.renditions
  return (
    <Menu
      align="end"
      leavesFocus
      label={words.menu}
      trigger={
        <IconButton
          label={
            tried === undefined ? words.shown(renditionName(shown)) : words.opening(renditionName(tried))
          }
          keys={keys}
          aria-busy={tried !== undefined}
          onMouseDown={onMouseDown}
        >
          <span className={c('scale')}>{words.short[shown.kind]}</span>
        </IconButton>
      }
    >
      <MenuChoice
        value={tried?.key ?? shown.key}
        choices={choices.map((each) => ({ value: each.key, words: renditionLine(each, true) }))}
        onChoose={(key) => void chooseRendition(versionId, key)}
      />
      {others.map((each) => (
        <MenuItem
          key={each.key}
          icon={<span style={{ width: 14 }} />}
          words={renditionLine(each, false)}
          isDisabled
          onChoose={() => undefined}
        />
      ))}
    </Menu>
  )
}
