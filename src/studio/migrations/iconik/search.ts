/** Triggers that index an object whenever it is written, and forget what was said of it once it is gone. */
const kept = (one: string, many: string) => `
CREATE TRIGGER iconik_${one}_index_new AFTER INSERT ON iconik_${one} BEGIN
  INSERT INTO iconik_indexed(object_type, object_id, is_queued, title, body, date_created, date_modified, type,
      archive_status)
    SELECT * FROM iconik_indexable WHERE object_type = '${many}' AND object_id = new.id;
END;
CREATE TRIGGER iconik_${one}_index AFTER UPDATE OF document ON iconik_${one} BEGIN
  UPDATE iconik_indexed AS i SET is_queued = n.is_queued, title = n.title, body = n.body,
    date_created = n.date_created, date_modified = n.date_modified, type = n.type,
    archive_status = n.archive_status, shown = NULL
    FROM (SELECT * FROM iconik_indexable WHERE object_type = '${many}' AND object_id = new.id) AS n
   WHERE i.object_type = '${many}' AND i.object_id = new.id;
END;
CREATE TRIGGER iconik_${one}_index_gone AFTER DELETE ON iconik_${one} BEGIN
  DELETE FROM iconik_indexed WHERE object_type = '${many}' AND object_id = old.id;
  DELETE FROM iconik_metadata WHERE object_type = '${many}' AND object_id = old.id;
  DELETE FROM iconik_favourite WHERE object_type = '${many}' AND object_id = old.id;
  DELETE FROM iconik_acl WHERE object_type = '${many}' AND object_key = old.id;
  DELETE FROM iconik_playlist_item WHERE object_type = '${many}' AND object_id = old.id;
  DELETE FROM iconik_sequence_item WHERE object_type = '${many}' AND object_id = old.id;
END;
`

/** Metadata, saved searches and the index that searches look through. */
export const search = `
CREATE TABLE iconik_metadata_field(
  id TEXT PRIMARY KEY,
  document TEXT NOT NULL
) STRICT;
CREATE TABLE iconik_metadata_view(
  id TEXT PRIMARY KEY,
  document TEXT NOT NULL
) STRICT;
CREATE TABLE iconik_metadata_category(
  id TEXT PRIMARY KEY,
  document TEXT NOT NULL
) STRICT;

-- Values by field name, of an object or of one version of it. The words are what a search finds.
CREATE TABLE iconik_metadata(
  id INTEGER PRIMARY KEY,
  object_type TEXT NOT NULL,
  object_id TEXT NOT NULL,
  -- Empty for the object itself.
  version_id TEXT NOT NULL,
  document TEXT NOT NULL,
  words TEXT NOT NULL,
  UNIQUE(object_type, object_id, version_id)
) STRICT;
CREATE INDEX iconik_metadata_object ON iconik_metadata(object_id);

CREATE TABLE iconik_saved_search(
  id TEXT PRIMARY KEY,
  document TEXT NOT NULL,
  name TEXT AS (document ->> 'name'),
  group_id TEXT AS (document ->> 'group_id'),
  date_created TEXT AS (document ->> 'date_created'),
  date_modified TEXT AS (document ->> 'date_modified')
) STRICT;
CREATE TABLE iconik_saved_search_group(
  id TEXT PRIMARY KEY,
  document TEXT NOT NULL,
  name TEXT AS (document ->> 'name'),
  date_created TEXT AS (document ->> 'date_created'),
  date_modified TEXT AS (document ->> 'date_modified')
) STRICT;
CREATE TABLE iconik_search_history(
  id TEXT PRIMARY KEY,
  document TEXT NOT NULL,
  user_id TEXT AS (document ->> 'user_id')
) STRICT;
CREATE INDEX iconik_search_history_user ON iconik_search_history(user_id);

-- What a search looks through: one row for each object, its words under the same number. What is "shown" is a search
-- document that somebody wrote by hand, until the next indexing.
CREATE TABLE iconik_indexed(
  id INTEGER PRIMARY KEY,
  object_type TEXT NOT NULL,
  object_id TEXT NOT NULL,
  is_queued INTEGER NOT NULL,
  title TEXT NOT NULL,
  body TEXT NOT NULL,
  date_created TEXT NOT NULL,
  date_modified TEXT NOT NULL,
  -- Of assets; what searches are narrowed by most.
  type TEXT,
  archive_status TEXT,
  shown TEXT,
  UNIQUE(object_type, object_id)
) STRICT;
CREATE INDEX iconik_indexed_type ON iconik_indexed(object_type, is_queued, type);
CREATE INDEX iconik_indexed_archive ON iconik_indexed(object_type, is_queued, archive_status);
CREATE INDEX iconik_indexed_object ON iconik_indexed(object_id);
CREATE INDEX iconik_indexed_title ON iconik_indexed(object_type, is_queued, title);
CREATE INDEX iconik_indexed_created ON iconik_indexed(object_type, is_queued, date_created);
CREATE INDEX iconik_indexed_modified ON iconik_indexed(object_type, is_queued, date_modified);
CREATE VIRTUAL TABLE iconik_words USING fts5(title, body, content='iconik_indexed', content_rowid='id',
  tokenize='unicode61 remove_diacritics 2', prefix='2 3');
CREATE TRIGGER iconik_indexed_new AFTER INSERT ON iconik_indexed BEGIN
  INSERT INTO iconik_words(rowid, title, body) VALUES (new.id, new.title, new.body);
END;
CREATE TRIGGER iconik_indexed_gone AFTER DELETE ON iconik_indexed BEGIN
  INSERT INTO iconik_words(iconik_words, rowid, title, body) VALUES ('delete', old.id, old.title, old.body);
END;
CREATE TRIGGER iconik_indexed_changed AFTER UPDATE OF title, body ON iconik_indexed
WHEN new.title IS NOT old.title OR new.body IS NOT old.body BEGIN
  INSERT INTO iconik_words(iconik_words, rowid, title, body) VALUES ('delete', old.id, old.title, old.body);
  INSERT INTO iconik_words(rowid, title, body) VALUES (new.id, new.title, new.body);
END;

-- What is to be indexed of each object. Writing an object, or its metadata, indexes it again.
CREATE VIEW iconik_indexable(object_type, object_id, is_queued, title, body, date_created, date_modified, type,
  archive_status) AS
  SELECT 'assets', a.id, a.is_queued, a.title,
    concat_ws(' ', a.external_id, a.document ->> 'category',
      (SELECT group_concat(m.words, ' ') FROM iconik_metadata m WHERE m.object_type = 'assets' AND m.object_id = a.id)),
    a.date_created, a.date_modified, a.type, a.archive_status
  FROM iconik_asset a
  UNION ALL
  SELECT 'collections', c.id, c.is_queued, c.title,
    concat_ws(' ', c.external_id, c.document ->> 'category',
      (SELECT group_concat(m.words, ' ') FROM iconik_metadata m
        WHERE m.object_type = 'collections' AND m.object_id = c.id)),
    c.date_created, c.date_modified, NULL, NULL
  FROM iconik_collection c
  UNION ALL
  SELECT 'saved_searches', s.id, 0, s.name, '', s.date_created, s.date_modified, NULL, NULL FROM iconik_saved_search s
  UNION ALL
  SELECT 'saved_search_groups', g.id, 0, g.name, '', g.date_created, g.date_modified, NULL, NULL
  FROM iconik_saved_search_group g;
${kept('asset', 'assets')}${kept('collection', 'collections')}
${kept('saved_search', 'saved_searches')}${kept('saved_search_group', 'saved_search_groups')}`
