-- Never change this file once it has shipped: add a new one instead.
-- The twin of ../migrations/011_inbox.sql, which explains the columns.

ALTER TABLE feedback_case ADD COLUMN status TEXT NOT NULL DEFAULT 'new';
ALTER TABLE feedback_case ADD COLUMN classed TEXT NOT NULL DEFAULT 'none';
ALTER TABLE feedback_case ADD COLUMN misconduct BIGINT NOT NULL DEFAULT 0;
ALTER TABLE feedback_case ADD COLUMN hidden BIGINT NOT NULL DEFAULT 0;
ALTER TABLE feedback_case ADD COLUMN due_at BIGINT;
ALTER TABLE feedback_case ADD COLUMN answer_due BIGINT;
ALTER TABLE feedback_case ADD COLUMN settled_at BIGINT;
ALTER TABLE feedback_case ADD COLUMN reply_due BIGINT;
ALTER TABLE feedback_case ADD COLUMN steps BIGINT NOT NULL DEFAULT 0;
UPDATE feedback_case SET (status, classed, misconduct, hidden, due_at, answer_due, settled_at,
  reply_due, steps) = (s.status, s.classed, s.misconduct, s.hidden, s.due_at, s.answer_due,
  s.settled_at, s.reply_due, s.steps)
FROM case_state s WHERE s.stream_id = feedback_case.stream_id
  AND s.rating_seq = feedback_case.rating_seq;
DROP INDEX case_state_by_status;
CREATE INDEX feedback_case_by_status ON feedback_case (status, steps, day, unit_id, due_at,
  reply_due, classed, misconduct, alert);
CREATE INDEX feedback_case_asked ON feedback_case (given_at, stream_id, rating_seq)
WHERE reply_due IS NOT NULL;

-- Each table says in its own words that nothing of it is changed, as in SQLite.
CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN
  RAISE EXCEPTION '% append-only', CASE TG_TABLE_NAME
    WHEN 'event' THEN 'events are' WHEN 'audit' THEN 'the audit log is' END;
END $$;
CREATE OR REPLACE FUNCTION refuse_record_change() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN
  RAISE EXCEPTION '% append-only', CASE TG_TABLE_NAME
    WHEN 'programme_confirmation' THEN 'confirmations are'
    WHEN 'served' THEN 'served totals are'
    WHEN 'appraisal_step' THEN 'the appraisal is'
    WHEN 'register_row' THEN 'the register is' END;
END $$;
