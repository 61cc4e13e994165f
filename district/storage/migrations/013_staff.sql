-- Never change this file once it has shipped: add another one instead.

-- What the commune's staff did at their kiosk. A step in a case stands among those that people took
-- here, in the order in which they came, and outlives a rebuild as they do. Its note and answer lie in
-- `content`, by which they can be erased.
ALTER TABLE case_step ADD COLUMN event_seq INTEGER; -- of the kiosk's event; NULL: taken on a page
ALTER TABLE case_step ADD COLUMN moved INTEGER NOT NULL DEFAULT 1; -- 0: it fitted no more, and stays in the history alone
CREATE UNIQUE INDEX case_step_by_event ON case_step (stream_id, event_seq) WHERE event_seq IS NOT NULL;
CREATE TRIGGER case_step_keeps_where_it_came_from BEFORE UPDATE OF event_seq, moved ON case_step
BEGIN SELECT RAISE(ABORT, 'steps of a case are append-only'); END;

-- All that follows is made from the events and can be dropped and made again.

-- Days of which somebody said that all of it was looked through.
CREATE TABLE sign_off (
  stream_id INTEGER NOT NULL REFERENCES stream,
  seq       INTEGER NOT NULL,
  unit_id   TEXT NOT NULL, -- where the kiosk stood on that day
  day       TEXT NOT NULL,
  who       TEXT NOT NULL, -- account at the kiosk
  at_ms     INTEGER NOT NULL, -- by the kiosk's clock
  PRIMARY KEY (stream_id, seq)
) STRICT, WITHOUT ROWID;
CREATE INDEX sign_off_by_day ON sign_off (day, unit_id);

-- How many procedures of a field were finished on a day, as each kiosk said last.
CREATE TABLE kiosk_served (
  stream_id INTEGER NOT NULL REFERENCES stream,
  day       TEXT NOT NULL,
  field_id  TEXT NOT NULL,
  unit_id   TEXT NOT NULL,
  n         INTEGER NOT NULL,
  who       TEXT NOT NULL,
  at_ms     INTEGER NOT NULL,
  seq       INTEGER NOT NULL,
  PRIMARY KEY (stream_id, day, field_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX kiosk_served_by_unit ON kiosk_served (unit_id, day, field_id);

-- The months in which such counts tell of days of which the register of dossiers has nothing.
CREATE TABLE kiosk_served_month (
  unit_id  TEXT NOT NULL,
  month    TEXT NOT NULL, -- YYYY-MM
  returned INTEGER NOT NULL, -- of all days, each as the register says, else as the kiosks do
  counted  INTEGER NOT NULL, -- of those: what the kiosks say
  days     INTEGER NOT NULL, -- bit n: one of them says something of day n + 1
  PRIMARY KEY (unit_id, month)
) STRICT, WITHOUT ROWID;

-- Accounts at kiosks, as each event made them, and what else people did there.
CREATE TABLE staff_account (
  stream_id INTEGER NOT NULL REFERENCES stream,
  seq       INTEGER NOT NULL,
  at_ms     INTEGER NOT NULL,
  who       TEXT NOT NULL,
  id        TEXT NOT NULL,
  name      TEXT NOT NULL,
  role      TEXT NOT NULL,
  active    INTEGER NOT NULL,
  PRIMARY KEY (stream_id, seq)
) STRICT, WITHOUT ROWID;
CREATE TABLE staff_act (
  stream_id INTEGER NOT NULL REFERENCES stream,
  seq       INTEGER NOT NULL,
  at_ms     INTEGER NOT NULL,
  who       TEXT NOT NULL, -- empty: nobody had proved who they were
  deed      TEXT NOT NULL,
  about     TEXT NOT NULL,
  PRIMARY KEY (stream_id, seq)
) STRICT, WITHOUT ROWID;
