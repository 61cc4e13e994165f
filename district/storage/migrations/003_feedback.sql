-- Never change this file once it has shipped: add a new one instead.

-- What residents left to be dealt with: one case for each visit that left words or told of money or
-- misconduct. A projection, as is case_words.
CREATE TABLE feedback_case (
  stream_id  INTEGER NOT NULL REFERENCES stream,
  rating_seq INTEGER NOT NULL,
  unit_id    TEXT NOT NULL,
  day        TEXT NOT NULL,    -- of the rating
  given_at   INTEGER NOT NULL, -- wall clock of the rating
  alert      INTEGER NOT NULL, -- 1: a present answer tells of money or misconduct
  last_seq   INTEGER NOT NULL, -- of the last event that added to the case
  PRIMARY KEY (stream_id, rating_seq)
) STRICT, WITHOUT ROWID;
CREATE INDEX feedback_case_by_time ON feedback_case (given_at, stream_id, rating_seq);
CREATE INDEX feedback_case_by_unit ON feedback_case (unit_id, day);

-- Where the words of a case lie in `content`, and their folded words for the search, a space before
-- each. Erased words leave nothing to be found by.
CREATE TABLE case_words (
  stream_id  INTEGER NOT NULL REFERENCES stream,
  seq        INTEGER NOT NULL,
  rating_seq INTEGER NOT NULL, -- of the case, in the same stream
  folded     TEXT NOT NULL,
  PRIMARY KEY (stream_id, seq)
) STRICT, WITHOUT ROWID;
CREATE INDEX case_words_by_case ON case_words (stream_id, rating_seq);

CREATE TRIGGER erased_words_are_not_found AFTER UPDATE OF text ON content WHEN NEW.text IS NULL
BEGIN
  UPDATE case_words SET folded = '' WHERE stream_id = NEW.stream_id AND seq = NEW.seq;
END;

-- What people did to a case: no projection, and never made anew. Texts that are not needed are
-- empty. A note may quote what is erased later: then it is emptied, and nothing else ever changes.
CREATE TABLE case_step (
  stream_id  INTEGER NOT NULL REFERENCES stream,
  rating_seq INTEGER NOT NULL,
  number     INTEGER NOT NULL, -- 1, 2, 3 … of the case
  action     TEXT NOT NULL,
  at_ms      INTEGER NOT NULL,
  who        TEXT NOT NULL, -- account
  role       TEXT NOT NULL, -- the account's at that moment
  classed    TEXT NOT NULL,
  subject    TEXT NOT NULL,
  misconduct INTEGER NOT NULL,
  officer    TEXT NOT NULL,
  note       TEXT NOT NULL,
  answer     TEXT NOT NULL,
  receiver   TEXT NOT NULL,
  due_day    TEXT,
  seen       INTEGER NOT NULL, -- last_seq of the case at that moment
  PRIMARY KEY (stream_id, rating_seq, number)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER case_step_is_never_deleted BEFORE DELETE ON case_step
BEGIN SELECT RAISE(ABORT, 'steps of a case are append-only'); END;
CREATE TRIGGER case_step_is_never_changed BEFORE UPDATE ON case_step
WHEN NEW.note <> '' OR NEW.stream_id <> OLD.stream_id OR NEW.rating_seq <> OLD.rating_seq
  OR NEW.number <> OLD.number OR NEW.action <> OLD.action OR NEW.at_ms <> OLD.at_ms
  OR NEW.who <> OLD.who OR NEW.role <> OLD.role OR NEW.classed <> OLD.classed
  OR NEW.subject <> OLD.subject OR NEW.misconduct <> OLD.misconduct
  OR NEW.officer <> OLD.officer OR NEW.answer <> OLD.answer OR NEW.receiver <> OLD.receiver
  OR coalesce(NEW.due_day, '') <> coalesce(OLD.due_day, '') OR NEW.seen <> OLD.seen
BEGIN SELECT RAISE(ABORT, 'steps of a case are append-only'); END;

-- Where each case with steps stands, for lists and figures: derived from its steps, in the
-- transaction that adds one. A case without a row is new. Deadlines are those of the day on which
-- the step was taken, so that later rules leave them as they were.
CREATE TABLE case_state (
  stream_id   INTEGER NOT NULL,
  rating_seq  INTEGER NOT NULL,
  status      TEXT NOT NULL,
  classed     TEXT NOT NULL,
  misconduct  INTEGER NOT NULL,
  hidden      INTEGER NOT NULL,
  due_at      INTEGER, -- the soonest thing to be done; nothing: none
  answer_due  INTEGER, -- when the resident must have an answer; nothing: no answer is owed now
  settled_at  INTEGER, -- when it was answered, declined or sent elsewhere
  reply_due   INTEGER, -- of the authority's open question
  seen        INTEGER NOT NULL, -- the last event that somebody who acted knew of
  steps       INTEGER NOT NULL,
  PRIMARY KEY (stream_id, rating_seq)
) STRICT, WITHOUT ROWID;
CREATE INDEX case_state_by_status ON case_state (status);
