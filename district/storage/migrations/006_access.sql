-- Never change this file once it has shipped: add 007_… instead.

-- Persons become accounts with a role (district/access/principal.h). Those that were there already
-- could see figures of all communes and nothing else; the role that gives as much and no more is
-- the supervisor's. `hailong-district admin user role` raises them.
ALTER TABLE person ADD COLUMN shown_name TEXT NOT NULL DEFAULT '';
ALTER TABLE person ADD COLUMN role TEXT NOT NULL DEFAULT 'supervisor';
ALTER TABLE person ADD COLUMN unit_id TEXT NOT NULL DEFAULT ''; -- of accounts of a commune
ALTER TABLE person ADD COLUMN must_change INTEGER NOT NULL DEFAULT 0; -- 1: the password was given
ALTER TABLE person ADD COLUMN disabled_at INTEGER;

-- Everybody logs in again once.
DROP TABLE session;
CREATE TABLE session (
  hash       BLOB PRIMARY KEY, -- of the cookie's value
  person     TEXT NOT NULL REFERENCES person,
  seen_at    INTEGER NOT NULL,
  expires_at INTEGER NOT NULL
) STRICT;
CREATE INDEX session_by_person ON session (person);

ALTER TABLE token ADD COLUMN scopes TEXT NOT NULL DEFAULT 'scores'; -- separated by spaces
ALTER TABLE token ADD COLUMN unit_id TEXT NOT NULL DEFAULT '';      -- empty: all units

-- Logins that failed in a row. The subject is a hash of an account's name as typed or of a client's
-- address, so that a password typed into the wrong box is not kept.
CREATE TABLE login_try (
  subject     BLOB PRIMARY KEY,
  wrong       INTEGER NOT NULL,
  last_at     INTEGER NOT NULL,
  rests_until INTEGER NOT NULL
) STRICT;

-- Who did or saw what. Each hash covers its entry and the hash before, and audit_head holds the
-- last one, so that a change or a deletion shows (`hailong-district admin audit verify`).
CREATE TABLE audit (
  seq     INTEGER PRIMARY KEY,
  at      INTEGER NOT NULL,
  who     TEXT NOT NULL, -- account or token; empty: nobody known
  action  TEXT NOT NULL,
  subject TEXT NOT NULL,
  detail  TEXT NOT NULL,
  hash    BLOB NOT NULL CHECK (length(hash) = 32)
) STRICT;
CREATE TRIGGER audit_is_never_changed BEFORE UPDATE ON audit
BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END;
CREATE TRIGGER audit_is_never_deleted BEFORE DELETE ON audit
BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END;

CREATE TABLE audit_head (
  one  INTEGER PRIMARY KEY CHECK (one = 1),
  seq  INTEGER NOT NULL,
  hash BLOB NOT NULL CHECK (length(hash) = 32)
) STRICT;
INSERT INTO audit_head VALUES (1, 0, x'0000000000000000000000000000000000000000000000000000000000000000');
