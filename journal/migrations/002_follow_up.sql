-- Never change this file once it has shipped: add 003_… instead.

-- What follows a rating. All of it are projections: each can be dropped and made again from the
-- events.

-- The present answer to each question of a rating, by the last event that gave one.
CREATE TABLE answer (
  rating_seq INTEGER NOT NULL,
  question   TEXT NOT NULL,
  choices    TEXT NOT NULL,    -- JSON list; empty when the answer was taken back
  alert      INTEGER NOT NULL, -- 1: that event tells of money or misconduct
  seq        INTEGER NOT NULL, -- of that event
  PRIMARY KEY (rating_seq, question)
) STRICT, WITHOUT ROWID;

-- The dossier that a rating is about, by the last event that named one. The plain code is that
-- event's content.
CREATE TABLE dossier (
  rating_seq   INTEGER PRIMARY KEY,
  seq          INTEGER NOT NULL,
  key          BLOB NOT NULL CHECK (length(key) = 32),
  procedure_id TEXT,
  field_id     TEXT
) STRICT;
CREATE INDEX dossier_by_key ON dossier (key, rating_seq);

CREATE TABLE token (
  seq        INTEGER PRIMARY KEY,
  rating_seq INTEGER NOT NULL,
  digest     BLOB NOT NULL CHECK (length(digest) = 32)
) STRICT;

CREATE TABLE consent (
  seq        INTEGER PRIMARY KEY,
  rating_seq INTEGER NOT NULL,
  notice     TEXT NOT NULL,
  keep_days  INTEGER NOT NULL
) STRICT;
CREATE INDEX consent_by_rating ON consent (rating_seq, seq);

CREATE INDEX feedback_by_rating ON feedback (rating_seq);

-- A rating keeps what it said itself; nothing was ever written into these two columns.
DROP VIEW v_rating;
ALTER TABLE rating DROP COLUMN procedure_id;
ALTER TABLE rating DROP COLUMN dossier_code;

-- Stable for outside readers. What the resident answered comes before what the dossier says, and
-- that before what the kiosk assumed. Of several ratings of one dossier the last one counts: the
-- flags of the others gain "superseded".
CREATE VIEW v_rating AS
SELECT identity.device_id,
       rating.seq,
       rating.score,
       strftime('%Y-%m-%dT%H:%M:%S', rating.recorded_at_ms / 1000, 'unixepoch')
         || printf('.%03dZ', rating.recorded_at_ms % 1000) AS recorded_at,
       rating.clock_state,
       coalesce((SELECT nullif(json_extract(choices, '$[0]'), '') FROM answer
                 WHERE rating_seq = rating.seq AND question = 'counter'),
                rating.counter_id) AS counter_id,
       coalesce((SELECT nullif(json_extract(choices, '$[0]'), '') FROM answer
                 WHERE rating_seq = rating.seq AND question = 'field'),
                dossier.field_id, rating.field_id) AS field_id,
       coalesce((SELECT nullif(json_extract(choices, '$[0]'), '') FROM answer
                 WHERE rating_seq = rating.seq AND question = 'procedure'),
                dossier.procedure_id) AS procedure_id,
       CAST(content.text AS TEXT) AS dossier_code,
       rating.flags || CASE
         WHEN NOT EXISTS (SELECT 1 FROM dossier AS newer
                          WHERE newer.key = dossier.key AND newer.rating_seq > rating.seq) THEN ''
         WHEN rating.flags = '' THEN 'superseded'
         ELSE ',superseded'
       END AS flags
FROM rating
LEFT JOIN dossier ON dossier.rating_seq = rating.seq
LEFT JOIN content ON content.seq = dossier.seq, identity;
