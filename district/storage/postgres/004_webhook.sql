-- The twin of ../migrations/004_webhook.sql. Never change it once it has shipped.

CREATE TABLE webhook_message (
  id           text PRIMARY KEY,
  body         text NOT NULL,
  made_at      bigint NOT NULL,
  tries        bigint NOT NULL,
  next_try_at  bigint NOT NULL,
  delivered_at bigint,
  last_error   text NOT NULL DEFAULT ''
);
CREATE INDEX webhook_message_due ON webhook_message (next_try_at, id) WHERE delivered_at IS NULL;
