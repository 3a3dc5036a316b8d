import type { MetadataKind, MetadataValues, MetadataView } from '../../../shared/metadata.ts'
import type { MetadataPower } from '../powers.ts'
import { calls } from './calls/index.ts'
import { eachOf, isGone, orElse } from './paging.ts'
import type { Session } from './session.ts'
import { assetSchema } from './wireAssets.ts'
import type {
  MetadataField as IconikField,
  MetadataValues as IconikValues,
  MetadataView as IconikView,
} from './wireMetadata.ts'
import {
  categoriesSchema,
  metadataValuesSchema,
  metadataViewSchema,
  metadataViewsSchema,
} from './wireMetadata.ts'
import { settingsSchema } from './wireUsers.ts'

const object_type = 'assets'
/** An asset that no category was chosen for belongs to this one. */
const defaultCategory = 'default'
const longestValue = 10_000
const mostValues = 500

/** Views with their fields, and the values of assets. Guests see the views that were shared with them. */
export function createMetadata({ call }: Session): MetadataPower {
  const readView = (id: string, signal: AbortSignal): Promise<IconikView | undefined> =>
    orElse(
      () =>
        call(
          calls['metadata.readView'],
          { path: { view_id: id }, query: { merge_fields: true }, answer: metadataViewSchema },
          signal,
        ),
      undefined,
    )

  /** Of an asset's category, else of the default one, else all there are. */
  const viewIdsFor = async (category: string, signal: AbortSignal): Promise<string[]> => {
    const { objects } = (await orElse(
      () =>
        call(calls['metadata.listCategories'], { path: { object_type }, answer: categoriesSchema }, signal),
      undefined,
    )) ?? { objects: [] }
    const found =
      objects.find(({ name }) => name === category) ?? objects.find(({ name }) => name === defaultCategory)
    if (found !== undefined) {
      const ids = found.view_ids.length > 0 ? found.view_ids : found.views.map(({ id }) => id)
      return ids
    }
    const all = await orElse(
      () => call(calls['metadata.listViews'], { answer: metadataViewsSchema }, signal),
      undefined,
    )
    return (all?.objects ?? []).map(({ id }) => id)
  }

  const readViews = async (ids: readonly string[], signal: AbortSignal): Promise<MetadataView[]> => {
    const views = await eachOf(ids, (id) => readView(id, signal))
    return views.filter((view) => view !== undefined).map(viewOf)
  }

  const readValues = async (assetId: string, signal: AbortSignal): Promise<MetadataValues> => {
    try {
      const path = { object_type, object_id: assetId }
      return valuesOf(
        await call(calls['metadata.readValues'], { path, answer: metadataValuesSchema }, signal),
      )
    } catch (error) {
      // Nothing was ever filled in.
      if (isGone(error)) return {}
      throw error
    }
  }

  return {
    async read({ remoteId }, signal) {
      const path = { asset_id: remoteId }
      const asset = await call(calls['assets.readAsset'], { path, answer: assetSchema }, signal)
      const ids = await viewIdsFor(asset.category ?? defaultCategory, signal)
      const [views, values] = await Promise.all([readViews(ids, signal), readValues(remoteId, signal)])
      return { views, values }
    },
    async write({ remoteId }, viewKey, values, signal) {
      const path = { object_type, object_id: remoteId, view_id: viewKey }
      const metadata_values = Object.fromEntries(
        Object.entries(values).map(([name, list]) => [
          name,
          { field_values: list.map((value) => ({ value })) },
        ]),
      )
      await call(
        calls['metadata.replaceViewValues'],
        { path, body: { metadata_values }, answer: metadataValuesSchema },
        signal,
      )
      return readValues(remoteId, signal)
    },
    async wanted(_place, signal) {
      const settings = await orElse(
        () => call(calls['settings.readMySettings'], { answer: settingsSchema }, signal),
        undefined,
      )
      return readViews(settings?.required_metadata_views ?? [], signal)
    },
  }
}

const kinds: Readonly<Record<string, MetadataKind>> = {
  string: 'text',
  text: 'longText',
  textarea: 'longText',
  integer: 'integer',
  float: 'number',
  number: 'number',
  boolean: 'flag',
  date: 'date',
  datetime: 'dateTime',
  drop_down: 'choice',
  dropdown: 'choice',
  tag_cloud: 'tags',
  email: 'email',
  url: 'url',
}

/** What only divides a form holds no value. */
const isDivider = ({ name, field_type }: IconikField) => name.startsWith('__') || field_type === 'separator'

export function viewOf(view: IconikView): MetadataView {
  return {
    key: view.id,
    name: view.name,
    fields: view.view_fields
      .filter((field) => !isDivider(field))
      .map((field) => {
        const kind = kinds[field.field_type?.toLowerCase() ?? 'string'] ?? 'text'
        return {
          name: field.name,
          label: field.label || field.name,
          kind,
          help: field.description || null,
          isRequired: field.required === true,
          isReadOnly: field.read_only === true,
          takesMany: field.multi === true || kind === 'tags',
          choices: field.options.map(({ value, label }) => ({ value, label: label || value })),
        }
      }),
  }
}

export function valuesOf({ metadata_values }: Pick<IconikValues, 'metadata_values'>): MetadataValues {
  return Object.fromEntries(
    Object.entries(metadata_values).map(([name, { field_values }]) => [
      name,
      field_values
        .slice(0, mostValues)
        .flatMap(({ value }) =>
          value === null ? [] : [typeof value === 'string' ? value.slice(0, longestValue) : value],
        ),
    ]),
  )
}
