-- Never change this file once it has shipped: add another one instead.

-- Projection: what was learnt last of the true time of a boot.
CREATE TABLE boot_time (
  boot_id   TEXT PRIMARY KEY,
  began_ms  INTEGER NOT NULL,
  error_ms  INTEGER NOT NULL,
  learnt_ms INTEGER NOT NULL, -- milliseconds since the boot
  by        TEXT NOT NULL,
  seq       INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- What was recorded by an unsynced clock waits for the time of its boot: both are NULL otherwise.
-- Then recorded_at_ms is the true time, and clock_state 'repaired'.
ALTER TABLE rating ADD COLUMN boot_id TEXT;
ALTER TABLE rating ADD COLUMN mono_ms INTEGER;
ALTER TABLE feedback ADD COLUMN boot_id TEXT;
ALTER TABLE feedback ADD COLUMN mono_ms INTEGER;
UPDATE rating SET
  boot_id = (SELECT json_extract(CAST(bytes AS TEXT), '$.boot') FROM event WHERE event.seq = rating.seq),
  mono_ms = (SELECT json_extract(CAST(bytes AS TEXT), '$.mono') FROM event WHERE event.seq = rating.seq)
WHERE clock_state = 'unsynced';
UPDATE feedback SET
  boot_id = (SELECT json_extract(CAST(bytes AS TEXT), '$.boot') FROM event WHERE event.seq = feedback.seq),
  mono_ms = (SELECT json_extract(CAST(bytes AS TEXT), '$.mono') FROM event WHERE event.seq = feedback.seq)
WHERE (SELECT json_extract(CAST(bytes AS TEXT), '$.clock') FROM event WHERE event.seq = feedback.seq)
      = 'unsynced';
CREATE INDEX rating_that_waits ON rating (boot_id) WHERE boot_id IS NOT NULL;
CREATE INDEX feedback_that_waits ON feedback (boot_id) WHERE boot_id IS NOT NULL;

-- A five that was seen moves as a whole or not at all: where not, this is the time by which it goes
-- on counting the rating. NULL: recorded_at_ms.
ALTER TABLE rating ADD COLUMN five_at_ms INTEGER;

DROP VIEW rating_now;
CREATE VIEW rating_now AS
SELECT rating.seq,
       rating.nth,
       ifnull(date(rating.recorded_at_ms / 1000, 'unixepoch', '+7 hours'), '') AS day,
       CAST(ifnull(strftime('%H', rating.recorded_at_ms / 1000, 'unixepoch', '+7 hours'), 0)
            AS INTEGER) AS hour,
       rating.recorded_at_ms,
       rating.score,
       coalesce((SELECT nullif(json_extract(choices, '$[0]'), '') FROM answer
                 WHERE rating_seq = rating.seq AND question = 'counter'),
                rating.counter_id) AS counter,
       coalesce((SELECT nullif(json_extract(choices, '$[0]'), '') FROM answer
                 WHERE rating_seq = rating.seq AND question = 'field'),
                dossier.field_id, rating.field_id, '') AS field,
       rating.flags <> '' AS flagged,
       EXISTS (SELECT 1 FROM dossier AS newer
               WHERE newer.key = dossier.key AND newer.rating_seq > rating.seq) AS superseded,
       ifnull(date(ifnull(rating.five_at_ms, rating.recorded_at_ms) / 1000, 'unixepoch', '+7 hours'),
              '') AS five_day,
       CAST(ifnull(strftime('%H', ifnull(rating.five_at_ms, rating.recorded_at_ms) / 1000,
                            'unixepoch', '+7 hours'), 0) AS INTEGER) AS five_hour
FROM rating LEFT JOIN dossier ON dossier.rating_seq = rating.seq;
