import { randomUUID } from 'node:crypto'
import type { SqlRows } from '../../sqlRows.ts'
import { domainOf } from '../domain.ts'
import {
  fields,
  type MetadataField,
  type MetadataOwner,
  type MetadataValues,
  saveMetadata,
  views,
} from '../metadata/metadataRows.ts'
import { saveSettings, settingsOf } from '../settings/settingRows.ts'

const options = (...values: string[]) => values.map((value) => ({ value, label: value }))

const shotFields = [
  { id: 'Scene', label: 'Scene', field_type: 'string', use_as_facet: true },
  { id: 'Take', label: 'Take', field_type: 'integer', min_value: 1, max_value: 99 },
  {
    ...{ id: 'ShotSize', label: 'Shot size', field_type: 'drop_down', use_as_facet: true },
    options: options('Wide', 'Medium', 'Close', 'Drone'),
  },
  { id: 'ShootDate', label: 'Shoot date', field_type: 'date' },
  { id: 'Keywords', label: 'Keywords', field_type: 'tag_cloud', multi: true, use_as_facet: true },
  { id: 'ShotNotes', label: 'Notes', field_type: 'text' },
] as const
const deliveryFields = [
  { id: 'Client', label: 'Client', field_type: 'string', description: 'Who the cut is made for' },
  {
    ...{ id: 'DeliveryFormat', label: 'Delivery format', field_type: 'drop_down' },
    options: options('ProRes 422 HQ', 'XAVC 4K', 'H.264 web'),
  },
  { id: 'DueDate', label: 'Due', field_type: 'date' },
  { id: 'WebCleared', label: 'Cleared for the web', field_type: 'boolean' },
] as const
const required = ['Client', 'DeliveryFormat']

/** Two views with their fields: of the second two must be filled, and the domain asks for it with every upload. */
export function addSampleViews(rows: SqlRows, date: string): void {
  const dates = { date_created: date, date_modified: date }
  for (const { options: list = [], ...field } of [
    ...shotFields,
    ...deliveryFields,
  ] as readonly (Partial<MetadataField> & Pick<MetadataField, 'id' | 'label' | 'field_type'>)[]) {
    fields.insert(rows, { ...field, options: [...list], ...dates })
  }
  views.insert(rows, {
    ...{ id: randomUUID(), name: 'Shot', description: 'What the camera report says' },
    ...{ view_fields: shotFields.map(({ id: name }) => ({ name })), ...dates },
  })
  const delivery = views.insert(rows, {
    ...{ id: randomUUID(), name: 'Delivery', description: 'What the client needs to know' },
    view_fields: deliveryFields.map(({ id: name }) => ({ name, required: required.includes(name) })),
    ...dates,
  })
  const domain = domainOf(rows).id
  const settings = settingsOf(rows, 'system', domain)
  saveSettings(rows, 'system', domain, { ...settings, required_metadata_views: [delivery.id] })
}

/** Values of an object, each field with one value or several. */
export function addSampleValues(
  rows: SqlRows,
  owner: MetadataOwner,
  date: string,
  given: Readonly<Record<string, string | number | boolean | readonly string[]>>,
): void {
  const values: MetadataValues = Object.fromEntries(
    Object.entries(given).map(([name, value]) => {
      const list: readonly (string | number | boolean)[] = typeof value === 'object' ? value : [value]
      return [name, { date_created: date, field_values: list.map((one) => ({ value: one })) }]
    }),
  )
  saveMetadata(rows, owner, { values, date_created: date, date_modified: date })
}
