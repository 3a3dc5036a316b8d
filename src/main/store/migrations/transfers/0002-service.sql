-- Uploads whose storage belongs to the service, and new versions of assets that are there.

ALTER TABLE transfer ADD COLUMN version_of TEXT;      -- remote id of the asset
ALTER TABLE transfer ADD COLUMN metadata_json TEXT;   -- what the user was asked for at the drop

-- Steps that several transfers share are found by their name alone.
CREATE INDEX step_shared ON step(name) WHERE name >= 'shared:' AND name < 'shared;';
