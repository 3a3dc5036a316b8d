-- How many entries a service says its list has, and when they were last read; NULL for a list of this computer, or never.
ALTER TABLE playlist ADD COLUMN entries_told INTEGER;
ALTER TABLE playlist ADD COLUMN read_at INTEGER;
ALTER TABLE playlist_entry ADD COLUMN remote_id TEXT;
-- A range as the service tells it, in milliseconds: its frames follow once the media are known.
ALTER TABLE playlist_entry ADD COLUMN start_ms INTEGER;
ALTER TABLE playlist_entry ADD COLUMN end_ms INTEGER;
-- Why the service says that there is nothing to play of it.
ALTER TABLE playlist_entry ADD COLUMN problem TEXT;
