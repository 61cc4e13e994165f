-- Never change this file once it has shipped: add another one instead.

-- The bundle as one zstd frame, beside an empty `bundle`; NULL: published before, in `bundle`.
ALTER TABLE device_config ADD COLUMN packed BLOB;
