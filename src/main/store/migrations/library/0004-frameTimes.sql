-- When each frame of a version starts, as its own table says (JSON; `null` where the rate tells it). NULL: not read yet.
ALTER TABLE version ADD COLUMN frame_times TEXT;
