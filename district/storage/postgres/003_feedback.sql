-- Never change this file once it has shipped: add a new one instead.
-- The twin of ../migrations/003_feedback.sql, which explains the tables.

CREATE TABLE feedback_case (
  stream_id  BIGINT NOT NULL REFERENCES stream,
  rating_seq BIGINT NOT NULL,
  unit_id    TEXT NOT NULL,
  day        TEXT NOT NULL,
  given_at   BIGINT NOT NULL,
  alert      BIGINT NOT NULL,
  last_seq   BIGINT NOT NULL,
  PRIMARY KEY (stream_id, rating_seq)
);
CREATE INDEX feedback_case_by_time ON feedback_case (given_at, stream_id, rating_seq);
CREATE INDEX feedback_case_by_unit ON feedback_case (unit_id, day);

CREATE TABLE case_words (
  stream_id  BIGINT NOT NULL REFERENCES stream,
  seq        BIGINT NOT NULL,
  rating_seq BIGINT NOT NULL,
  folded     TEXT NOT NULL,
  PRIMARY KEY (stream_id, seq)
);
CREATE INDEX case_words_by_case ON case_words (stream_id, rating_seq);

CREATE FUNCTION forget_folded_words() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN
  UPDATE case_words SET folded = '' WHERE stream_id = NEW.stream_id AND seq = NEW.seq;
  RETURN NULL;
END $$;
CREATE TRIGGER erased_words_are_not_found AFTER UPDATE OF text ON content
FOR EACH ROW WHEN (NEW.text IS NULL) EXECUTE FUNCTION forget_folded_words();

CREATE TABLE case_step (
  stream_id  BIGINT NOT NULL REFERENCES stream,
  rating_seq BIGINT NOT NULL,
  number     BIGINT NOT NULL,
  action     TEXT NOT NULL,
  at_ms      BIGINT NOT NULL,
  who        TEXT NOT NULL,
  role       TEXT NOT NULL,
  classed    TEXT NOT NULL,
  subject    TEXT NOT NULL,
  misconduct BIGINT NOT NULL,
  officer    TEXT NOT NULL,
  note       TEXT NOT NULL,
  answer     TEXT NOT NULL,
  receiver   TEXT NOT NULL,
  due_day    TEXT,
  seen       BIGINT NOT NULL,
  PRIMARY KEY (stream_id, rating_seq, number)
);

CREATE FUNCTION refuse_case_step_change() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'steps of a case are append-only'; END $$;
CREATE TRIGGER case_step_is_never_deleted BEFORE DELETE OR TRUNCATE ON case_step
FOR EACH STATEMENT EXECUTE FUNCTION refuse_case_step_change();
CREATE TRIGGER case_step_is_never_changed BEFORE UPDATE ON case_step
FOR EACH ROW WHEN (NEW.note <> '' OR (NEW.stream_id, NEW.rating_seq, NEW.number, NEW.action,
  NEW.at_ms, NEW.who, NEW.role, NEW.classed, NEW.subject, NEW.misconduct, NEW.officer, NEW.answer,
  NEW.receiver, NEW.due_day, NEW.seen) IS DISTINCT FROM (OLD.stream_id, OLD.rating_seq, OLD.number,
  OLD.action, OLD.at_ms, OLD.who, OLD.role, OLD.classed, OLD.subject, OLD.misconduct, OLD.officer,
  OLD.answer, OLD.receiver, OLD.due_day, OLD.seen))
EXECUTE FUNCTION refuse_case_step_change();

CREATE TABLE case_state (
  stream_id  BIGINT NOT NULL,
  rating_seq BIGINT NOT NULL,
  status     TEXT NOT NULL,
  classed    TEXT NOT NULL,
  misconduct BIGINT NOT NULL,
  hidden     BIGINT NOT NULL,
  due_at     BIGINT,
  answer_due BIGINT,
  settled_at BIGINT,
  reply_due  BIGINT,
  seen       BIGINT NOT NULL,
  steps      BIGINT NOT NULL,
  PRIMARY KEY (stream_id, rating_seq)
);
CREATE INDEX case_state_by_status ON case_state (status);
