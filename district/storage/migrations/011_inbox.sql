-- Never change this file once it has shipped: add a new one instead.

-- Where a case stands is kept beside what it is, too, so that an inbox of many cases is filtered and
-- counted without looking each of them up: a copy of case_state, made in the transaction that changes
-- either.
ALTER TABLE feedback_case ADD COLUMN status TEXT NOT NULL DEFAULT 'new';
ALTER TABLE feedback_case ADD COLUMN classed TEXT NOT NULL DEFAULT 'none';
ALTER TABLE feedback_case ADD COLUMN misconduct INTEGER NOT NULL DEFAULT 0;
ALTER TABLE feedback_case ADD COLUMN hidden INTEGER NOT NULL DEFAULT 0;
ALTER TABLE feedback_case ADD COLUMN due_at INTEGER;
ALTER TABLE feedback_case ADD COLUMN answer_due INTEGER;
ALTER TABLE feedback_case ADD COLUMN settled_at INTEGER;
ALTER TABLE feedback_case ADD COLUMN reply_due INTEGER;
ALTER TABLE feedback_case ADD COLUMN steps INTEGER NOT NULL DEFAULT 0;
UPDATE feedback_case SET (status, classed, misconduct, hidden, due_at, answer_due, settled_at,
  reply_due, steps) = (SELECT status, classed, misconduct, hidden, due_at, answer_due, settled_at,
  reply_due, steps FROM case_state s WHERE s.stream_id = feedback_case.stream_id
  AND s.rating_seq = feedback_case.rating_seq)
WHERE EXISTS (SELECT 1 FROM case_state s WHERE s.stream_id = feedback_case.stream_id
  AND s.rating_seq = feedback_case.rating_seq);
DROP INDEX case_state_by_status;
-- All that counting reads.
CREATE INDEX feedback_case_by_status ON feedback_case (status, steps, day, unit_id, due_at,
  reply_due, classed, misconduct, alert);
CREATE INDEX feedback_case_asked ON feedback_case (given_at, stream_id, rating_seq)
WHERE reply_due IS NOT NULL;
