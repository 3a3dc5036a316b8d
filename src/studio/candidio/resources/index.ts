import type { Resources } from '../resource.ts'
import { asset } from './asset.ts'
import { action, industry, template, templateType } from './catalogue.ts'
import { production } from './production.ts'
import { user } from './user.ts'
import { brief, deliverable, description, revision, videoSeries } from './work.ts'
import { workspace } from './workspace.ts'

export const resources: Resources = {
  action,
  asset,
  brief,
  deliverable,
  description,
  industry,
  production,
  revision,
  template,
  template_type: templateType,
  user,
  video_series: videoSeries,
  workspace,
}
