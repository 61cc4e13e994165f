-- Never change this file once it has shipped: add 007_… instead.

-- Up to which event the district has the contents, as far as what was sent to it tells: for a receipt
-- that does not say. NULL: an older program kept it, which sent contents with their events only.
ALTER TABLE receipt ADD COLUMN contents INTEGER;
