import { CaptionsOff, Captions as CaptionsOn, FilePlus2, Info, Search, Trash2, X } from 'lucide-react'
import type { MouseEventHandler } from 'react'
import { keysOf } from '../../../shared/actions.ts'
import type { VersionId } from '../../../shared/ids.ts'
import { useApp } from '../../shell/appStore.ts'
import { text } from '../../text/text.ts'
import { IconButton } from '../../ui/IconButton.tsx'
import { Menu, MenuChoice, MenuItem } from '../../ui/Menu.tsx'
import {
  addCaptions,
  chooseCaptions,
  lookInFile,
  removeCaptions,
  stopReading,
  useCaptions,
} from './captionStore.ts'
import { trackWords } from './fileTracks.ts'

const off = 'off'

interface CaptionMenuProps {
  readonly versionId: VersionId
  readonly onMouseDown: MouseEventHandler
}

/** Which captions are on the picture, and where more come from. */
export function CaptionMenu({ versionId, onMouseDown }: CaptionMenuProps) {
  const words = text.captions
  const { tracks, inFile, look, hasFfmpeg, chosen, reading } = useCaptions(versionId)
  const shown = reading ?? chosen
  const isShown = useApp((app) => app.settings.captionsShown) && shown !== null
  const keys = useApp((app) => keysOf('player.captions', app.settings.shortcuts)[0])
  const track = tracks.find(({ id }) => id === chosen)
  const named = inFile.map((each, index) => ({ ...each, words: trackWords(each, index + 1) }))
  const readable = named.filter(({ kind, isKept }) => kind === 'text' && (hasFfmpeg || isKept))
  const others = named.filter((each) => !readable.includes(each))
  const choices = [
    ...tracks.map(({ id, label, isOwn }) => ({ value: id, words: isOwn ? label : words.ofService(label) })),
    ...readable.map(({ id, words: label }) => ({ value: id, words: label })),
  ]
  return (
    <Menu
      align="end"
      leavesFocus
      onOpen={() => void lookInFile(versionId)}
      trigger={
        <IconButton label={words.button} keys={keys} onMouseDown={onMouseDown}>
          {isShown ? <CaptionsOn size={16} /> : <CaptionsOff size={16} />}
        </IconButton>
      }
    >
      {choices.length === 0 ? null : (
        <MenuChoice
          value={isShown && shown !== null ? shown : off}
          choices={[{ value: off, words: words.off }, ...choices]}
          onChoose={(id) => void chooseCaptions(versionId, id === off ? null : id)}
        />
      )}
      {others.map(({ id, words: label }) => (
        <MenuItem key={id} icon={<CaptionsOff size={14} />} words={label} isDisabled onChoose={nothing} />
      ))}
      {look === 'done' ? null : (
        <MenuItem
          icon={<Search size={14} />}
          words={look === 'failed' ? words.notLooked : words.looking}
          isDisabled
          onChoose={nothing}
        />
      )}
      {look === 'done' && inFile.length === 0 ? (
        <MenuItem icon={<CaptionsOff size={14} />} words={words.noneInFile} isDisabled onChoose={nothing} />
      ) : null}
      {!hasFfmpeg && others.some(({ kind }) => kind === 'text') ? (
        <MenuItem icon={<Info size={14} />} words={words.noFfmpeg} isDisabled onChoose={nothing} />
      ) : null}
      {reading === null ? null : (
        <MenuItem icon={<X size={14} />} words={words.stop} onChoose={() => void stopReading(versionId)} />
      )}
      <MenuItem
        icon={<FilePlus2 size={14} />}
        words={words.add}
        onChoose={() => void addCaptions(versionId)}
      />
      {track?.isOwn ? (
        <MenuItem
          icon={<Trash2 size={14} />}
          words={words.remove(track.label)}
          onChoose={() => void removeCaptions(versionId, track.id)}
        />
      ) : null}
    </Menu>
  )
}

/** What is only told cannot be chosen. */
const nothing = () => undefined
