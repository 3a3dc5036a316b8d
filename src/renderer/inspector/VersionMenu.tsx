import { Ellipsis } from 'lucide-react'
import { useState } from 'react'
import { toFailure } from '../../shared/errors.ts'
import type { Asset, Version } from '../../shared/place.ts'
import { ask } from '../bridge.ts'
import { useConnection } from '../shell/appStore.ts'
import { say } from '../shell/sayStore.ts'
import { text } from '../text/text.ts'
import { Question } from '../ui/Dialog.tsx'
import { IconButton } from '../ui/IconButton.tsx'
import { Menu, MenuItem } from '../ui/Menu.tsx'

interface VersionMenuProps {
  readonly asset: Asset
  readonly version: Version
  /** The last version goes with its asset, not alone. */
  readonly isOnly: boolean
}

/** What can be done with one version of an asset; absent where the service has no such calls. */
export function VersionMenu({ asset, version, isOnly }: VersionMenuProps) {
  const isAble = useConnection(asset.connectionId)?.powers.includes('versionEditing') ?? false
  const [isAsked, setAsked] = useState(false)
  if (!isAble || isOnly) return null
  const words = text.life
  const run = async (call: 'versions.promote' | 'versions.remove') => {
    setAsked(false)
    try {
      await ask(call, { id: version.id })
    } catch (error) {
      say(toFailure(error))
    }
  }
  return (
    <>
      <Menu
        align="end"
        trigger={
          <IconButton label={words.versionMenu(version.number)}>
            <Ellipsis size={14} />
          </IconButton>
        }
      >
        {version.id === asset.latestVersionId ? null : (
          <MenuItem words={words.promote} onChoose={() => void run('versions.promote')} />
        )}
        <MenuItem words={words.removeVersion} isDanger onChoose={() => setAsked(true)} />
      </Menu>
      {isAsked ? (
        <Question
          title={words.removeVersionTitle(version.number)}
          more={words.removeVersionMore}
          keep={text.library.keep}
          act={words.removeVersionNow}
          onKeep={() => setAsked(false)}
          onAct={() => void run('versions.remove')}
        />
      ) : null}
    </>
  )
}
