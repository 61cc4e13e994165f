-- Never change this file once it has shipped: add another one instead.

-- An administrator's word that the values of a year's criterion are the official ones. It counts
-- while the digest is that of the programme file's section.
CREATE TABLE programme_confirmation (
  id       INTEGER PRIMARY KEY,
  year     INTEGER NOT NULL, -- the section's first year
  digest   BLOB NOT NULL CHECK (length(digest) = 32),
  document TEXT NOT NULL,
  who      TEXT NOT NULL,
  at       INTEGER NOT NULL
) STRICT;

-- How many dossiers a unit received and returned in a month. The latest row of a unit, month and
-- field counts; earlier ones are kept.
CREATE TABLE served (
  id       INTEGER PRIMARY KEY,
  unit_id  TEXT NOT NULL,
  month    TEXT NOT NULL, -- YYYY-MM
  field_id TEXT NOT NULL, -- empty: all fields together
  received INTEGER NOT NULL,
  returned INTEGER NOT NULL,
  source   TEXT NOT NULL,
  who      TEXT NOT NULL,
  at       INTEGER NOT NULL
) STRICT;
CREATE INDEX served_by_unit ON served (unit_id, month, field_id);

-- The year's appraisal, step by step.
CREATE TABLE appraisal_step (
  id         INTEGER PRIMARY KEY,
  unit_id    TEXT NOT NULL,
  year       INTEGER NOT NULL,
  step       TEXT NOT NULL
    CHECK (step IN ('proposed', 'confirmed', 'commented', 'appraised', 'ranked', 'recognised')),
  level      INTEGER,       -- 0 to 4
  points     INTEGER,       -- hundredths
  words      TEXT NOT NULL, -- explanation, comment or reason
  decision   TEXT NOT NULL, -- number of the decision of recognition
  decided_on TEXT,          -- its local day
  rules      TEXT NOT NULL, -- of a proposal: the criterion as it stood
  evidence   TEXT NOT NULL, -- of a proposal: the figures as they stood
  who        TEXT NOT NULL,
  role       TEXT NOT NULL,
  at         INTEGER NOT NULL
) STRICT;
CREATE INDEX appraisal_step_by_year ON appraisal_step (year, unit_id);

CREATE TRIGGER programme_confirmation_is_never_changed BEFORE UPDATE ON programme_confirmation
BEGIN SELECT RAISE(ABORT, 'confirmations are append-only'); END;
CREATE TRIGGER programme_confirmation_is_never_deleted BEFORE DELETE ON programme_confirmation
BEGIN SELECT RAISE(ABORT, 'confirmations are append-only'); END;
CREATE TRIGGER served_is_never_changed BEFORE UPDATE ON served
BEGIN SELECT RAISE(ABORT, 'served totals are append-only'); END;
CREATE TRIGGER served_is_never_deleted BEFORE DELETE ON served
BEGIN SELECT RAISE(ABORT, 'served totals are append-only'); END;
CREATE TRIGGER appraisal_step_is_never_changed BEFORE UPDATE ON appraisal_step
BEGIN SELECT RAISE(ABORT, 'the appraisal is append-only'); END;
CREATE TRIGGER appraisal_step_is_never_deleted BEFORE DELETE ON appraisal_step
BEGIN SELECT RAISE(ABORT, 'the appraisal is append-only'); END;
