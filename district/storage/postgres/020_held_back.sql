-- Never change this file once it has shipped: add another one instead.
-- The twin of ../migrations/020_held_back.sql, which explains the tables.

CREATE TABLE held_cell (
  unit_id    TEXT NOT NULL,
  day        TEXT NOT NULL,
  field_id   TEXT NOT NULL,
  counter_id TEXT NOT NULL,
  n1         BIGINT NOT NULL,
  n2         BIGINT NOT NULL,
  n3         BIGINT NOT NULL,
  n4         BIGINT NOT NULL,
  n5         BIGINT NOT NULL,
  x1         BIGINT NOT NULL,
  x2         BIGINT NOT NULL,
  x3         BIGINT NOT NULL,
  x4         BIGINT NOT NULL,
  x5         BIGINT NOT NULL,
  flagged    BIGINT NOT NULL,
  left_out   BIGINT NOT NULL,
  linked     BIGINT NOT NULL,
  later      BIGINT NOT NULL,
  PRIMARY KEY (unit_id, day, field_id, counter_id)
);

CREATE TABLE held_flag (
  unit_id    TEXT NOT NULL,
  day        TEXT NOT NULL,
  field_id   TEXT NOT NULL,
  counter_id TEXT NOT NULL,
  reason     TEXT NOT NULL,
  n          BIGINT NOT NULL,
  PRIMARY KEY (unit_id, day, field_id, counter_id, reason)
);

CREATE TABLE held_hour (
  unit_id TEXT NOT NULL,
  day     TEXT NOT NULL,
  hour    BIGINT NOT NULL,
  n1      BIGINT NOT NULL,
  n2      BIGINT NOT NULL,
  n3      BIGINT NOT NULL,
  n4      BIGINT NOT NULL,
  n5      BIGINT NOT NULL,
  PRIMARY KEY (unit_id, day, hour)
);

CREATE TABLE held_answer (
  unit_id  TEXT NOT NULL,
  day      TEXT NOT NULL,
  question TEXT NOT NULL,
  choice   TEXT NOT NULL,
  n        BIGINT NOT NULL,
  PRIMARY KEY (unit_id, day, question, choice)
);

CREATE TABLE held_rating (
  unit_id    TEXT NOT NULL,
  month      TEXT NOT NULL,
  stream_id  BIGINT NOT NULL REFERENCES stream,
  rating_seq BIGINT NOT NULL,
  PRIMARY KEY (unit_id, month, stream_id, rating_seq)
);
