-- When the comments of a version were last read from their service, epoch milliseconds; NULL: never.
ALTER TABLE version ADD COLUMN comments_read_at INTEGER;
-- Services were only ever asked where the newest version stands.
UPDATE version SET review = 'unknown' WHERE review = 'none' AND is_current = 0;
