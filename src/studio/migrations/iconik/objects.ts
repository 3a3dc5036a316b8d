/** Assets with their versions, collections and what lies in them. */
export const objects = `
CREATE TABLE iconik_asset(
  id TEXT PRIMARY KEY,
  document TEXT NOT NULL,
  title TEXT AS (document ->> 'title'),
  type TEXT AS (document ->> 'type'),
  status TEXT AS (document ->> 'status'),
  archive_status TEXT AS (document ->> 'archive_status'),
  created_by_user TEXT AS (document ->> 'created_by_user'),
  external_id TEXT AS (document ->> 'external_id'),
  is_queued INTEGER AS (document ->> 'status' = 'DELETED'),
  date_created TEXT AS (document ->> 'date_created'),
  date_modified TEXT AS (document ->> 'date_modified'),
  date_deleted TEXT AS (document ->> 'date_deleted')
) STRICT;
-- Searches count by it, and need not read the documents.
CREATE INDEX iconik_asset_facets ON iconik_asset(id, created_by_user);
CREATE INDEX iconik_asset_created ON iconik_asset(is_queued, date_created);
CREATE INDEX iconik_asset_modified ON iconik_asset(is_queued, date_modified);
CREATE INDEX iconik_asset_title ON iconik_asset(is_queued, title);
CREATE INDEX iconik_asset_deleted ON iconik_asset(is_queued, date_deleted);
CREATE INDEX iconik_asset_external ON iconik_asset(external_id);

CREATE TABLE iconik_version(
  id TEXT PRIMARY KEY,
  document TEXT NOT NULL,
  asset_id TEXT AS (document ->> 'asset_id') REFERENCES iconik_asset(id) ON DELETE CASCADE,
  version_number INTEGER AS (document ->> 'version_number'),
  date_created TEXT AS (document ->> 'date_created')
) STRICT;
CREATE INDEX iconik_version_asset ON iconik_version(asset_id, version_number);

CREATE TABLE iconik_collection(
  id TEXT PRIMARY KEY,
  document TEXT NOT NULL,
  title TEXT AS (document ->> 'title'),
  parent_id TEXT AS (document ->> 'parent_id'),
  status TEXT AS (document ->> 'status'),
  is_root INTEGER AS (document ->> 'is_root'),
  external_id TEXT AS (document ->> 'external_id'),
  is_queued INTEGER AS (document ->> 'status' = 'DELETED'),
  date_created TEXT AS (document ->> 'date_created'),
  date_modified TEXT AS (document ->> 'date_modified'),
  date_deleted TEXT AS (document ->> 'date_deleted')
) STRICT;
CREATE INDEX iconik_collection_title ON iconik_collection(is_queued, title);
CREATE INDEX iconik_collection_created ON iconik_collection(is_queued, date_created);
CREATE INDEX iconik_collection_deleted ON iconik_collection(is_queued, date_deleted);
CREATE INDEX iconik_collection_external ON iconik_collection(external_id);
CREATE INDEX iconik_collection_parent ON iconik_collection(parent_id);

-- What lies in which collection. The last columns repeat the object's, so that a page of a large collection is a walk
-- along one index; triggers keep them.
CREATE TABLE iconik_content(
  id INTEGER PRIMARY KEY,
  collection_id TEXT NOT NULL REFERENCES iconik_collection(id) ON DELETE CASCADE,
  object_type TEXT NOT NULL CHECK(object_type IN ('assets', 'collections')),
  object_id TEXT NOT NULL,
  position INTEGER,
  is_queued INTEGER NOT NULL,
  title TEXT NOT NULL,
  date_created TEXT NOT NULL,
  date_modified TEXT NOT NULL,
  UNIQUE(collection_id, object_type, object_id)
) STRICT;
CREATE INDEX iconik_content_object ON iconik_content(object_id, object_type);
CREATE INDEX iconik_content_title ON iconik_content(collection_id, is_queued, title);
CREATE INDEX iconik_content_created ON iconik_content(collection_id, is_queued, date_created);
CREATE INDEX iconik_content_modified ON iconik_content(collection_id, is_queued, date_modified);
CREATE INDEX iconik_content_position ON iconik_content(collection_id, position, is_queued);
CREATE INDEX iconik_content_type ON iconik_content(collection_id, is_queued, object_type DESC, title);

CREATE TRIGGER iconik_asset_changed AFTER UPDATE OF document ON iconik_asset BEGIN
  UPDATE iconik_content SET is_queued = new.is_queued, title = new.title, date_created = new.date_created,
    date_modified = new.date_modified
   WHERE object_type = 'assets' AND object_id = new.id;
END;
CREATE TRIGGER iconik_collection_changed AFTER UPDATE OF document ON iconik_collection BEGIN
  UPDATE iconik_content SET is_queued = new.is_queued, title = new.title, date_created = new.date_created,
    date_modified = new.date_modified
   WHERE object_type = 'collections' AND object_id = new.id;
END;
CREATE TRIGGER iconik_asset_gone AFTER DELETE ON iconik_asset BEGIN
  DELETE FROM iconik_content WHERE object_type = 'assets' AND object_id = old.id;
END;
CREATE TRIGGER iconik_collection_gone AFTER DELETE ON iconik_collection BEGIN
  DELETE FROM iconik_content WHERE object_type = 'collections' AND object_id = old.id;
END;
`
