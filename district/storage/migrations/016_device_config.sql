-- Never change this file once it has shipped: add another one instead.

-- Every configuration bundle that was ever published for a kiosk, so that what a rating's bundle asked
-- can be read for ever. The greatest number is the one in force.
CREATE TABLE device_config (
  device_id    TEXT NOT NULL REFERENCES device,
  number       INTEGER NOT NULL, -- when it was published, milliseconds since 1970 UTC
  id           TEXT NOT NULL,
  bundle       TEXT NOT NULL, -- as it is signed
  published_by TEXT NOT NULL,
  PRIMARY KEY (device_id, number)
) STRICT, WITHOUT ROWID;
