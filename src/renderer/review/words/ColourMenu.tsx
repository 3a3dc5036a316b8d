import { Palette } from 'lucide-react'
import { DropdownMenu } from 'radix-ui'
import { colourNameOf, commentColourNames, commentColours } from '../../../shared/commentColour.ts'
import { text } from '../../text/text.ts'
import { classesOf } from '../../ui/classes.ts'
import { IconButton } from '../../ui/IconButton.tsx'
import menu from '../../ui/Menu.module.css'
import { Menu } from '../../ui/Menu.tsx'
import { ColourGlyph } from './ColourGlyph.tsx'

const m = classesOf(menu)
const none = 'none'

interface ColourMenuProps {
  /** As stored; one of others keeps its value until another is chosen. */
  readonly colour: string | null
  readonly onChange: (colour: string | null) => void
}

/** The colour of a comment: five, each with a word and a shape, or none. */
export function ColourMenu({ colour, onChange }: ColourMenuProps) {
  const name = colourNameOf(colour)
  const words = text.remark
  return (
    <Menu
      align="end"
      label={words.colour}
      trigger={
        <IconButton label={name === null ? words.colour : words.colourIs(words.colours[name])}>
          {name === null ? <Palette size={15} /> : <ColourGlyph colour={name} size={14} />}
        </IconButton>
      }
    >
      <DropdownMenu.RadioGroup
        value={name ?? none}
        onValueChange={(value) => {
          const chosen = commentColourNames.find((each) => each === value)
          onChange(chosen === undefined ? null : commentColours[chosen])
        }}
      >
        {commentColourNames.map((each) => (
          <DropdownMenu.RadioItem key={each} value={each} className={m('item')}>
            <ColourGlyph colour={each} size={14} />
            <span className={m('words')}>{words.colours[each]}</span>
            <Tick />
          </DropdownMenu.RadioItem>
        ))}
        <DropdownMenu.RadioItem value={none} className={m('item')}>
          <span className={m('mark')} />
          <span className={m('words')}>{words.noColour}</span>
          <Tick />
        </DropdownMenu.RadioItem>
      </DropdownMenu.RadioGroup>
    </Menu>
  )
}

const Tick = () => <DropdownMenu.ItemIndicator>✓</DropdownMenu.ItemIndicator>
