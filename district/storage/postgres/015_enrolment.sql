-- Never change this file once it has shipped: add another one instead.
-- The twin of ../migrations/015_enrolment.sql, which explains the tables.

ALTER TABLE stream ADD COLUMN first BIGINT NOT NULL DEFAULT 1;
ALTER TABLE stream ADD COLUMN known_before BIGINT NOT NULL DEFAULT 0;

ALTER TABLE device ADD COLUMN replaces TEXT NOT NULL DEFAULT '';

ALTER TABLE device_key ADD COLUMN takes_over BIGINT NOT NULL DEFAULT 0;

CREATE TABLE invitation (
  name        TEXT PRIMARY KEY,
  secret      BYTEA NOT NULL CHECK (length(secret) = 32),
  device_id   TEXT NOT NULL,
  unit_code   TEXT NOT NULL,
  point_id    TEXT REFERENCES reception_point,
  counter_id  TEXT NOT NULL,
  note        TEXT NOT NULL,
  replaces    TEXT NOT NULL,
  invited_at  BIGINT NOT NULL,
  valid_until BIGINT NOT NULL,
  used_at     BIGINT,
  public_key  BYTEA CHECK (length(public_key) = 32),
  first       BIGINT,
  CHECK ((used_at IS NULL) = (public_key IS NULL) AND (used_at IS NULL) = (first IS NULL))
);
CREATE INDEX invitation_by_device ON invitation (device_id);
