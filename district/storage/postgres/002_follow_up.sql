-- Never change this file once it has shipped: add 003_… instead.
-- The twin of ../migrations/002_follow_up.sql, which explains the tables.

ALTER TABLE cell ADD COLUMN left_out BIGINT NOT NULL DEFAULT 0;
ALTER TABLE rating ADD COLUMN superseded BIGINT NOT NULL DEFAULT 0;

CREATE TABLE answer (
  stream_id  BIGINT NOT NULL REFERENCES stream,
  rating_seq BIGINT NOT NULL,
  question   TEXT NOT NULL,
  choices    TEXT NOT NULL,
  alert      BIGINT NOT NULL,
  seq        BIGINT NOT NULL,
  PRIMARY KEY (stream_id, rating_seq, question)
);
CREATE INDEX answer_with_alert ON answer (stream_id, rating_seq) WHERE alert = 1;

CREATE VIEW v_alert AS
SELECT cell.unit_id, cell.day, answer.question, choice.value AS choice, answer.stream_id,
       answer.rating_seq
FROM answer
JOIN rating ON rating.stream_id = answer.stream_id AND rating.seq = answer.rating_seq
JOIN cell ON cell.id = rating.cell_id
CROSS JOIN json_array_elements_text(answer.choices::json) AS choice (value)
WHERE answer.alert = 1 AND answer.question <> 'officer';

CREATE TABLE dossier (
  stream_id    BIGINT NOT NULL REFERENCES stream,
  rating_seq   BIGINT NOT NULL,
  unit_id      TEXT NOT NULL,
  key          BYTEA NOT NULL CHECK (length(key) = 32),
  rated_at     BIGINT NOT NULL,
  procedure_id TEXT NOT NULL,
  field_id     TEXT NOT NULL,
  seq          BIGINT NOT NULL,
  PRIMARY KEY (stream_id, rating_seq)
);
CREATE INDEX dossier_by_key ON dossier (unit_id, key, stream_id, rating_seq, rated_at);

CREATE TABLE visit_token (
  stream_id  BIGINT NOT NULL REFERENCES stream,
  seq        BIGINT NOT NULL,
  rating_seq BIGINT NOT NULL,
  digest     BYTEA NOT NULL CHECK (length(digest) = 32),
  PRIMARY KEY (stream_id, seq)
);
CREATE INDEX visit_token_by_digest ON visit_token (digest);

CREATE TABLE consent (
  stream_id  BIGINT NOT NULL REFERENCES stream,
  seq        BIGINT NOT NULL,
  rating_seq BIGINT NOT NULL,
  notice     TEXT NOT NULL,
  keep_days  BIGINT NOT NULL,
  PRIMARY KEY (stream_id, seq)
);
