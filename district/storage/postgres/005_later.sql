-- Never change this file once it has shipped: add another one instead.
-- The twin of ../migrations/005_later.sql, which explains the tables.

INSERT INTO device (device_id, unit_code, counter_id, note, added_at)
VALUES ('@district', '', '', '', 0);
INSERT INTO stream (id, device_id, epoch, position, head, first_seen, received_at)
VALUES (0, '@district', '1', 0,
        '\x311d3d7b8e8ba84bed7d4543616cade3281711460abc2504e155280367d225a7', 0, 0);

ALTER TABLE content ADD COLUMN received_at BIGINT NOT NULL DEFAULT 0;
ALTER TABLE content ADD COLUMN erased_own BIGINT;
UPDATE content SET received_at =
  (SELECT stream.received_at FROM stream WHERE stream.id = content.stream_id);
CREATE INDEX content_by_age ON content (received_at) WHERE text IS NOT NULL;

ALTER TABLE rating ADD COLUMN later BIGINT NOT NULL DEFAULT 0;
ALTER TABLE cell ADD COLUMN later BIGINT NOT NULL DEFAULT 0;
