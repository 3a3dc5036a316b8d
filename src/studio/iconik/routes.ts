import { aclRoutes } from './acls/aclRoutes.ts'
import { templateRoutes } from './acls/templateRoutes.ts'
import { actionRoutes } from './actions/actionRoutes.ts'
import { assetRoutes } from './assets/assetRoutes.ts'
import { historyRoutes } from './assets/historyRoutes.ts'
import { personRoutes } from './assets/personRoutes.ts'
import { reindexRoutes } from './assets/reindexRoutes.ts'
import { relationRoutes } from './assets/relationRoutes.ts'
import { versionRoutes } from './assets/versionRoutes.ts'
import { loginRoutes } from './auth/loginRoutes.ts'
import { tokenRoutes } from './auth/tokenRoutes.ts'
import { collectionRoutes } from './collections/collectionRoutes.ts'
import { contentRoutes } from './collections/contentRoutes.ts'
import { totalRoutes } from './collections/totalRoutes.ts'
import { favouriteRoutes } from './lists/favouriteRoutes.ts'
import { playlistRoutes } from './lists/playlistRoutes.ts'
import { sequenceRoutes } from './lists/sequenceRoutes.ts'
import { fieldRoutes } from './metadata/fieldRoutes.ts'
import { valueRoutes } from './metadata/valueRoutes.ts'
import { viewRoutes } from './metadata/viewRoutes.ts'
import { projectRoutes } from './projects/projectRoutes.ts'
import { reviewRoutes } from './reviewRoutes.ts'
import type { Route } from './route.ts'
import { savedRoutes } from './search/savedRoutes.ts'
import { searchRoutes } from './search/searchRoutes.ts'
import { settingRoutes } from './settings/settingRoutes.ts'
import { syncRoutes } from './sync/syncRoutes.ts'
import { transcriptionRoutes } from './transcriptions/transcriptionRoutes.ts'
import { deleteQueueRoutes } from './trash/deleteQueueRoutes.ts'
import { groupRoutes } from './users/groupRoutes.ts'
import { userRoutes } from './users/userRoutes.ts'

/**
 * Every call that is served. A service or an area of one is a file that exports `readonly Route[]`; it is listed here
 * and nowhere else. The order does not matter: fixed parts of a path count before named ones.
 */
export const routes: readonly Route[] = [
  ...[...loginRoutes, ...tokenRoutes, ...userRoutes, ...groupRoutes, ...aclRoutes, ...templateRoutes],
  ...[
    ...assetRoutes,
    ...versionRoutes,
    ...relationRoutes,
    ...historyRoutes,
    ...personRoutes,
    ...reindexRoutes,
  ],
  ...[...collectionRoutes, ...contentRoutes, ...totalRoutes, ...deleteQueueRoutes, ...projectRoutes],
  ...[...favouriteRoutes, ...playlistRoutes, ...sequenceRoutes, ...actionRoutes, ...syncRoutes],
  ...[...transcriptionRoutes, ...fieldRoutes, ...viewRoutes, ...valueRoutes, ...settingRoutes],
  ...[...searchRoutes, ...savedRoutes, ...reviewRoutes],
]
