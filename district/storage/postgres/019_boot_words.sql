-- Never change this file once it has shipped: add another one instead.
-- The twin of ../migrations/019_boot_words.sql, which explains the table.

DROP TABLE boot;
CREATE TABLE boot (
  stream_id         BIGINT NOT NULL REFERENCES stream,
  first_seq         BIGINT NOT NULL,
  last_seq          BIGINT NOT NULL,
  boot_id           TEXT NOT NULL,
  first_mono        BIGINT NOT NULL,
  last_mono         BIGINT NOT NULL,
  first_told        BIGINT,
  first_told_began  BIGINT,
  first_told_error  BIGINT,
  last_told         BIGINT,
  last_told_began   BIGINT,
  last_told_error   BIGINT,
  first_claim       BIGINT,
  first_claim_began BIGINT,
  first_claim_error BIGINT,
  last_claim        BIGINT,
  last_claim_began  BIGINT,
  last_claim_error  BIGINT,
  received_mono     BIGINT,
  received_at       BIGINT,
  known_mono        BIGINT,
  known_at          BIGINT,
  floor_mono        BIGINT,
  floor_at          BIGINT,
  disputed          BIGINT NOT NULL,
  unsure            BIGINT NOT NULL,
  PRIMARY KEY (stream_id, first_seq)
);

ALTER TABLE heartbeat ADD COLUMN most_synced BIGINT NOT NULL DEFAULT 0;
