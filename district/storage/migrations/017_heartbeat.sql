-- Never change this file once it has shipped: add another one instead.

-- What each life of a kiosk's card told of itself last. `text` is as it was signed
-- (docs/formats.md); where it contradicts what is known, `conflict` holds it as evidence.
CREATE TABLE heartbeat (
  device_id   TEXT NOT NULL REFERENCES device,
  epoch       TEXT NOT NULL,
  first_seen  INTEGER NOT NULL,
  received_at INTEGER NOT NULL,
  text        TEXT NOT NULL,
  most        INTEGER NOT NULL, -- the highest event that any heartbeat told of,
  most_boot   TEXT NOT NULL,    -- and when the first of them was made, by the kiosk's clocks
  most_mono   INTEGER NOT NULL,
  most_wall   INTEGER NOT NULL,
  PRIMARY KEY (device_id, epoch)
) STRICT, WITHOUT ROWID;

-- Up to which event a stream's contents are here, as far as they ever come: words may come later than
-- their event. Until now they never did.
ALTER TABLE stream ADD COLUMN contents INTEGER NOT NULL DEFAULT 0;
UPDATE stream SET contents = position;
