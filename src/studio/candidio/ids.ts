import { randomBytes } from 'node:crypto'

export const idPrefixes = {
  action: 'act',
  asset: 'ast',
  brief: 'brf',
  deliverable: 'dlv',
  description: 'dsc',
  industry: 'ind',
  production: 'prd',
  revision: 'rvs',
  template: 'tmp',
  template_type: 'tpt',
  user: 'usr',
  video_series: 'vds',
  workspace: 'wrk',
} as const
export type TableName = keyof typeof idPrefixes

/** `ast_` and 24 hexadecimal digits. */
export const newId = (table: TableName): string => `${idPrefixes[table]}_${randomBytes(12).toString('hex')}`

export function tableOfId(id: string): TableName | undefined {
  const prefix = id.slice(0, id.indexOf('_'))
  return (Object.keys(idPrefixes) as TableName[]).find((table) => idPrefixes[table] === prefix)
}
