-- Never change this file once it has shipped: add another one instead.

-- What the figures of months that are over gained or lost by fewer than five ratings, and is not shown
-- yet to who works at a counter: figures less this are what was shown to them last. Made by what
-- arrives, not from the events; it can be dropped, and is shown then.
CREATE TABLE held_cell (
  unit_id    TEXT NOT NULL,
  day        TEXT NOT NULL,
  field_id   TEXT NOT NULL,
  counter_id TEXT NOT NULL,
  n1         INTEGER NOT NULL,
  n2         INTEGER NOT NULL,
  n3         INTEGER NOT NULL,
  n4         INTEGER NOT NULL,
  n5         INTEGER NOT NULL,
  x1         INTEGER NOT NULL,
  x2         INTEGER NOT NULL,
  x3         INTEGER NOT NULL,
  x4         INTEGER NOT NULL,
  x5         INTEGER NOT NULL,
  flagged    INTEGER NOT NULL,
  left_out   INTEGER NOT NULL,
  linked     INTEGER NOT NULL,
  later      INTEGER NOT NULL,
  PRIMARY KEY (unit_id, day, field_id, counter_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE held_flag (
  unit_id    TEXT NOT NULL,
  day        TEXT NOT NULL,
  field_id   TEXT NOT NULL,
  counter_id TEXT NOT NULL,
  reason     TEXT NOT NULL,
  n          INTEGER NOT NULL,
  PRIMARY KEY (unit_id, day, field_id, counter_id, reason)
) STRICT, WITHOUT ROWID;

CREATE TABLE held_hour (
  unit_id TEXT NOT NULL,
  day     TEXT NOT NULL,
  hour    INTEGER NOT NULL,
  n1      INTEGER NOT NULL,
  n2      INTEGER NOT NULL,
  n3      INTEGER NOT NULL,
  n4      INTEGER NOT NULL,
  n5      INTEGER NOT NULL,
  PRIMARY KEY (unit_id, day, hour)
) STRICT, WITHOUT ROWID;

CREATE TABLE held_answer (
  unit_id  TEXT NOT NULL,
  day      TEXT NOT NULL,
  question TEXT NOT NULL,
  choice   TEXT NOT NULL,
  n        INTEGER NOT NULL,
  PRIMARY KEY (unit_id, day, question, choice)
) STRICT, WITHOUT ROWID;

-- The ratings by which a month changed since.
CREATE TABLE held_rating (
  unit_id    TEXT NOT NULL,
  month      TEXT NOT NULL, -- YYYY-MM
  stream_id  INTEGER NOT NULL REFERENCES stream,
  rating_seq INTEGER NOT NULL,
  PRIMARY KEY (unit_id, month, stream_id, rating_seq)
) STRICT, WITHOUT ROWID;
