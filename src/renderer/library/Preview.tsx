import { Dialog } from 'radix-ui'
import type { Asset } from '../../shared/place.ts'
import { useAssetDetail, useMedia } from '../review/assetStore.ts'
import { runAction } from '../shell/actionRunner.ts'
import { text } from '../text/text.ts'
import { classesOf } from '../ui/classes.ts'
import heard from '../ui/Heard.module.css'
import { MiddleCut } from '../ui/MiddleCut.tsx'
import { hideFailed } from './hideFailed.ts'
import { KindPicture } from './KindPicture.tsx'
import { chosenAsset, itemAt, itemCount, selectItems, useLibrary } from './libraryStore.ts'
import { thumbnailUrl } from './mediaUrl.ts'
import css from './Preview.module.css'
import { closePreview, usePreview } from './previewStore.ts'

const c = classesOf(css)

/** To the next thing that can be previewed, without leaving the preview. */
function step(by: 1 | -1): void {
  const library = useLibrary.getState()
  const index = library.selection.active + by
  const item = index < 0 || index >= itemCount(library) ? undefined : itemAt(library, index)
  if (item !== undefined) selectItems({ kind: 'only', id: item.id, index })
}

/** The chosen clip, large and in place. Space or Escape closes it, arrows go on, Enter opens the review. */
export function Preview() {
  const isOpen = usePreview((preview) => preview.isOpen)
  const asset = useLibrary(chosenAsset)
  if (!isOpen || asset === undefined) return null
  return (
    <Dialog.Root open onOpenChange={closePreview}>
      <Dialog.Portal>
        <Dialog.Overlay className={c('scrim')} data-modal="" />
        <Dialog.Content
          className={c('preview')}
          aria-describedby={undefined}
          onKeyDown={(event) => {
            if (event.key === ' ') closePreview()
            else if (event.key === 'ArrowRight' || event.key === 'ArrowDown') step(1)
            else if (event.key === 'ArrowLeft' || event.key === 'ArrowUp') step(-1)
            else if (event.key === 'Enter') {
              closePreview()
              runAction('media.open')
            } else return
            event.preventDefault()
          }}
        >
          <Dialog.Title className={c('name')}>
            <span className={heard['heard']}>{text.library.preview}: </span>
            <MiddleCut name={asset.name} />
          </Dialog.Title>
          <Picture key={asset.id} asset={asset} />
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  )
}

function Picture({ asset }: { readonly asset: Asset }) {
  const detail = useAssetDetail(asset.id, 80)
  const media = useMedia(asset.latestVersionId, 80)
  const poster = thumbnailUrl(asset)
  const kind = media.value?.info.kind
  return (
    <div className={c('stage')} aria-busy={detail.value === null}>
      {kind === 'video' || kind === 'audio' ? (
        // biome-ignore lint/a11y/useMediaCaption: the footage is the user's own and brings none
        <video src={media.value?.url} poster={poster} autoPlay controls={kind === 'audio'} loop />
      ) : kind === 'image' ? (
        <img src={media.value?.url} alt={asset.name} />
      ) : poster === undefined ? (
        <KindPicture kind={asset.kind} size={64} />
      ) : (
        <img src={poster} alt={asset.name} onError={hideFailed} />
      )}
    </div>
  )
}
