-- Never change this file once it has shipped: add 002_… instead.

-- Who this journal belongs to. One row.
CREATE TABLE identity (
  one        INTEGER PRIMARY KEY CHECK (one = 1),
  device_id  TEXT NOT NULL,
  epoch      TEXT NOT NULL,
  public_key BLOB NOT NULL CHECK (length(public_key) = 32)
) STRICT;

-- What happened, for ever. `bytes` are chained, stored and sent as they are.
CREATE TABLE event (
  seq   INTEGER PRIMARY KEY,
  hash  BLOB NOT NULL CHECK (length(hash) = 32),
  bytes BLOB NOT NULL
) STRICT;

CREATE TRIGGER event_is_never_changed BEFORE UPDATE ON event
BEGIN SELECT RAISE(ABORT, 'events are append-only'); END;
CREATE TRIGGER event_is_never_deleted BEFORE DELETE ON event
BEGIN SELECT RAISE(ABORT, 'events are append-only'); END;

-- Words and contact data, apart from the events so that they can be erased. An erased row keeps its
-- digest, which its event committed to, and nothing else.
CREATE TABLE content (
  seq        INTEGER PRIMARY KEY REFERENCES event (seq),
  digest     BLOB NOT NULL UNIQUE CHECK (length(digest) = 32),
  salt       BLOB CHECK (length(salt) = 32),
  text       BLOB,
  erased_by  INTEGER REFERENCES event (seq),
  CHECK ((erased_by IS NULL) = (salt IS NOT NULL AND text IS NOT NULL))
) STRICT;

-- Projections: each can be dropped and made again from the events.
CREATE TABLE rating (
  seq            INTEGER PRIMARY KEY,
  visit          TEXT NOT NULL UNIQUE,
  score          INTEGER NOT NULL CHECK (score BETWEEN 1 AND 5),
  recorded_at_ms INTEGER NOT NULL,
  clock_state    TEXT NOT NULL,
  counter_id     TEXT NOT NULL,
  field_id       TEXT,
  procedure_id   TEXT,
  dossier_code   TEXT,
  flags          TEXT NOT NULL
) STRICT;

CREATE TABLE feedback (
  seq            INTEGER PRIMARY KEY,
  rating_seq     INTEGER NOT NULL,
  kind           TEXT NOT NULL,
  recorded_at_ms INTEGER NOT NULL
) STRICT;

-- The district's signed word for what it has stored; the newest one is the outbox's high-water mark.
CREATE TABLE receipt (
  last   INTEGER PRIMARY KEY,
  bytes  BLOB NOT NULL,
  at_ms  INTEGER NOT NULL
) STRICT;

-- Stable for outside readers.
CREATE VIEW v_rating AS
SELECT identity.device_id,
       rating.seq,
       rating.score,
       strftime('%Y-%m-%dT%H:%M:%S', rating.recorded_at_ms / 1000, 'unixepoch')
         || printf('.%03dZ', rating.recorded_at_ms % 1000) AS recorded_at,
       rating.clock_state,
       rating.counter_id,
       rating.field_id,
       rating.procedure_id,
       rating.dossier_code,
       rating.flags
FROM rating, identity;

CREATE VIEW v_feedback AS
SELECT identity.device_id,
       feedback.seq,
       feedback.rating_seq,
       feedback.kind,
       CAST(content.text AS TEXT) AS text,
       strftime('%Y-%m-%dT%H:%M:%S', feedback.recorded_at_ms / 1000, 'unixepoch')
         || printf('.%03dZ', feedback.recorded_at_ms % 1000) AS recorded_at,
       CASE WHEN content.erased_by IS NULL THEN 'new' ELSE 'erased' END AS status
FROM feedback JOIN content USING (seq), identity;
