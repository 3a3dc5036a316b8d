-- When the comments of a version were last read from their service, epoch milliseconds; NULL: never.
ALTER TABLE version ADD COLUMN comments_read_at INTEGER;
-- What nobody could read was kept as 'none', too. A service that has nothing to say of it lists it as 'none' again.
UPDATE version SET review = 'unknown' WHERE review = 'none';
UPDATE asset SET review = 'unknown' WHERE review = 'none';
UPDATE placement SET review = 'unknown' WHERE review = 'none';
