import { colourNameOf } from '../../../shared/commentColour.ts'
import { text } from '../../text/text.ts'
import { ColourGlyph } from './ColourGlyph.tsx'

/** A comment's colour as shape and word; nothing without one that has a name. */
export function ColourMark({ colour }: { readonly colour: string | null }) {
  const name = colour === null ? null : colourNameOf(colour)
  return name === null ? null : <ColourGlyph colour={name} label={text.remark.colours[name]} />
}
