-- One studio for each service it stands in for.
DROP INDEX connection_one_studio;
CREATE UNIQUE INDEX connection_one_studio ON connection(provider) WHERE is_studio = 1;
ALTER TABLE connection ADD COLUMN is_share INTEGER NOT NULL DEFAULT 0;
ALTER TABLE connection ADD COLUMN holds_comments INTEGER NOT NULL DEFAULT 0;

-- A shelf is a list the service keeps; is_aside: a shelf, or somewhere below one, so not where an asset lies.
ALTER TABLE place ADD COLUMN shelf TEXT;
ALTER TABLE place ADD COLUMN is_aside INTEGER NOT NULL DEFAULT 0;
ALTER TABLE place ADD COLUMN is_ordered INTEGER NOT NULL DEFAULT 0;
ALTER TABLE place ADD COLUMN may_edit INTEGER;
CREATE INDEX place_met ON place(connection_id, remote_id);

-- Where it stands in the service's own order; kept for shelves and for places ordered by hand only.
ALTER TABLE placement ADD COLUMN position INTEGER NOT NULL DEFAULT 0;
CREATE INDEX placement_given ON placement(place_id, position, asset_id);

ALTER TABLE asset ADD COLUMN is_favourite INTEGER NOT NULL DEFAULT 0;
ALTER TABLE version ADD COLUMN is_current INTEGER NOT NULL DEFAULT 0;

ALTER TABLE comment ADD COLUMN kind TEXT NOT NULL DEFAULT 'comment';
ALTER TABLE comment ADD COLUMN track TEXT;

-- Writes that were one act of the user go out as one.
ALTER TABLE outbox ADD COLUMN batch TEXT;
CREATE INDEX outbox_batch ON outbox(batch, seq) WHERE batch IS NOT NULL;
