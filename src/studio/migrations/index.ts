import { store } from './0001-store.ts'
import { candidio } from './0002-candidio.ts'
import { iconik } from './0003-iconik.ts'
import { iconikReview } from './0004-iconikReview.ts'
import type { Migration } from './migration.ts'

/** In order; the place in the list is the version. A released step is never changed. */
export const migrations: readonly Migration[] = [store, candidio, iconik, iconikReview]
