import type { SchemaNode } from './schemaNode.ts'

/**
 * Where the vendor's file contradicts itself, and what it must mean. Each is printed with the counts.
 * Kept short: everything else holds as it is written.
 */
export const corrections: Readonly<Record<string, (schema: SchemaNode) => SchemaNode>> = {
  // The answer is a page, with a total and a number of pages, but its `objects` are described as a single one.
  FavoritesSchema: (schema) => {
    const properties = schema['properties'] as SchemaNode
    const objects = properties['objects'] as SchemaNode
    return { ...schema, properties: { ...properties, objects: { type: 'array', items: objects } } }
  },
}
