-- Never change this file once it has shipped: add another one instead.
-- The twin of ../migrations/017_heartbeat.sql, which explains the tables.

CREATE TABLE heartbeat (
  device_id   TEXT NOT NULL REFERENCES device,
  epoch       TEXT NOT NULL,
  first_seen  BIGINT NOT NULL,
  received_at BIGINT NOT NULL,
  text        TEXT NOT NULL,
  most        BIGINT NOT NULL,
  most_boot   TEXT NOT NULL,
  most_mono   BIGINT NOT NULL,
  most_wall   BIGINT NOT NULL,
  PRIMARY KEY (device_id, epoch)
);

ALTER TABLE stream ADD COLUMN contents BIGINT NOT NULL DEFAULT 0;
UPDATE stream SET contents = position;
