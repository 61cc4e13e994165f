-- Never change this file once it has shipped: add another one instead.
-- The twin of ../migrations/018_heartbeat_order.sql, which explains the columns.

ALTER TABLE heartbeat ADD COLUMN boot TEXT NOT NULL DEFAULT '';
ALTER TABLE heartbeat ADD COLUMN mono BIGINT NOT NULL DEFAULT 0;

CREATE TABLE heartbeat_boot (
  device_id TEXT NOT NULL REFERENCES device,
  epoch     TEXT NOT NULL,
  boot      TEXT NOT NULL,
  PRIMARY KEY (device_id, epoch, boot)
);

ALTER TABLE pinned_head ADD COLUMN heartbeat BIGINT NOT NULL DEFAULT 0;
