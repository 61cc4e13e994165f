-- Never change this file once it has shipped: add another one instead.

-- What another program is to be told, each at least once: kept until it was taken, and afterwards so
-- that it is not told again.
CREATE TABLE webhook_message (
  id           TEXT PRIMARY KEY,  -- what it is about
  body         TEXT NOT NULL,     -- JSON, without personal data
  made_at      INTEGER NOT NULL,
  tries        INTEGER NOT NULL,
  next_try_at  INTEGER NOT NULL,
  delivered_at INTEGER,           -- null until it was taken
  last_error   TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX webhook_message_due ON webhook_message (next_try_at, id) WHERE delivered_at IS NULL;
