-- Never change this file once it has shipped: add 005_… instead.

-- The number of the epoch's first event. An epoch that follows others at its place goes on with
-- their numbers.
ALTER TABLE identity ADD COLUMN first INTEGER NOT NULL DEFAULT 1 CHECK (first >= 1);

-- The last event that was compacted away with everything before it, and the district's signed word
-- that it holds them. At most one row; none until something was.
CREATE TABLE anchor (
  one     INTEGER PRIMARY KEY CHECK (one = 1),
  seq     INTEGER NOT NULL,
  hash    BLOB NOT NULL CHECK (length(hash) = 32),
  receipt BLOB NOT NULL
) STRICT;

CREATE TRIGGER anchor_only_moves_on BEFORE UPDATE ON anchor WHEN new.seq <= old.seq
BEGIN SELECT RAISE(ABORT, 'the anchor never moves back'); END;
CREATE TRIGGER anchor_is_never_deleted BEFORE DELETE ON anchor
BEGIN SELECT RAISE(ABORT, 'the anchor is never deleted'); END;

DROP TRIGGER event_is_never_deleted;
CREATE TRIGGER event_is_never_deleted BEFORE DELETE ON event
WHEN NOT EXISTS (SELECT 1 FROM anchor WHERE old.seq <= anchor.seq)
BEGIN SELECT RAISE(ABORT, 'events are append-only'); END;

-- What the events up to the anchor came to: a database with the tables of the projections, packed as
-- one zstd frame in parts. An event behind the anchor holds the digest. Parts of another anchor are
-- left over. No later step may look for something in an event: it may be gone.
CREATE TABLE snapshot (
  anchor INTEGER NOT NULL,
  part   INTEGER NOT NULL,
  bytes  BLOB NOT NULL,
  PRIMARY KEY (anchor, part)
) STRICT;

-- A step is shown when its event is gone, too.
ALTER TABLE case_step ADD COLUMN bytes BLOB NOT NULL DEFAULT x'';
UPDATE case_step
SET bytes = ifnull((SELECT event.bytes FROM event WHERE event.seq = case_step.seq), x'');

-- The newest of a day is enough.
DELETE FROM receipt
WHERE EXISTS (SELECT 1 FROM receipt AS newer WHERE newer.last > receipt.last
              AND newer.at_ms / 86400000 = receipt.at_ms / 86400000);
