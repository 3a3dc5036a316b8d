import { aclsCalls } from './acls.ts'
import { approvalsCalls } from './approvals.ts'
import { assetsCalls } from './assets.ts'
import { authCalls } from './auth.ts'
import { collectionsCalls } from './collections.ts'
import { customActionsCalls } from './customActions.ts'
import { favoritesCalls } from './favorites.ts'
import { filesCalls } from './files.ts'
import { formatsCalls } from './formats.ts'
import { historyCalls } from './history.ts'
import { inboxCalls } from './inbox.ts'
import { jobsCalls } from './jobs.ts'
import { keyframesCalls } from './keyframes.ts'
import { metadataCalls } from './metadata.ts'
import { multipartCalls } from './multipart.ts'
import { playlistsCalls } from './playlists.ts'
import { projectsCalls } from './projects.ts'
import { proxiesCalls } from './proxies.ts'
import { relationsCalls } from './relations.ts'
import { searchCalls } from './search.ts'
import { segmentsCalls } from './segments.ts'
import { settingsCalls } from './settings.ts'
import { sharesCalls } from './shares.ts'
import { storagesCalls } from './storages.ts'
import { syncSessionsCalls } from './syncSessions.ts'
import { transcodeCalls } from './transcode.ts'
import { transcriptionsCalls } from './transcriptions.ts'
import { trashCalls } from './trash.ts'
import { usersCalls } from './users.ts'
import { versionsCalls } from './versions.ts'
import { webhooksCalls } from './webhooks.ts'

export const calls = {
  ...projectsCalls,
  ...sharesCalls,
  ...transcriptionsCalls,
  ...playlistsCalls,
  ...collectionsCalls,
  ...versionsCalls,
  ...trashCalls,
  ...favoritesCalls,
  ...approvalsCalls,
  ...assetsCalls,
  ...relationsCalls,
  ...segmentsCalls,
  ...syncSessionsCalls,
  ...historyCalls,
  ...customActionsCalls,
  ...authCalls,
  ...usersCalls,
  ...storagesCalls,
  ...formatsCalls,
  ...filesCalls,
  ...multipartCalls,
  ...proxiesCalls,
  ...keyframesCalls,
  ...jobsCalls,
  ...searchCalls,
  ...metadataCalls,
  ...aclsCalls,
  ...settingsCalls,
  ...inboxCalls,
  ...webhooksCalls,
  ...transcodeCalls,
} as const
