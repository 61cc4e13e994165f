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
