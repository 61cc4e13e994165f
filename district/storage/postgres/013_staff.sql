-- Never change this file once it has shipped: add another one instead.
-- The twin of ../migrations/013_staff.sql, which explains the tables.

ALTER TABLE case_step ADD COLUMN event_seq BIGINT;
ALTER TABLE case_step ADD COLUMN moved BIGINT NOT NULL DEFAULT 1;
CREATE UNIQUE INDEX case_step_by_event ON case_step (stream_id, event_seq) WHERE event_seq IS NOT NULL;
CREATE TRIGGER case_step_keeps_where_it_came_from BEFORE UPDATE OF event_seq, moved ON case_step
FOR EACH STATEMENT EXECUTE FUNCTION refuse_case_step_change();

CREATE TABLE sign_off (
  stream_id BIGINT NOT NULL REFERENCES stream,
  seq       BIGINT NOT NULL,
  unit_id   TEXT NOT NULL,
  day       TEXT NOT NULL,
  who       TEXT NOT NULL,
  at_ms     BIGINT NOT NULL,
  PRIMARY KEY (stream_id, seq)
);
CREATE INDEX sign_off_by_day ON sign_off (day, unit_id);

CREATE TABLE kiosk_served (
  stream_id BIGINT NOT NULL REFERENCES stream,
  day       TEXT NOT NULL,
  field_id  TEXT NOT NULL,
  unit_id   TEXT NOT NULL,
  n         BIGINT NOT NULL,
  who       TEXT NOT NULL,
  at_ms     BIGINT NOT NULL,
  seq       BIGINT NOT NULL,
  PRIMARY KEY (stream_id, day, field_id)
);
CREATE INDEX kiosk_served_by_unit ON kiosk_served (unit_id, day, field_id);

CREATE TABLE kiosk_served_month (
  unit_id  TEXT NOT NULL,
  month    TEXT NOT NULL,
  returned BIGINT NOT NULL,
  counted  BIGINT NOT NULL,
  days     BIGINT NOT NULL,
  PRIMARY KEY (unit_id, month)
);

CREATE TABLE staff_account (
  stream_id BIGINT NOT NULL REFERENCES stream,
  seq       BIGINT NOT NULL,
  at_ms     BIGINT NOT NULL,
  who       TEXT NOT NULL,
  id        TEXT NOT NULL,
  name      TEXT NOT NULL,
  role      TEXT NOT NULL,
  active    BIGINT NOT NULL,
  PRIMARY KEY (stream_id, seq)
);
CREATE TABLE staff_act (
  stream_id BIGINT NOT NULL REFERENCES stream,
  seq       BIGINT NOT NULL,
  at_ms     BIGINT NOT NULL,
  who       TEXT NOT NULL,
  deed      TEXT NOT NULL,
  about     TEXT NOT NULL,
  PRIMARY KEY (stream_id, seq)
);
