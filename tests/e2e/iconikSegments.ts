/** Comments as iconik's API has them, for a look past the app. */
import { z } from 'zod'
import type { IconikClient } from '../fakes/iconikClient.ts'
import { answer, assetCalled } from './iconikLife.ts'

const rowsSchema = z.object({
  objects: z.array(
    z.object({
      id: z.string(),
      version_id: z.string().nullish(),
      parent_id: z.string().nullish(),
      segment_text: z.string().nullish(),
      segment_checked: z.boolean().nullish(),
      segment_color: z.string().nullish(),
      is_internal: z.boolean().nullish(),
      share_user_email: z.string().nullish(),
      time_start_milliseconds: z.number().nullish(),
      time_end_milliseconds: z.number().nullish(),
      drawing: z.object({ primitives: z.array(z.object({ type: z.string() })) }).nullish(),
    }),
  ),
})

type SegmentRow = z.infer<typeof rowsSchema>['objects'][number]

/** Those of an asset, by its title; of one version alone where its number from 1 is given, or `newest`. */
export async function segmentsOf(
  api: IconikClient,
  title: string,
  version?: number | 'newest',
): Promise<SegmentRow[]> {
  const { id, versions } = await assetCalled(api, title)
  const path = `assets/v1/assets/${id}/segments/?per_page=200`
  if (version === undefined) return (await answer(api, rowsSchema, path)).objects
  const chosen = version === 'newest' ? versions.at(-1) : versions[version - 1]
  return (await answer(api, rowsSchema, `${path}&version_id=${chosen?.id ?? ''}`)).objects
}
