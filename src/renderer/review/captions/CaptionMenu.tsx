import { CaptionsOff, Captions as CaptionsOn, FilePlus2, Trash2 } from 'lucide-react'
import type { MouseEventHandler } from 'react'
import { keysOf } from '../../../shared/actions.ts'
import type { VersionId } from '../../../shared/ids.ts'
import { useApp } from '../../shell/appStore.ts'
import { text } from '../../text/text.ts'
import { IconButton } from '../../ui/IconButton.tsx'
import { Menu, MenuChoice, MenuItem } from '../../ui/Menu.tsx'
import { addCaptions, chooseCaptions, removeCaptions, useCaptions } from './captionStore.ts'

const off = 'off'

interface CaptionMenuProps {
  readonly versionId: VersionId
  readonly onMouseDown: MouseEventHandler
}

/** Which captions are on the picture, and where more come from. */
export function CaptionMenu({ versionId, onMouseDown }: CaptionMenuProps) {
  const words = text.captions
  const { tracks, chosen } = useCaptions(versionId)
  const isShown = useApp((app) => app.settings.captionsShown) && chosen !== null
  const keys = useApp((app) => keysOf('player.captions', app.settings.shortcuts)[0])
  const track = tracks.find(({ id }) => id === chosen)
  return (
    <Menu
      align="end"
      trigger={
        <IconButton label={words.button} keys={keys} onMouseDown={onMouseDown}>
          {isShown ? <CaptionsOn size={16} /> : <CaptionsOff size={16} />}
        </IconButton>
      }
    >
      {tracks.length === 0 ? null : (
        <MenuChoice
          value={isShown && chosen !== null ? chosen : off}
          choices={[
            { value: off, words: words.off },
            ...tracks.map(({ id, label, isOwn }) => ({
              value: id,
              words: isOwn ? label : words.ofService(label),
            })),
          ]}
          onChoose={(id) => void chooseCaptions(versionId, id === off ? null : id)}
        />
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
