import type { Migration } from './migration.ts'

/**
 * Media, jobs and review of iconik, in the manner of 0003: documents, and generated columns over them. Everything that
 * belongs to a version goes with it.
 */
export const iconikReview: Migration = {
  name: '0004-iconikReview',
  sql: `
CREATE TABLE iconik_storage(
  id TEXT PRIMARY KEY,
  document TEXT NOT NULL,
  name TEXT AS (document ->> 'name'),
  purpose TEXT AS (document ->> 'purpose'),
  method TEXT AS (document ->> 'method'),
  status TEXT AS (document ->> 'status'),
  scanner_status TEXT AS (document ->> 'scanner_status'),
  last_scanned TEXT AS (document ->> 'last_scanned')
) STRICT;

CREATE TABLE iconik_format(
  id TEXT PRIMARY KEY,
  document TEXT NOT NULL,
  asset_id TEXT AS (document ->> 'asset_id') REFERENCES iconik_asset(id) ON DELETE CASCADE,
  version_id TEXT AS (document ->> 'version_id') REFERENCES iconik_version(id) ON DELETE CASCADE,
  name TEXT AS (document ->> 'name'),
  status TEXT AS (document ->> 'status'),
  date_deleted TEXT AS (document ->> 'date_deleted')
) STRICT;
CREATE INDEX iconik_format_asset ON iconik_format(asset_id, status, version_id);
CREATE INDEX iconik_format_version ON iconik_format(version_id);
CREATE INDEX iconik_format_deleted ON iconik_format(status, date_deleted);

CREATE TABLE iconik_file_set(
  id TEXT PRIMARY KEY,
  document TEXT NOT NULL,
  asset_id TEXT AS (document ->> 'asset_id') REFERENCES iconik_asset(id) ON DELETE CASCADE,
  version_id TEXT AS (document ->> 'version_id') REFERENCES iconik_version(id) ON DELETE CASCADE,
  format_id TEXT AS (document ->> 'format_id') REFERENCES iconik_format(id) ON DELETE CASCADE,
  storage_id TEXT AS (document ->> 'storage_id'),
  name TEXT AS (document ->> 'name'),
  status TEXT AS (document ->> 'status'),
  date_deleted TEXT AS (document ->> 'date_deleted')
) STRICT;
CREATE INDEX iconik_file_set_asset ON iconik_file_set(asset_id, status, version_id);
CREATE INDEX iconik_file_set_version ON iconik_file_set(version_id);
CREATE INDEX iconik_file_set_format ON iconik_file_set(format_id);
CREATE INDEX iconik_file_set_deleted ON iconik_file_set(status, date_deleted);

CREATE TABLE iconik_file(
  id TEXT PRIMARY KEY,
  document TEXT NOT NULL,
  object_key TEXT,
  asset_id TEXT AS (document ->> 'asset_id') REFERENCES iconik_asset(id) ON DELETE CASCADE,
  version_id TEXT AS (document ->> 'version_id') REFERENCES iconik_version(id) ON DELETE CASCADE,
  file_set_id TEXT AS (document ->> 'file_set_id') REFERENCES iconik_file_set(id) ON DELETE CASCADE,
  format_id TEXT AS (document ->> 'format_id'),
  storage_id TEXT AS (document ->> 'storage_id'),
  checksum TEXT AS (document ->> 'checksum'),
  status TEXT AS (document ->> 'status'),
  size INTEGER AS (document ->> 'size')
) STRICT;
CREATE INDEX iconik_file_asset ON iconik_file(asset_id, version_id);
CREATE INDEX iconik_file_version ON iconik_file(version_id);
CREATE INDEX iconik_file_file_set ON iconik_file(file_set_id);
CREATE INDEX iconik_file_checksum ON iconik_file(checksum) WHERE checksum IS NOT NULL;
CREATE INDEX iconik_file_object ON iconik_file(object_key) WHERE object_key IS NOT NULL;

CREATE TABLE iconik_proxy(
  id TEXT PRIMARY KEY,
  document TEXT NOT NULL,
  object_key TEXT,
  asset_id TEXT AS (document ->> 'asset_id') REFERENCES iconik_asset(id) ON DELETE CASCADE,
  version_id TEXT AS (document ->> 'version_id') REFERENCES iconik_version(id) ON DELETE CASCADE,
  status TEXT AS (document ->> 'status')
) STRICT;
CREATE INDEX iconik_proxy_asset ON iconik_proxy(asset_id, version_id);
CREATE INDEX iconik_proxy_version ON iconik_proxy(version_id);
CREATE INDEX iconik_proxy_object ON iconik_proxy(object_key) WHERE object_key IS NOT NULL;

CREATE TABLE iconik_keyframe(
  id TEXT PRIMARY KEY,
  document TEXT NOT NULL,
  object_key TEXT,
  asset_id TEXT AS (document ->> 'asset_id') REFERENCES iconik_asset(id) ON DELETE CASCADE,
  version_id TEXT AS (document ->> 'version_id') REFERENCES iconik_version(id) ON DELETE CASCADE,
  collection_id TEXT AS (document ->> 'collection_id') REFERENCES iconik_collection(id) ON DELETE CASCADE,
  type TEXT AS (document ->> 'type'),
  status TEXT AS (document ->> 'status')
) STRICT;
CREATE INDEX iconik_keyframe_asset ON iconik_keyframe(asset_id, version_id);
CREATE INDEX iconik_keyframe_version ON iconik_keyframe(version_id);
CREATE INDEX iconik_keyframe_collection ON iconik_keyframe(collection_id) WHERE collection_id IS NOT NULL;
CREATE INDEX iconik_keyframe_object ON iconik_keyframe(object_key) WHERE object_key IS NOT NULL;

-- Objects whose last row may have gone. They are removed once nobody names them.
CREATE TABLE iconik_dropped_object(key TEXT PRIMARY KEY) WITHOUT ROWID, STRICT;
CREATE TRIGGER iconik_file_dropped AFTER DELETE ON iconik_file WHEN old.object_key IS NOT NULL
  BEGIN INSERT OR IGNORE INTO iconik_dropped_object(key) VALUES (old.object_key); END;
CREATE TRIGGER iconik_proxy_dropped AFTER DELETE ON iconik_proxy WHEN old.object_key IS NOT NULL
  BEGIN INSERT OR IGNORE INTO iconik_dropped_object(key) VALUES (old.object_key); END;
CREATE TRIGGER iconik_keyframe_dropped AFTER DELETE ON iconik_keyframe WHEN old.object_key IS NOT NULL
  BEGIN INSERT OR IGNORE INTO iconik_dropped_object(key) VALUES (old.object_key); END;

CREATE TABLE iconik_subtitle(
  id TEXT PRIMARY KEY,
  document TEXT NOT NULL,
  asset_id TEXT AS (document ->> 'asset_id') REFERENCES iconik_asset(id) ON DELETE CASCADE,
  version_id TEXT AS (document ->> 'version_id') REFERENCES iconik_version(id) ON DELETE CASCADE,
  language TEXT AS (document ->> 'language'),
  closed_captions INTEGER AS (document ->> 'closed_captions')
) STRICT;
CREATE INDEX iconik_subtitle_asset ON iconik_subtitle(asset_id, version_id);
CREATE INDEX iconik_subtitle_version ON iconik_subtitle(version_id);

-- task: what the studio itself does for a job, as JSON; null for the jobs of others.
CREATE TABLE iconik_job(
  id TEXT PRIMARY KEY,
  document TEXT NOT NULL,
  task TEXT,
  type TEXT AS (document ->> 'type'),
  title TEXT AS (document ->> 'title'),
  status TEXT AS (document ->> 'status'),
  object_type TEXT AS (document ->> 'object_type'),
  object_id TEXT AS (document ->> 'object_id'),
  parent_id TEXT AS (document ->> 'parent_id'),
  created_by TEXT AS (document ->> 'created_by'),
  priority INTEGER AS (document ->> 'priority'),
  progress_processed INTEGER AS (document ->> 'progress_processed'),
  date_created TEXT AS (document ->> 'date_created'),
  date_modified TEXT AS (document ->> 'date_modified')
) STRICT;
CREATE INDEX iconik_job_created ON iconik_job(date_created);
CREATE INDEX iconik_job_object ON iconik_job(object_id, date_created);
CREATE INDEX iconik_job_parent ON iconik_job(parent_id) WHERE parent_id IS NOT NULL;
CREATE INDEX iconik_job_task ON iconik_job(status, priority) WHERE task IS NOT NULL;

-- is_hidden: internal itself or below an internal one, so that no guest ever sees it. guest_token: the id of the token
-- it was written with, by which a guest without a name is known.
CREATE TABLE iconik_segment(
  id TEXT PRIMARY KEY,
  document TEXT NOT NULL,
  is_hidden INTEGER NOT NULL DEFAULT 0,
  guest_token TEXT,
  asset_id TEXT AS (document ->> 'asset_id') REFERENCES iconik_asset(id) ON DELETE CASCADE,
  version_id TEXT AS (document ->> 'version_id') REFERENCES iconik_version(id) ON DELETE CASCADE,
  status TEXT AS (document ->> 'status'),
  segment_type TEXT AS (document ->> 'segment_type'),
  segment_color TEXT AS (document ->> 'segment_color'),
  segment_track TEXT AS (document ->> 'segment_track'),
  segment_text TEXT AS (document ->> 'segment_text'),
  segment_checked INTEGER AS (document ->> 'segment_checked'),
  time_start INTEGER AS (document ->> 'time_start_milliseconds'),
  time_end INTEGER AS (document ->> 'time_end_milliseconds'),
  parent_id TEXT AS (document ->> 'parent_id') REFERENCES iconik_segment(id) ON DELETE CASCADE,
  path TEXT AS (document ->> 'path'),
  user_id TEXT AS (document ->> 'user_id'),
  person_id TEXT AS (document ->> 'person_id'),
  share_id TEXT AS (document ->> 'share_id'),
  project_id TEXT AS (document ->> 'project_id'),
  transcription_id TEXT AS (document ->> 'transcription_id'),
  date_created TEXT AS (document ->> 'date_created'),
  date_modified TEXT AS (document ->> 'date_modified')
) STRICT;
CREATE INDEX iconik_segment_time ON iconik_segment(asset_id, status, version_id, time_start);
CREATE INDEX iconik_segment_count ON iconik_segment(asset_id, status, version_id, segment_type, is_hidden);
CREATE INDEX iconik_segment_created ON iconik_segment(asset_id, status, version_id, date_created);
CREATE INDEX iconik_segment_modified ON iconik_segment(asset_id, status, version_id, date_modified);
CREATE INDEX iconik_segment_version ON iconik_segment(version_id);
CREATE INDEX iconik_segment_parent ON iconik_segment(parent_id) WHERE parent_id IS NOT NULL;
CREATE INDEX iconik_segment_share ON iconik_segment(share_id) WHERE share_id IS NOT NULL;
CREATE TRIGGER iconik_segment_index_new AFTER INSERT ON iconik_segment BEGIN
  INSERT INTO iconik_indexed(object_type, object_id, is_queued, title, body, date_created, date_modified)
    VALUES ('segments', new.id, new.status = 'DELETED', coalesce(new.segment_text, ''), '', new.date_created,
      new.date_modified);
END;
CREATE TRIGGER iconik_segment_index AFTER UPDATE OF document ON iconik_segment BEGIN
  UPDATE iconik_indexed SET is_queued = new.status = 'DELETED', title = coalesce(new.segment_text, ''),
    date_created = new.date_created, date_modified = new.date_modified, shown = NULL
   WHERE object_type = 'segments' AND object_id = new.id;
END;
CREATE TRIGGER iconik_segment_index_gone AFTER DELETE ON iconik_segment BEGIN
  DELETE FROM iconik_indexed WHERE object_type = 'segments' AND object_id = old.id;
END;

CREATE TABLE iconik_approval(
  object_type TEXT NOT NULL,
  object_id TEXT NOT NULL,
  -- Empty for what has no versions.
  version_id TEXT NOT NULL,
  request TEXT NOT NULL,
  PRIMARY KEY(object_type, object_id, version_id)
) WITHOUT ROWID, STRICT;

CREATE TABLE iconik_vote(
  object_type TEXT NOT NULL,
  object_id TEXT NOT NULL,
  version_id TEXT NOT NULL,
  -- A user's id, or a guest's e-mail in small letters.
  voter TEXT NOT NULL,
  is_external INTEGER NOT NULL,
  status TEXT NOT NULL CHECK(status IN ('APPROVED', 'NOT_APPROVED')),
  changed_at INTEGER NOT NULL,
  PRIMARY KEY(object_type, object_id, version_id, voter)
) WITHOUT ROWID, STRICT;
CREATE TRIGGER iconik_version_votes AFTER DELETE ON iconik_version BEGIN
  DELETE FROM iconik_approval WHERE object_type = 'assets' AND object_id = old.asset_id AND version_id = old.id;
  DELETE FROM iconik_vote WHERE object_type = 'assets' AND object_id = old.asset_id AND version_id = old.id;
END;
CREATE TRIGGER iconik_collection_votes AFTER DELETE ON iconik_collection BEGIN
  DELETE FROM iconik_approval WHERE object_type = 'collections' AND object_id = old.id;
  DELETE FROM iconik_vote WHERE object_type = 'collections' AND object_id = old.id;
END;

-- link_hash: of the link that anyone with it may use; its text is in the document, as the service shows it again.
CREATE TABLE iconik_share(
  id TEXT PRIMARY KEY,
  document TEXT NOT NULL,
  password_hash TEXT,
  link_hash TEXT UNIQUE,
  title TEXT AS (document ->> 'title'),
  object_type TEXT AS (document ->> 'object_type'),
  object_id TEXT AS (document ->> 'object_id'),
  owner_id TEXT AS (document ->> 'owner_id'),
  expires TEXT AS (document ->> 'expires'),
  date_created TEXT AS (document ->> 'date_created'),
  date_modified TEXT AS (document ->> 'date_modified')
) STRICT;
CREATE INDEX iconik_share_object ON iconik_share(object_id, object_type);
CREATE INDEX iconik_share_owner ON iconik_share(owner_id, date_created);
CREATE INDEX iconik_share_created ON iconik_share(date_created);

-- link_hash: of the recipient's own link, which went by mail and is never to be had again.
CREATE TABLE iconik_share_user(
  id TEXT PRIMARY KEY,
  document TEXT NOT NULL,
  password_hash TEXT,
  link_hash TEXT UNIQUE,
  share_id TEXT AS (document ->> 'share_id') REFERENCES iconik_share(id) ON DELETE CASCADE,
  email TEXT AS (lower(document ->> 'email')),
  internal_user_id TEXT AS (document ->> 'internal_user_id')
) STRICT;
CREATE UNIQUE INDEX iconik_share_user_email ON iconik_share_user(share_id, email);
CREATE INDEX iconik_share_user_member ON iconik_share_user(internal_user_id) WHERE internal_user_id IS NOT NULL;
CREATE TRIGGER iconik_share_tokens AFTER DELETE ON iconik_share
  BEGIN DELETE FROM iconik_token WHERE guest ->> 'share_id' = old.id; END;
CREATE TRIGGER iconik_share_user_tokens AFTER DELETE ON iconik_share_user
  BEGIN DELETE FROM iconik_token WHERE guest ->> 'share_id' = old.share_id AND guest ->> 'share_user_id' = old.id; END;
CREATE TRIGGER iconik_share_collection AFTER DELETE ON iconik_share WHEN old.object_type = 'collections'
  BEGIN DELETE FROM iconik_collection WHERE id = old.object_id AND status = 'HIDDEN'; END;
CREATE TRIGGER iconik_asset_shares AFTER DELETE ON iconik_asset
  BEGIN DELETE FROM iconik_share WHERE object_id = old.id AND object_type = 'assets'; END;
CREATE TRIGGER iconik_collection_shares AFTER DELETE ON iconik_collection
  BEGIN DELETE FROM iconik_share WHERE object_id = old.id AND object_type = 'collections'; END;

CREATE TABLE iconik_notification(
  id TEXT PRIMARY KEY,
  document TEXT NOT NULL,
  recipient_id TEXT AS (document ->> 'recipient_id') REFERENCES iconik_user(id) ON DELETE CASCADE,
  status TEXT AS (document ->> 'status'),
  date_created TEXT AS (document ->> 'date_created')
) STRICT;
CREATE INDEX iconik_notification_recipient ON iconik_notification(recipient_id);

CREATE TABLE iconik_notification_setting(
  recipient_id TEXT NOT NULL REFERENCES iconik_user(id) ON DELETE CASCADE,
  object_type TEXT NOT NULL,
  sub_object_type TEXT NOT NULL,
  event_type TEXT NOT NULL,
  protocol TEXT NOT NULL,
  is_enabled INTEGER NOT NULL,
  settings TEXT NOT NULL,
  PRIMARY KEY(recipient_id, object_type, sub_object_type, event_type, protocol)
) STRICT;

CREATE TABLE iconik_subscription(
  id TEXT PRIMARY KEY,
  document TEXT NOT NULL,
  user_id TEXT AS (document ->> 'user_id') REFERENCES iconik_user(id) ON DELETE CASCADE,
  object_type TEXT AS (document ->> 'object_type'),
  object_id TEXT AS (document ->> 'object_id')
) STRICT;
CREATE INDEX iconik_subscription_user ON iconik_subscription(user_id);
CREATE INDEX iconik_subscription_object ON iconik_subscription(object_id, user_id);

CREATE TABLE iconik_webhook(
  id TEXT PRIMARY KEY,
  document TEXT NOT NULL
) STRICT;
`,
}
