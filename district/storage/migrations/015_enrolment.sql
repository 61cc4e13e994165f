-- Never change this file once it has shipped: add another one instead.

-- A life of a card goes on with the numbers of its place, so that no number is used twice there.
ALTER TABLE stream ADD COLUMN first INTEGER NOT NULL DEFAULT 1; -- number of its first event
-- The highest number that was known of its device when it began; 0: none. A life that begins at or
-- below it used numbers again.
ALTER TABLE stream ADD COLUMN known_before INTEGER NOT NULL DEFAULT 0;

ALTER TABLE device ADD COLUMN replaces TEXT NOT NULL DEFAULT ''; -- the device whose place it took

-- 1: until this key signs a batch. Then all other keys of the device are revoked.
ALTER TABLE device_key ADD COLUMN takes_over INTEGER NOT NULL DEFAULT 0;

-- One-time codes by which a machine becomes a device. The code itself is shown once and kept nowhere.
CREATE TABLE invitation (
  name        TEXT PRIMARY KEY, -- the first four characters of the code
  secret      BLOB NOT NULL CHECK (length(secret) = 32), -- wire::EnrolmentCode::secret()
  device_id   TEXT NOT NULL,
  unit_code   TEXT NOT NULL,
  point_id    TEXT REFERENCES reception_point, -- NULL: not said
  counter_id  TEXT NOT NULL,
  note        TEXT NOT NULL,
  replaces    TEXT NOT NULL, -- a device; empty: none
  invited_at  INTEGER NOT NULL,
  valid_until INTEGER NOT NULL,
  used_at     INTEGER,
  public_key  BLOB CHECK (length(public_key) = 32), -- who used it, and
  first       INTEGER,                              -- the number that was answered
  CHECK ((used_at IS NULL) = (public_key IS NULL) AND (used_at IS NULL) = (first IS NULL))
) STRICT;
CREATE INDEX invitation_by_device ON invitation (device_id);
