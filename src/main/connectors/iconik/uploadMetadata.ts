import { z } from 'zod'
import { metadataValuesSchema as ourValuesSchema } from '../../../shared/metadata.ts'
import type { UploadStep } from '../../transfers/uploadTarget.ts'
import { calls } from './calls/index.ts'
import type { IconikClient } from './client.ts'
import { assetOf, none, stepNames } from './uploadIds.ts'
import { metadataValuesSchema } from './wireMetadata.ts'

const askedSchema = z.object({ viewKey: z.string(), values: ourValuesSchema })

/** Writes what the user was asked for at the drop, before any byte goes: a refused value stops the upload early. */
export function metadataStep(client: IconikClient): UploadStep {
  return {
    name: stepNames.metadata,
    async act(facts, done, signal) {
      if (facts.metadata === null) return none
      const { viewKey, values } = askedSchema.parse(facts.metadata)
      const metadata_values = Object.fromEntries(
        Object.entries(values).map(([name, list]) => [
          name,
          { field_values: list.map((value) => ({ value })) },
        ]),
      )
      await client.call(
        calls['metadata.replaceViewValues'],
        {
          path: { object_type: 'assets', object_id: assetOf(facts, done), view_id: viewKey },
          body: { metadata_values },
          answer: metadataValuesSchema,
        },
        signal,
      )
      return viewKey
    },
  }
}
