import type { Migration } from './migration.ts'

/** The API's resources. Times are epoch milliseconds; flags are 0 or 1; what the API calls loose JSON is text. */
export const candidio: Migration = {
  name: '0002-candidio',
  sql: `
CREATE TABLE industry(
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  description TEXT NOT NULL DEFAULT '',
  is_published INTEGER NOT NULL DEFAULT 0,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL
) STRICT;

CREATE TABLE template_type(
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  description TEXT NOT NULL DEFAULT '',
  icon TEXT,
  is_published INTEGER NOT NULL DEFAULT 0,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL
) STRICT;

CREATE TABLE user(
  id TEXT PRIMARY KEY,
  email TEXT NOT NULL UNIQUE COLLATE NOCASE,
  password_hash TEXT,
  first_name TEXT NOT NULL,
  last_name TEXT NOT NULL,
  is_admin INTEGER NOT NULL DEFAULT 0,
  is_confirmed INTEGER NOT NULL DEFAULT 0,
  is_invite INTEGER NOT NULL DEFAULT 0,
  is_beta INTEGER NOT NULL DEFAULT 0,
  preferences TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL
) STRICT;

CREATE TABLE mailed_token(
  hash TEXT PRIMARY KEY,
  user_id TEXT NOT NULL REFERENCES user(id) ON DELETE CASCADE,
  purpose TEXT NOT NULL,
  expires_at INTEGER NOT NULL
) STRICT;

CREATE TABLE workspace(
  id TEXT PRIMARY KEY,
  organization_name TEXT NOT NULL,
  workspace_name TEXT NOT NULL,
  workspace_path TEXT,
  phone TEXT,
  is_business INTEGER NOT NULL DEFAULT 0,
  features TEXT NOT NULL,
  internal_notes TEXT,
  account INTEGER NOT NULL DEFAULT 0,
  industry_id TEXT REFERENCES industry(id) ON DELETE SET NULL,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL
) STRICT;

CREATE TABLE member(
  workspace_id TEXT NOT NULL REFERENCES workspace(id) ON DELETE CASCADE,
  user_id TEXT NOT NULL REFERENCES user(id) ON DELETE CASCADE,
  PRIMARY KEY(workspace_id, user_id)
) WITHOUT ROWID, STRICT;
CREATE INDEX member_user ON member(user_id);

CREATE TABLE template(
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  template TEXT NOT NULL,
  workspace_id TEXT REFERENCES workspace(id) ON DELETE CASCADE,
  industry_id TEXT REFERENCES industry(id) ON DELETE SET NULL,
  template_type_id TEXT REFERENCES template_type(id) ON DELETE SET NULL,
  description TEXT NOT NULL DEFAULT '',
  is_published INTEGER NOT NULL DEFAULT 0,
  editor_pick INTEGER NOT NULL DEFAULT 0,
  image_url TEXT,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL
) STRICT;

CREATE TABLE video_series(
  id TEXT PRIMARY KEY,
  workspace_id TEXT NOT NULL REFERENCES workspace(id) ON DELETE CASCADE,
  created_by_id TEXT REFERENCES user(id) ON DELETE SET NULL,
  template_id TEXT REFERENCES template(id) ON DELETE SET NULL,
  example_video_id TEXT REFERENCES asset(id) ON DELETE SET NULL,
  title TEXT NOT NULL,
  audience TEXT NOT NULL DEFAULT '',
  synopsis TEXT NOT NULL DEFAULT '',
  turnaround INTEGER NOT NULL DEFAULT 5,
  video_length TEXT NOT NULL DEFAULT '',
  internal_notes TEXT,
  is_published INTEGER NOT NULL DEFAULT 0,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL
) STRICT;
CREATE INDEX video_series_workspace ON video_series(workspace_id, created_at);

CREATE TABLE production(
  id TEXT PRIMARY KEY,
  workspace_id TEXT NOT NULL REFERENCES workspace(id) ON DELETE CASCADE,
  video_series_id TEXT REFERENCES video_series(id) ON DELETE SET NULL,
  template_id TEXT REFERENCES template(id) ON DELETE SET NULL,
  created_by_id TEXT REFERENCES user(id) ON DELETE SET NULL,
  title TEXT NOT NULL,
  status_state TEXT NOT NULL DEFAULT 'Planning',
  status_queued INTEGER NOT NULL DEFAULT 0,
  allow_public_upload INTEGER NOT NULL DEFAULT 0,
  allow_public_shotlist INTEGER NOT NULL DEFAULT 0,
  goal_date TEXT,
  first_submitted_at INTEGER,
  last_submitted_at INTEGER,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL
) STRICT;
CREATE INDEX production_workspace ON production(workspace_id, created_at);
CREATE INDEX production_series ON production(video_series_id, created_at);

CREATE TABLE description(
  id TEXT PRIMARY KEY,
  workspace_id TEXT NOT NULL REFERENCES workspace(id) ON DELETE CASCADE,
  production_id TEXT NOT NULL REFERENCES production(id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  shot_type TEXT NOT NULL,
  fields TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL
) STRICT;
CREATE INDEX description_production ON description(production_id, position);

CREATE TABLE revision(
  id TEXT PRIMARY KEY,
  workspace_id TEXT NOT NULL REFERENCES workspace(id) ON DELETE CASCADE,
  production_id TEXT NOT NULL REFERENCES production(id) ON DELETE CASCADE,
  created_by_id TEXT REFERENCES user(id) ON DELETE SET NULL,
  instructions TEXT NOT NULL DEFAULT '',
  is_open INTEGER NOT NULL DEFAULT 1,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL
) STRICT;
CREATE INDEX revision_production ON revision(production_id, created_at);

CREATE TABLE deliverable(
  id TEXT PRIMARY KEY,
  workspace_id TEXT NOT NULL REFERENCES workspace(id) ON DELETE CASCADE,
  production_id TEXT NOT NULL REFERENCES production(id) ON DELETE CASCADE,
  revision_id TEXT REFERENCES revision(id) ON DELETE SET NULL,
  created_by_id TEXT REFERENCES user(id) ON DELETE SET NULL,
  reviewed_by_id TEXT REFERENCES user(id) ON DELETE SET NULL,
  notes_for_producer TEXT,
  status TEXT NOT NULL DEFAULT 'uploading',
  rating TEXT,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL
) STRICT;
CREATE INDEX deliverable_production ON deliverable(production_id, created_at);

CREATE TABLE brief(
  id TEXT PRIMARY KEY,
  workspace_id TEXT NOT NULL REFERENCES workspace(id) ON DELETE CASCADE,
  production_id TEXT NOT NULL REFERENCES production(id) ON DELETE CASCADE,
  purpose TEXT NOT NULL DEFAULT '',
  purpose_because TEXT NOT NULL DEFAULT '',
  description TEXT NOT NULL DEFAULT '',
  end_screen TEXT NOT NULL DEFAULT '',
  instructions TEXT NOT NULL DEFAULT '',
  meta TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL
) STRICT;
CREATE INDEX brief_production ON brief(production_id, created_at);

CREATE TABLE asset(
  id TEXT PRIMARY KEY,
  workspace_id TEXT NOT NULL REFERENCES workspace(id) ON DELETE CASCADE,
  user_id TEXT REFERENCES user(id) ON DELETE SET NULL,
  production_id TEXT REFERENCES production(id) ON DELETE CASCADE,
  description_id TEXT REFERENCES description(id) ON DELETE SET NULL,
  deliverable_id TEXT REFERENCES deliverable(id) ON DELETE SET NULL,
  revision_id TEXT REFERENCES revision(id) ON DELETE SET NULL,
  video_series_id TEXT REFERENCES video_series(id) ON DELETE SET NULL,
  bucket TEXT NOT NULL,
  object_key TEXT NOT NULL,
  file_name TEXT NOT NULL,
  file_type TEXT NOT NULL,
  mimetype TEXT NOT NULL,
  size INTEGER NOT NULL,
  video_duration REAL,
  is_stock INTEGER NOT NULL DEFAULT 0,
  is_transcoded INTEGER NOT NULL DEFAULT 0,
  is_completed_production INTEGER NOT NULL DEFAULT 0,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL
) STRICT;
CREATE INDEX asset_production ON asset(production_id, created_at);
CREATE INDEX asset_production_name ON asset(production_id, file_name);
CREATE INDEX asset_production_size ON asset(production_id, size);
CREATE INDEX asset_workspace ON asset(workspace_id, created_at);
CREATE INDEX asset_object ON asset(bucket, object_key);
CREATE INDEX asset_user ON asset(user_id) WHERE user_id IS NOT NULL;
CREATE INDEX asset_description ON asset(description_id) WHERE description_id IS NOT NULL;
CREATE INDEX asset_deliverable ON asset(deliverable_id) WHERE deliverable_id IS NOT NULL;
CREATE INDEX asset_revision ON asset(revision_id) WHERE revision_id IS NOT NULL;
CREATE INDEX asset_series ON asset(video_series_id) WHERE video_series_id IS NOT NULL;

CREATE TABLE action(
  id TEXT PRIMARY KEY,
  workspace_id TEXT NOT NULL REFERENCES workspace(id) ON DELETE CASCADE,
  user_id TEXT REFERENCES user(id) ON DELETE SET NULL,
  actionable_id TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL
) STRICT;
CREATE INDEX action_workspace ON action(workspace_id, created_at);
CREATE INDEX action_user ON action(user_id) WHERE user_id IS NOT NULL;

-- ids that were here once: asked for again, they are gone, not unknown
CREATE TABLE removed(id TEXT PRIMARY KEY, removed_at INTEGER NOT NULL) WITHOUT ROWID, STRICT;

-- what was done to this folder once, such as adding the samples
CREATE TABLE milestone(name TEXT PRIMARY KEY, reached_at INTEGER NOT NULL) WITHOUT ROWID, STRICT;
`,
}
