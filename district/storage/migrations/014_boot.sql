-- Never change this file once it has shipped: add another one instead.

-- All of this is made from the events and can be dropped and made again.

-- What the events of each boot of a kiosk tell of its true time (core/clock_repair.h): what was
-- believed first and last of it, what its arrivals tell, and what was believed before its end. *_mono
-- and *_learnt are milliseconds since the boot.
CREATE TABLE boot (
  stream_id     INTEGER NOT NULL REFERENCES stream,
  first_seq     INTEGER NOT NULL,
  last_seq      INTEGER NOT NULL,
  boot_id       TEXT NOT NULL,
  first_mono    INTEGER NOT NULL,
  last_mono     INTEGER NOT NULL,
  first_learnt  INTEGER, -- NULL with the two below: nothing was believed
  first_began   INTEGER,
  first_error   INTEGER,
  last_learnt   INTEGER,
  last_began    INTEGER,
  last_error    INTEGER,
  received_mono INTEGER,
  received_at   INTEGER,
  floor_at      INTEGER NOT NULL,
  unsure        INTEGER NOT NULL, -- events whose own stamp is not believed
  PRIMARY KEY (stream_id, first_seq)
) STRICT, WITHOUT ROWID;

-- When a rating was given, by all that is known; while its day is not certain, the latest moment that
-- is possible, and its cell has the day ''. stamped = 0: its own stamp is not believed, so it moves
-- with what becomes known of its boot.
ALTER TABLE rating ADD COLUMN at_ms INTEGER NOT NULL DEFAULT 0;
ALTER TABLE rating ADD COLUMN stamped INTEGER NOT NULL DEFAULT 1;
CREATE INDEX rating_by_boot ON rating (stream_id, seq) WHERE stamped = 0;
