-- Never change this file once it has shipped: add another one instead.

-- Reception points (điểm tiếp nhận) of a unit, by the code that it bore on the point's first day.
CREATE TABLE reception_point (
  point_id   TEXT PRIMARY KEY,
  unit_code  TEXT NOT NULL,
  name       TEXT NOT NULL,
  valid_from TEXT NOT NULL, -- local days
  valid_to   TEXT           -- its last day; NULL while it is open
) STRICT;

-- Where each kiosk stood from which local day on. The first row holds for earlier days, too;
-- unit_code and counter_id of `device` are those of the last one.
CREATE TABLE device_place (
  device_id  TEXT NOT NULL REFERENCES device,
  from_day   TEXT NOT NULL,
  unit_code  TEXT NOT NULL,
  point_id   TEXT REFERENCES reception_point, -- NULL: not said
  counter_id TEXT NOT NULL,
  PRIMARY KEY (device_id, from_day)
) STRICT, WITHOUT ROWID;
INSERT INTO device_place
SELECT device_id, date(added_at / 1000 + 25200, 'unixepoch'), unit_code, NULL, counter_id FROM device
WHERE device_id <> '@district';

-- Decisions to leave flagged ratings out, and to count them again. Of all that name a unit, a day and
-- a reason the last one holds, also for ratings that arrive after it.
CREATE TABLE flag_decision (
  id         INTEGER PRIMARY KEY,
  unit_id    TEXT NOT NULL,
  from_day   TEXT NOT NULL, -- local days, both included
  to_day     TEXT NOT NULL,
  reasons    TEXT NOT NULL, -- separated by spaces
  leaves_out INTEGER NOT NULL,
  why        TEXT NOT NULL,
  who        TEXT NOT NULL,
  decided_at INTEGER NOT NULL
) STRICT;
CREATE INDEX flag_decision_by_unit ON flag_decision (unit_id);
CREATE TRIGGER flag_decision_is_never_changed BEFORE UPDATE ON flag_decision
BEGIN SELECT RAISE(ABORT, 'decisions are append-only'); END;
CREATE TRIGGER flag_decision_is_never_deleted BEFORE DELETE ON flag_decision
BEGIN SELECT RAISE(ABORT, 'decisions are append-only'); END;

-- Projections. What a store of an older version lacks is made when the receiver starts: `projection`
-- is the version of the program's projection that made them.
ALTER TABLE state ADD COLUMN projection INTEGER NOT NULL DEFAULT 0;

ALTER TABLE rating ADD COLUMN hour INTEGER NOT NULL DEFAULT 0;     -- local, of the day
ALTER TABLE rating ADD COLUMN linked INTEGER NOT NULL DEFAULT 0;   -- 1: about a known dossier
ALTER TABLE rating ADD COLUMN excluded INTEGER NOT NULL DEFAULT 0; -- 1: a decision leaves it out
CREATE INDEX rating_with_flags ON rating (cell_id) WHERE flags <> '';

-- x1 to x5: of n1 to n5, those that a decision leaves out. linked: of n1 to n5, about a dossier; each
-- dossier is counted once.
ALTER TABLE cell ADD COLUMN x1 INTEGER NOT NULL DEFAULT 0;
ALTER TABLE cell ADD COLUMN x2 INTEGER NOT NULL DEFAULT 0;
ALTER TABLE cell ADD COLUMN x3 INTEGER NOT NULL DEFAULT 0;
ALTER TABLE cell ADD COLUMN x4 INTEGER NOT NULL DEFAULT 0;
ALTER TABLE cell ADD COLUMN x5 INTEGER NOT NULL DEFAULT 0;
ALTER TABLE cell ADD COLUMN linked INTEGER NOT NULL DEFAULT 0;

-- The cells of whole months, added up over counters.
CREATE TABLE month_cell (
  unit_id  TEXT NOT NULL,
  month    TEXT NOT NULL, -- YYYY-MM
  field_id TEXT NOT NULL,
  n1       INTEGER NOT NULL,
  n2       INTEGER NOT NULL,
  n3       INTEGER NOT NULL,
  n4       INTEGER NOT NULL,
  n5       INTEGER NOT NULL,
  x1       INTEGER NOT NULL,
  x2       INTEGER NOT NULL,
  x3       INTEGER NOT NULL,
  x4       INTEGER NOT NULL,
  x5       INTEGER NOT NULL,
  flagged  INTEGER NOT NULL,
  left_out INTEGER NOT NULL,
  linked   INTEGER NOT NULL,
  later    INTEGER NOT NULL,
  PRIMARY KEY (unit_id, month, field_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE month_flag (
  unit_id  TEXT NOT NULL,
  month    TEXT NOT NULL,
  field_id TEXT NOT NULL,
  reason   TEXT NOT NULL,
  n        INTEGER NOT NULL,
  PRIMARY KEY (unit_id, month, field_id, reason)
) STRICT, WITHOUT ROWID;

-- Counted ratings by the hour in which they were given.
CREATE TABLE hour_cell (
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

-- Counted ratings by what they answered.
CREATE TABLE answer_cell (
  unit_id  TEXT NOT NULL,
  day      TEXT NOT NULL,
  question TEXT NOT NULL,
  choice   TEXT NOT NULL,
  n        INTEGER NOT NULL,
  PRIMARY KEY (unit_id, day, question, choice)
) STRICT, WITHOUT ROWID;
