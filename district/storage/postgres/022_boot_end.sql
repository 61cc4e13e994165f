-- Never change this file once it has shipped: add another one instead.
-- The twin of ../migrations/022_boot_end.sql, which explains the columns.

ALTER TABLE boot ADD COLUMN known_end BIGINT;
ALTER TABLE boot ADD COLUMN believed_end BIGINT;
