import { useState } from 'react'
import type { Asset, Version } from '../../shared/place.ts'
import { reviewLooks } from '../library/reviewLook.ts'
import { useConnection } from '../shell/appStore.ts'
import { go } from '../shell/routeStore.ts'
import { useNow } from '../shell/useNow.ts'
import { moment } from '../text/format.ts'
import { text } from '../text/text.ts'
import { Avatar } from '../ui/Avatar.tsx'
import { Button } from '../ui/Button.tsx'
import { classesOf } from '../ui/classes.ts'
import { StateLabel } from '../ui/StateLabel.tsx'
import { DeletedVersions } from './DeletedVersions.tsx'
import css from './Inspector.module.css'
import { VersionMenu } from './VersionMenu.tsx'

const c = classesOf(css)

interface VersionsProps {
  readonly asset: Asset
  readonly versions: readonly Version[]
}

/** Every version there is, newest first, and those that were deleted for whoever asks. */
export function Versions({ asset, versions }: VersionsProps) {
  const now = useNow()
  const [isOpen, setOpen] = useState(false)
  const canEdit = useConnection(asset.connectionId)?.powers.includes('versionEditing') ?? false
  const newestFirst = [...versions].sort((a, b) => b.number - a.number)
  return (
    <section className={c('block')}>
      <h3 className={c('head')}>
        {text.inspector.versions}
        {canEdit ? (
          <Button size="small" look="bare" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
            {isOpen ? text.life.hideDeletedVersions : text.life.showDeletedVersions}
          </Button>
        ) : null}
      </h3>
      {newestFirst.map((version) => (
        <div key={version.id} className={c('versionLine', version.id === asset.latestVersionId && 'current')}>
          <button
            type="button"
            className={c('versionRow')}
            onClick={() => go({ screen: 'review', assetId: asset.id, versionId: version.id })}
          >
            <span className={c('version')}>{text.library.version(version.number)}</span>
            {version.author === null ? null : <Avatar name={version.author} small />}
            <span className={c('when')}>
              {version.createdAt === null ? version.author : moment(version.createdAt, now)}
            </span>
            <StateLabel look={reviewLooks[version.review]} words={text.review[version.review]} />
          </button>
          <VersionMenu asset={asset} version={version} isOnly={versions.length < 2} />
        </div>
      ))}
      {isOpen ? <DeletedVersions asset={asset} /> : null}
    </section>
  )
}
