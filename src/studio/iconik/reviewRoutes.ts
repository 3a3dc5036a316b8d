import { approvalRequestRoutes } from './approvals/approvalRequests.ts'
import { approvalRoutes } from './approvals/approvals.ts'
import { collectionKeyframeRoutes } from './files/collectionKeyframes.ts'
import { mediaTrashRoutes } from './files/deleteQueues.ts'
import { fileSetRoutes } from './files/fileSets.ts'
import { fileRoutes } from './files/files.ts'
import { formatRoutes } from './files/formats.ts'
import { keyframeRoutes } from './files/keyframes.ts'
import { mediaJobRoutes } from './files/mediaJobs.ts'
import { multipartRoutes } from './files/multipart.ts'
import { otherStorageRoutes } from './files/otherStorages.ts'
import { proxyRoutes } from './files/proxies.ts'
import { storageFileRoutes } from './files/storageFiles.ts'
import { storageRoutes } from './files/storages.ts'
import { subtitleRoutes } from './files/subtitles.ts'
import { jobRoutes } from './jobs/jobRoutes.ts'
import { noticeRoutes } from './notices/notices.ts'
import { subscriptionRoutes } from './notices/subscriptions.ts'
import { webhookRoutes } from './notices/webhooks.ts'
import type { Route } from './route.ts'
import { segmentRoutes } from './segments/segments.ts'
import { shareListRoutes } from './shares/shareLists.ts'
import { shareLoginRoutes } from './shares/shareLogin.ts'
import { shareRoutes } from './shares/shares.ts'
import { shareUserRoutes } from './shares/shareUsers.ts'
import { transcodeRoutes } from './transcode/transcodeRoutes.ts'

/** Media and what is said of it: the services files, jobs, transcode and both of notifications, and review in assets. */
export const reviewRoutes: readonly Route[] = [
  ...storageRoutes,
  ...storageFileRoutes,
  ...formatRoutes,
  ...fileSetRoutes,
  ...fileRoutes,
  ...multipartRoutes,
  ...otherStorageRoutes,
  ...proxyRoutes,
  ...keyframeRoutes,
  ...collectionKeyframeRoutes,
  ...subtitleRoutes,
  ...mediaJobRoutes,
  ...mediaTrashRoutes,
  ...jobRoutes,
  ...transcodeRoutes,
  ...segmentRoutes,
  ...approvalRoutes,
  ...approvalRequestRoutes,
  ...shareRoutes,
  ...shareUserRoutes,
  ...shareLoginRoutes,
  ...shareListRoutes,
  ...noticeRoutes,
  ...subscriptionRoutes,
  ...webhookRoutes,
]
