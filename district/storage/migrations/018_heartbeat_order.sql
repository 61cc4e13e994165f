-- Never change this file once it has shipped: add another one instead.

-- When the heartbeat that is kept was made, by the kiosk's boot, which nobody sets: one that is played
-- again is no later sign of life. '': not known, before this.
ALTER TABLE heartbeat ADD COLUMN boot TEXT NOT NULL DEFAULT '';
ALTER TABLE heartbeat ADD COLUMN mono INTEGER NOT NULL DEFAULT 0;

-- Boots whose heartbeats gave way to another boot's.
CREATE TABLE heartbeat_boot (
  device_id TEXT NOT NULL REFERENCES device,
  epoch     TEXT NOT NULL,
  boot      TEXT NOT NULL,
  PRIMARY KEY (device_id, epoch, boot)
) STRICT, WITHOUT ROWID;

-- 1: a heartbeat told it. Once its event is here and a batch was signed for a later one, claim, key and
-- signature are emptied: only when it was seen still counts.
ALTER TABLE pinned_head ADD COLUMN heartbeat INTEGER NOT NULL DEFAULT 0;
