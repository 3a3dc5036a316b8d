import { useApp } from '../shell/appStore.ts'
import { text } from '../text/text.ts'
import { Notice } from '../ui/Notice.tsx'

/** Says so where this system keeps no secrets, or keeps them in the clear. */
export function KeyStoreNotice() {
  const keyStore = useApp((app) => app.about?.keyStore)
  const words = text.settings
  if (keyStore === 'none')
    return <Notice tone="wait" what={words.keyStoreNone} more={words.keyStoreNoneMore} />
  if (keyStore === 'plain')
    return <Notice tone="wait" what={words.keyStorePlain} more={words.keyStorePlainMore} />
  return null
}
