import { Share2 } from 'lucide-react'
import type { Asset } from '../../shared/place.ts'
import { useConnection } from '../shell/appStore.ts'
import { text } from '../text/text.ts'
import { Control } from './Transport.tsx'

/** Gives the open clip to people outside. Absent where its service knows no shares, and for guests. */
export function ShareButton({ asset }: { readonly asset: Asset }) {
  const connection = useConnection(asset.connectionId)
  if (!connection?.powers.includes('shares')) return null
  return (
    <Control id="review.share" label={text.room.share}>
      <Share2 size={16} aria-hidden="true" />
    </Control>
  )
}
