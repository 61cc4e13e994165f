-- Never change this file once it has shipped: add 002_… instead.
-- Times are milliseconds since 1970 UTC unless a name says otherwise; days are local (UTC+7).

-- Kiosks that may send, and the public keys that may speak for them. A re-imaged card has a new key.
CREATE TABLE device (
  device_id    TEXT PRIMARY KEY,
  unit_code    TEXT NOT NULL,
  counter_id   TEXT NOT NULL,
  note         TEXT NOT NULL,
  added_at     INTEGER NOT NULL,
  suspended_at INTEGER
) STRICT;

CREATE TABLE device_key (
  public_key BLOB PRIMARY KEY CHECK (length(public_key) = 32),
  device_id  TEXT NOT NULL REFERENCES device,
  added_at   INTEGER NOT NULL,
  revoked_at INTEGER
) STRICT;
CREATE INDEX device_key_by_device ON device_key (device_id);

-- One life of a kiosk's card: how far its events are stored, and the chain hash there.
CREATE TABLE stream (
  id          INTEGER PRIMARY KEY,
  device_id   TEXT NOT NULL REFERENCES device,
  epoch       TEXT NOT NULL,
  position    INTEGER NOT NULL,
  head        BLOB NOT NULL CHECK (length(head) = 32),
  first_seen  INTEGER NOT NULL,
  received_at INTEGER NOT NULL, -- when `position` was reached
  UNIQUE (device_id, epoch)
) STRICT;

-- What happened, for ever, byte for byte as the kiosk chained it.
CREATE TABLE event (
  stream_id INTEGER NOT NULL REFERENCES stream,
  seq       INTEGER NOT NULL,
  hash      BLOB NOT NULL CHECK (length(hash) = 32),
  bytes     BLOB NOT NULL,
  PRIMARY KEY (stream_id, seq)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER event_is_never_changed BEFORE UPDATE ON event
BEGIN SELECT RAISE(ABORT, 'events are append-only'); END;
CREATE TRIGGER event_is_never_deleted BEFORE DELETE ON event
BEGIN SELECT RAISE(ABORT, 'events are append-only'); END;

-- Words and contact data, apart from the events so that they can be erased. A row without salt and
-- text was erased, here or before it was sent; its digest, which its event committed to, stays.
CREATE TABLE content (
  stream_id INTEGER NOT NULL REFERENCES stream,
  seq       INTEGER NOT NULL,
  digest    BLOB NOT NULL CHECK (length(digest) = 32),
  salt      BLOB CHECK (length(salt) = 32),
  text      BLOB,
  erased_by INTEGER, -- seq of the erasure in the same stream
  PRIMARY KEY (stream_id, seq),
  CHECK ((salt IS NULL) = (text IS NULL)),
  CHECK (erased_by IS NULL OR text IS NULL)
) STRICT;
CREATE INDEX content_by_digest ON content (stream_id, digest);

-- Every signed chain head that was ever shown, also of batches that were refused for a gap or a
-- conflict: a journal that was cut and continued otherwise contradicts one of them.
CREATE TABLE pinned_head (
  device_id TEXT NOT NULL,
  epoch     TEXT NOT NULL,
  seq       INTEGER NOT NULL,
  hash      BLOB NOT NULL CHECK (length(hash) = 32),
  claim     TEXT NOT NULL, -- as it was signed
  key       BLOB NOT NULL,
  signature BLOB NOT NULL,
  seen_at   INTEGER NOT NULL,
  PRIMARY KEY (device_id, epoch, seq, hash)
) STRICT, WITHOUT ROWID;

-- Signed events that contradict what is stored: kept for inspection, never mixed in. `events` is one
-- zstd frame of event lines; words and contact data are left out, so that erasure stays possible.
CREATE TABLE conflict (
  id          INTEGER PRIMARY KEY,
  device_id   TEXT NOT NULL,
  epoch       TEXT NOT NULL,
  first       INTEGER NOT NULL,
  last        INTEGER NOT NULL,
  head        BLOB NOT NULL,
  claim       TEXT NOT NULL,
  key         BLOB NOT NULL,
  signature   BLOB NOT NULL,
  events      BLOB NOT NULL,
  reason      TEXT NOT NULL,
  received_at INTEGER NOT NULL,
  UNIQUE (device_id, epoch, first, last, head)
) STRICT;

-- Projections: each can be dropped and made again from the events.

-- Roll-up: ratings of one unit, day, field and counter after corrections, by score. A unit is
-- "code@valid_from"; "?code" when no unit bore the code on that day.
CREATE TABLE cell (
  id         INTEGER PRIMARY KEY,
  day        TEXT NOT NULL,
  unit_id    TEXT NOT NULL,
  field_id   TEXT NOT NULL, -- empty when unknown
  counter_id TEXT NOT NULL,
  n1         INTEGER NOT NULL DEFAULT 0,
  n2         INTEGER NOT NULL DEFAULT 0,
  n3         INTEGER NOT NULL DEFAULT 0,
  n4         INTEGER NOT NULL DEFAULT 0,
  n5         INTEGER NOT NULL DEFAULT 0,
  flagged    INTEGER NOT NULL DEFAULT 0, -- how many of them carry a flag; they are counted all the same
  UNIQUE (day, unit_id, field_id, counter_id)
) STRICT;

-- The flagged ratings of a cell by reason; one with two reasons stands in both.
CREATE TABLE cell_flag (
  cell_id INTEGER NOT NULL REFERENCES cell,
  reason  TEXT NOT NULL,
  n       INTEGER NOT NULL,
  PRIMARY KEY (cell_id, reason)
) STRICT, WITHOUT ROWID;

-- Every rating with its present score and its cell; `flags` are separated by spaces.
CREATE TABLE rating (
  stream_id INTEGER NOT NULL REFERENCES stream,
  seq       INTEGER NOT NULL,
  cell_id   INTEGER NOT NULL REFERENCES cell,
  score     INTEGER NOT NULL CHECK (score BETWEEN 1 AND 5),
  flags     TEXT NOT NULL,
  PRIMARY KEY (stream_id, seq)
) STRICT, WITHOUT ROWID;

-- Events that are stored in their place but could not be made use of.
CREATE TABLE quarantine (
  stream_id INTEGER NOT NULL REFERENCES stream,
  seq       INTEGER NOT NULL,
  reason    TEXT NOT NULL,
  PRIMARY KEY (stream_id, seq)
) STRICT, WITHOUT ROWID;

CREATE VIEW v_quarantine AS
SELECT stream.device_id, stream.epoch, quarantine.seq, quarantine.reason,
       CAST(event.bytes AS TEXT) AS event
FROM quarantine JOIN event USING (stream_id, seq) JOIN stream ON stream.id = stream_id;

-- People and programs that may read.
CREATE TABLE person (
  name     TEXT PRIMARY KEY,
  password TEXT NOT NULL, -- Argon2id
  added_at INTEGER NOT NULL
) STRICT;

CREATE TABLE session (
  hash       BLOB PRIMARY KEY, -- of the cookie's value
  person     TEXT NOT NULL REFERENCES person ON DELETE CASCADE,
  expires_at INTEGER NOT NULL
) STRICT;

CREATE TABLE token (
  name       TEXT PRIMARY KEY,
  hash       BLOB NOT NULL UNIQUE,
  added_at   INTEGER NOT NULL,
  revoked_at INTEGER
) STRICT;

-- One row. `revision` grows with every ingest that changed something; `written_at` is what the
-- health check writes.
CREATE TABLE state (
  one        INTEGER PRIMARY KEY CHECK (one = 1),
  revision   INTEGER NOT NULL,
  written_at INTEGER NOT NULL
) STRICT;
INSERT INTO state VALUES (1, 0, 0);
