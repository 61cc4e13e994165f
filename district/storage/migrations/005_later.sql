-- Never change this file once it has shipped: add another one instead.

-- The stream of the district's own events: answers from home, and erasures. Its head is
-- chain_start() of its device and epoch; no kiosk can bear this name.
INSERT INTO device (device_id, unit_code, counter_id, note, added_at)
VALUES ('@district', '', '', '', 0);
INSERT INTO stream (id, device_id, epoch, position, head, first_seen, received_at)
VALUES (0, '@district', '1', 0,
        X'311d3d7b8e8ba84bed7d4543616cade3281711460abc2504e155280367d225a7', 0, 0);

-- Words of an answer from home lie in the stream of their rating, under the number of the district's
-- own event with a minus before it. received_at: by the district's clock. erased_own: the district's
-- own event that erased them.
ALTER TABLE content ADD COLUMN received_at INTEGER NOT NULL DEFAULT 0;
ALTER TABLE content ADD COLUMN erased_own INTEGER;
UPDATE content SET received_at =
  (SELECT stream.received_at FROM stream WHERE stream.id = content.stream_id);
CREATE INDEX content_by_age ON content (received_at) WHERE text IS NOT NULL;

-- Projections. later: the score was given from home; of a cell's n1 to n5, how many were.
ALTER TABLE rating ADD COLUMN later INTEGER NOT NULL DEFAULT 0;
ALTER TABLE cell ADD COLUMN later INTEGER NOT NULL DEFAULT 0;
