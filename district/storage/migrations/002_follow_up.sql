-- Never change this file once it has shipped: add 003_… instead.

-- What follows a rating. All of it are projections: each can be dropped and made again from the
-- events, and `hailong-district admin rebuild` does so for events that came before this version.

-- How many of the flagged ratings are not in n1 to n5: those that a later rating of the same dossier
-- supersedes. They stand in cell_flag under "superseded".
ALTER TABLE cell ADD COLUMN left_out INTEGER NOT NULL DEFAULT 0;
ALTER TABLE rating ADD COLUMN superseded INTEGER NOT NULL DEFAULT 0;

-- The present answer to each question of a rating, by the last event that gave one.
CREATE TABLE answer (
  stream_id  INTEGER NOT NULL REFERENCES stream,
  rating_seq INTEGER NOT NULL,
  question   TEXT NOT NULL,
  choices    TEXT NOT NULL,    -- JSON list; empty when the answer was taken back
  alert      INTEGER NOT NULL, -- 1: that event tells of money or misconduct
  seq        INTEGER NOT NULL, -- of that event
  PRIMARY KEY (stream_id, rating_seq, question)
) STRICT, WITHOUT ROWID;
CREATE INDEX answer_with_alert ON answer (stream_id, rating_seq) WHERE alert = 1;

-- What the head of the unit and the authority must see, on the day and for the unit of the rating.
-- Whom it concerns is never named here.
CREATE VIEW v_alert AS
SELECT cell.unit_id, cell.day, answer.question, choice.value AS choice, answer.stream_id,
       answer.rating_seq
FROM answer
JOIN rating ON rating.stream_id = answer.stream_id AND rating.seq = answer.rating_seq
JOIN cell ON cell.id = rating.cell_id,
     json_each(answer.choices) AS choice
WHERE answer.alert = 1 AND answer.question <> 'officer';

-- The dossier that a rating is about, by the last event that named one. Of all ratings of one
-- dossier in one unit a single one counts.
CREATE TABLE dossier (
  stream_id    INTEGER NOT NULL REFERENCES stream,
  rating_seq   INTEGER NOT NULL,
  unit_id      TEXT NOT NULL,
  key          BLOB NOT NULL CHECK (length(key) = 32),
  rated_at     INTEGER NOT NULL, -- wall clock of the rating
  procedure_id TEXT NOT NULL,    -- empty when unknown
  field_id     TEXT NOT NULL,    -- likewise
  seq          INTEGER NOT NULL, -- of the event
  PRIMARY KEY (stream_id, rating_seq)
) STRICT, WITHOUT ROWID;
CREATE INDEX dossier_by_key ON dossier (unit_id, key, stream_id, rating_seq, rated_at);

-- Digests of the one-time tokens by which a visit can be rated later from home.
CREATE TABLE visit_token (
  stream_id  INTEGER NOT NULL REFERENCES stream,
  seq        INTEGER NOT NULL,
  rating_seq INTEGER NOT NULL,
  digest     BLOB NOT NULL CHECK (length(digest) = 32),
  PRIMARY KEY (stream_id, seq)
) STRICT, WITHOUT ROWID;
CREATE INDEX visit_token_by_digest ON visit_token (digest);

-- Consents to keep contact data. The data themselves stay on the kiosk.
CREATE TABLE consent (
  stream_id  INTEGER NOT NULL REFERENCES stream,
  seq        INTEGER NOT NULL,
  rating_seq INTEGER NOT NULL,
  notice     TEXT NOT NULL, -- which wording was shown
  keep_days  INTEGER NOT NULL,
  PRIMARY KEY (stream_id, seq)
) STRICT, WITHOUT ROWID;
