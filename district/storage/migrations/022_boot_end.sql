-- Never change this file once it has shipped: add another one instead.

-- The moments before which a boot did not end, by what is known and by what is believed, so that what
-- comes later can be bounded by it without the boots before. NULL: nothing is. Made anew with all of
-- the table when the receiver starts with a newer projection.
ALTER TABLE boot ADD COLUMN known_end INTEGER;
ALTER TABLE boot ADD COLUMN believed_end INTEGER;
