-- Never change this file once it has shipped: add another one instead.
-- The twin of ../migrations/008_revision.sql, which explains the table.

CREATE TABLE revision (
  shard BIGINT PRIMARY KEY,
  n     BIGINT NOT NULL
);
INSERT INTO revision SELECT 0, revision FROM state;
ALTER TABLE state DROP COLUMN revision;
