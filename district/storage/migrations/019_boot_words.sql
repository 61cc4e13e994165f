-- Never change this file once it has shipped: add another one instead.

-- Made anew from the events, as before, when the program starts.
DROP TABLE boot;

-- What the events of each boot of a kiosk tell of its true time (core/clock_repair.h): what the
-- district told it first and last, what its own clock claimed and is believed, what its arrivals
-- tell, and what was known, and believed, not to be over before it. *_mono, *_told and *_claim are
-- milliseconds since the boot. NULL: nothing.
CREATE TABLE boot (
  stream_id         INTEGER NOT NULL REFERENCES stream,
  first_seq         INTEGER NOT NULL,
  last_seq          INTEGER NOT NULL,
  boot_id           TEXT NOT NULL,
  first_mono        INTEGER NOT NULL,
  last_mono         INTEGER NOT NULL,
  first_told        INTEGER,
  first_told_began  INTEGER,
  first_told_error  INTEGER,
  last_told         INTEGER,
  last_told_began   INTEGER,
  last_told_error   INTEGER,
  first_claim       INTEGER,
  first_claim_began INTEGER,
  first_claim_error INTEGER,
  last_claim        INTEGER,
  last_claim_began  INTEGER,
  last_claim_error  INTEGER,
  received_mono     INTEGER,
  received_at       INTEGER,
  known_mono        INTEGER,
  known_at          INTEGER,
  floor_mono        INTEGER,
  floor_at          INTEGER,
  disputed          INTEGER NOT NULL, -- 1: its claims contradict each other
  unsure            INTEGER NOT NULL, -- events that their own stamp does not settle
  PRIMARY KEY (stream_id, first_seq)
) STRICT, WITHOUT ROWID;

-- 1: the clock of most_wall was set, so that it can be held against another boot's.
ALTER TABLE heartbeat ADD COLUMN most_synced INTEGER NOT NULL DEFAULT 0;
