-- Never change this file once it has shipped: add another one instead.
-- The twin of ../migrations/021_packed_config.sql, which explains the column.

ALTER TABLE device_config ADD COLUMN packed BYTEA;
