-- Twin of migrations/006_access.sql.

ALTER TABLE person ADD COLUMN shown_name TEXT NOT NULL DEFAULT '';
ALTER TABLE person ADD COLUMN role TEXT NOT NULL DEFAULT 'supervisor';
ALTER TABLE person ADD COLUMN unit_id TEXT NOT NULL DEFAULT '';
ALTER TABLE person ADD COLUMN must_change BIGINT NOT NULL DEFAULT 0;
ALTER TABLE person ADD COLUMN disabled_at BIGINT;

DROP TABLE session;
CREATE TABLE session (
  hash       BYTEA PRIMARY KEY,
  person     TEXT NOT NULL REFERENCES person,
  seen_at    BIGINT NOT NULL,
  expires_at BIGINT NOT NULL
);
CREATE INDEX session_by_person ON session (person);

ALTER TABLE token ADD COLUMN scopes TEXT NOT NULL DEFAULT 'scores';
ALTER TABLE token ADD COLUMN unit_id TEXT NOT NULL DEFAULT '';

CREATE TABLE login_try (
  subject     BYTEA PRIMARY KEY,
  wrong       BIGINT NOT NULL,
  last_at     BIGINT NOT NULL,
  rests_until BIGINT NOT NULL
);

CREATE TABLE audit (
  seq     BIGINT PRIMARY KEY,
  at      BIGINT NOT NULL,
  who     TEXT NOT NULL,
  action  TEXT NOT NULL,
  subject TEXT NOT NULL,
  detail  TEXT NOT NULL,
  hash    BYTEA NOT NULL CHECK (length(hash) = 32)
);
CREATE TRIGGER audit_is_never_changed BEFORE UPDATE OR DELETE OR TRUNCATE ON audit
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE TABLE audit_head (
  one  BIGINT PRIMARY KEY CHECK (one = 1),
  seq  BIGINT NOT NULL,
  hash BYTEA NOT NULL CHECK (length(hash) = 32)
);
INSERT INTO audit_head VALUES
  (1, 0, '\x0000000000000000000000000000000000000000000000000000000000000000');
