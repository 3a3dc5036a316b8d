import type { Handler } from './call.ts'
import { attachAsset, createAsset, createPublicAsset, detachAsset, updateAsset } from './calls/assets.ts'
import * as catalogue from './calls/catalogue.ts'
import {
  createDescription,
  createProduction,
  getPublicProduction,
  listPublicDescriptions,
  updateDescription,
  updateProduction,
} from './calls/productions.ts'
import * as users from './calls/users.ts'
import * as work from './calls/work.ts'
import { createWorkspace, ownWorkspaces, thisWorkspace, updateWorkspace } from './calls/workspaces.ts'
import { anywhere, get, list, remove } from './crud.ts'

/** `public` needs no token; `admin` needs that of an administrator. */
export type RouteAccess = 'public' | 'user' | 'admin'
export type Method = 'GET' | 'POST' | 'PUT' | 'DELETE'

export interface Route {
  readonly method: Method
  /** After `/v1`; `:w` is a workspace, `:p` a production, `:v` a series, `:u` a user, `:id` the thing itself. */
  readonly path: string
  /** For the request log and for faults. */
  readonly name: string
  readonly access: RouteAccess
  readonly run: Handler
}

type Row = readonly [method: Method, suffix: string, name: string, run: Handler, access?: RouteAccess]

/** The same rows under each of several path styles. */
const under = (bases: readonly string[], rows: readonly Row[]): Route[] =>
  bases.flatMap((base) =>
    rows.map(([method, suffix, name, run, access = 'user']) => ({
      method,
      path: base + suffix,
      name,
      access,
      run,
    })),
  )

const production = '/workspaces/:w/productions/:p'
/** The documents write some paths with a singular `workspace`. */
const either = (rest: string) => [`/workspace/:w${rest}`, `/workspaces/:w${rest}`]

export const routes: readonly Route[] = [
  ...under(
    ['/assets', '/workspaces/:w/assets', `${production}/assets`],
    [
      ['GET', '', 'assets.list', list('asset')],
      ['POST', '', 'assets.create', createAsset],
      ['GET', '/:id', 'assets.get', get('asset')],
      ['PUT', '/:id', 'assets.update', updateAsset],
      ['DELETE', '/:id', 'assets.delete', remove('asset')],
    ],
  ),
  ...under(
    [`${production}/assets/public`, `/public${production}/assets`],
    [['POST', '', 'assets.createPublic', createPublicAsset, 'public']],
  ),
  ...under(
    ['/workspaces/:w/assets/:a/descriptions/:d'],
    [
      ['PUT', '/attach', 'assets.attach', attachAsset],
      ['DELETE', '/detach', 'assets.detach', detachAsset],
    ],
  ),
  ...under(
    ['/productions', '/workspaces/:w/productions', '/workspaces/:w/video-series/:v/productions'],
    [
      ['GET', '', 'productions.list', list('production')],
      ['POST', '', 'productions.create', createProduction],
      ['GET', '/:id', 'productions.get', get('production')],
      ['PUT', '/:id', 'productions.update', updateProduction],
      ['DELETE', '/:id', 'productions.delete', remove('production')],
    ],
  ),
  ...under(
    ['/public/productions'],
    [['GET', '/:id', 'productions.getPublic', getPublicProduction, 'public']],
  ),
  ...under(
    ['/workspaces'],
    [
      ['GET', '', 'workspaces.list', list('workspace', ownWorkspaces)],
      ['POST', '', 'workspaces.create', createWorkspace],
      ['GET', '/:id', 'workspaces.get', get('workspace', thisWorkspace)],
      ['PUT', '/:id', 'workspaces.update', updateWorkspace],
      ['DELETE', '/:id', 'workspaces.delete', remove('workspace', thisWorkspace)],
    ],
  ),
  ...under(
    [`${production}/descriptions/public`, `/public${production}/descriptions`],
    [['GET', '', 'descriptions.listPublic', listPublicDescriptions, 'public']],
  ),
  ...under(
    [`${production}/descriptions`],
    [
      ['GET', '', 'descriptions.list', list('description')],
      ['POST', '', 'descriptions.create', createDescription],
      ['GET', '/:id', 'descriptions.get', get('description')],
      ['PUT', '/:id', 'descriptions.update', updateDescription],
      ['DELETE', '/:id', 'descriptions.delete', remove('description')],
    ],
  ),
  ...under(
    [`${production}/revisions`],
    [
      ['GET', '', 'revisions.list', list('revision')],
      ['POST', '', 'revisions.create', work.createRevision],
      ['GET', '/:id', 'revisions.get', get('revision')],
      ['PUT', '/:id', 'revisions.update', work.updateRevision],
    ],
  ),
  ...under(
    [`${production}/briefs`],
    [
      ['GET', '', 'briefs.list', list('brief')],
      ['POST', '', 'briefs.create', work.createBrief],
      ['GET', '/:id', 'briefs.get', get('brief')],
      ['PUT', '/:id', 'briefs.update', work.updateBrief],
      ['DELETE', '/:id', 'briefs.delete', remove('brief')],
    ],
  ),
  ...under(
    ['/deliverables', '/workspaces/:w/deliverables'],
    [
      ['GET', '', 'deliverables.list', list('deliverable')],
      ['POST', '', 'deliverables.create', work.createDeliverable],
      ['GET', '/:id', 'deliverables.get', get('deliverable')],
      ['PUT', '/:id', 'deliverables.update', work.updateDeliverable],
      ['DELETE', '/:id', 'deliverables.delete', remove('deliverable')],
    ],
  ),
  ...under(
    ['/video-series', '/workspaces/:w/video-series'],
    [
      ['GET', '', 'videoSeries.list', list('video_series')],
      ['POST', '', 'videoSeries.create', work.createSeries],
      ['GET', '/:id', 'videoSeries.get', get('video_series')],
      ['PUT', '/:id', 'videoSeries.update', work.updateSeries],
      ['DELETE', '/:id', 'videoSeries.delete', remove('video_series')],
    ],
  ),
  ...under(
    ['/actions', '/users/:u/actions', ...either('/actions')],
    [['GET', '', 'actions.list', list('action', catalogue.seenActions)]],
  ),
  ...under(
    ['/users', ...either('/users'), ...either('/productions/:p/users'), ...either('/video-series/:v/users')],
    [
      ['GET', '', 'users.list', list('user', users.members)],
      ['GET', '/:id', 'users.get', get('user', users.members)],
    ],
  ),
  ...under(
    ['/users'],
    [
      ['POST', '/forgot-password', 'users.forgotPassword', users.forgotPassword, 'public'],
      ['POST', '/reset-password', 'users.resetPassword', users.resetPassword, 'public'],
      ['POST', '/confirm-email', 'users.confirmEmail', users.confirmEmail, 'public'],
      ['POST', '', 'users.create', users.createUser, 'admin'],
      ['PUT', '/:id', 'users.update', users.updateUser],
      ['DELETE', '/:id', 'users.delete', users.removeUser],
    ],
  ),
  ...under(
    [''],
    [
      ['POST', '/register', 'register', users.register, 'public'],
      ['POST', '/activate', 'activate', users.activate, 'public'],
      ['GET', '/invites/:token', 'invites.get', users.getInvite, 'public'],
      ['GET', '/public/templates', 'templates.listPublic', catalogue.listPublicTemplates, 'public'],
    ],
  ),
  ...under(
    ['/industries'],
    [
      ['GET', '', 'industries.list', list('industry', anywhere)],
      ['POST', '', 'industries.create', catalogue.createIndustry, 'admin'],
      ['GET', '/:id', 'industries.get', get('industry', anywhere)],
      ['PUT', '/:id', 'industries.update', catalogue.updateIndustry, 'admin'],
      ['DELETE', '/:id', 'industries.delete', remove('industry', anywhere), 'admin'],
    ],
  ),
  ...under(
    ['/templates'],
    [
      ['GET', '', 'templates.list', list('template', catalogue.seenTemplates)],
      ['POST', '', 'templates.create', catalogue.createTemplate, 'admin'],
      ['GET', '/:id', 'templates.get', get('template', catalogue.seenTemplates)],
      ['PUT', '/:id', 'templates.update', catalogue.updateTemplate, 'admin'],
      ['DELETE', '/:id', 'templates.delete', remove('template', anywhere), 'admin'],
    ],
  ),
  ...under(
    ['/template-types'],
    [
      ['GET', '', 'templateTypes.list', list('template_type', anywhere)],
      ['POST', '', 'templateTypes.create', catalogue.createTemplateType, 'admin'],
      ['GET', '/:id', 'templateTypes.get', get('template_type', anywhere)],
      ['PUT', '/:id', 'templateTypes.update', catalogue.updateTemplateType, 'admin'],
      ['DELETE', '/:id', 'templateTypes.delete', remove('template_type', anywhere), 'admin'],
    ],
  ),
]
