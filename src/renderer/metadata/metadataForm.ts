import type { MetadataField, MetadataValues } from '../../shared/metadata.ts'

type Value = MetadataValues[string][number]

/** What a field shows while it is edited: lines of text, so that nothing typed is lost before it fits. */
export const textOf = (field: MetadataField, values: MetadataValues): string =>
  (values[field.name] ?? []).map(String).join(field.takesMany || field.kind === 'tags' ? '\n' : ' ')

/** The values a text means; undefined where it does not fit the field. */
export function valuesOf(field: MetadataField, text: string): readonly Value[] | undefined {
  const isMany = field.takesMany || field.kind === 'tags'
  const lines = (isMany ? text.split('\n') : [text]).map((line) => line.trim()).filter((line) => line !== '')
  if (field.kind === 'integer' || field.kind === 'number') {
    const numbers = lines.map(Number)
    const fits = field.kind === 'integer' ? Number.isSafeInteger : Number.isFinite
    return numbers.every(fits) ? numbers : undefined
  }
  return lines
}

export const isSame = (a: MetadataValues, b: MetadataValues): boolean => {
  const names = new Set([...Object.keys(a), ...Object.keys(b)])
  return [...names].every((name) => JSON.stringify(a[name] ?? []) === JSON.stringify(b[name] ?? []))
}
