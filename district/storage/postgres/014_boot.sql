-- Never change this file once it has shipped: add another one instead.
-- The twin of ../migrations/014_boot.sql, which explains the tables.

CREATE TABLE boot (
  stream_id     BIGINT NOT NULL REFERENCES stream,
  first_seq     BIGINT NOT NULL,
  last_seq      BIGINT NOT NULL,
  boot_id       TEXT NOT NULL,
  first_mono    BIGINT NOT NULL,
  last_mono     BIGINT NOT NULL,
  first_learnt  BIGINT,
  first_began   BIGINT,
  first_error   BIGINT,
  last_learnt   BIGINT,
  last_began    BIGINT,
  last_error    BIGINT,
  received_mono BIGINT,
  received_at   BIGINT,
  floor_at      BIGINT NOT NULL,
  unsure        BIGINT NOT NULL,
  PRIMARY KEY (stream_id, first_seq)
);

ALTER TABLE rating ADD COLUMN at_ms BIGINT NOT NULL DEFAULT 0;
ALTER TABLE rating ADD COLUMN stamped BIGINT NOT NULL DEFAULT 1;
CREATE INDEX rating_by_boot ON rating (stream_id, seq) WHERE stamped = 0;
