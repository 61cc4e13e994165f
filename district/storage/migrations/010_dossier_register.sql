-- Never change this file once it has shipped: add another one instead.

-- The register of dossiers as one-stop systems export it, a row for each time that a dossier was
-- imported. Of a dossier the row of the latest export counts (`latest`), whatever the order in which
-- exports came; the others are kept.
CREATE TABLE register_row (
  id          INTEGER PRIMARY KEY,
  import_id   INTEGER NOT NULL, -- of the rows of one file
  dossier     BLOB NOT NULL CHECK (length(dossier) = 32), -- hash of its code, keyed by the district's key
  key         BLOB CHECK (length(key) = 32), -- as ratings hold it; NULL once it was erased on request
  unsatisfied INTEGER, -- what ratings said of it when its key was erased; NULL before
  unit_id     TEXT NOT NULL,
  field_id    TEXT NOT NULL,
  received_on TEXT NOT NULL, -- local days
  due_on      TEXT NOT NULL,
  returned_on TEXT, -- NULL: not yet when it was exported
  complaint   TEXT NOT NULL CHECK (complaint IN ('none', 'conduct', 'unfounded', 'other')),
  exported_on TEXT NOT NULL,
  counted_on  TEXT, -- the day of the figures that it belongs to; NULL: neither returned nor overdue
  latest      INTEGER NOT NULL DEFAULT 0,
  source      TEXT NOT NULL,
  who         TEXT NOT NULL,
  at          INTEGER NOT NULL,
  CHECK ((key IS NULL) = (unsatisfied IS NOT NULL))
) STRICT;
CREATE INDEX register_row_by_import ON register_row (import_id);
CREATE INDEX register_row_by_dossier ON register_row (dossier);
CREATE UNIQUE INDEX register_row_latest ON register_row (dossier) WHERE latest = 1;
CREATE INDEX register_row_by_day ON register_row (unit_id, counted_on) WHERE latest = 1;

CREATE TRIGGER register_row_is_never_changed
BEFORE UPDATE OF id, import_id, dossier, unit_id, field_id, received_on, due_on, returned_on, complaint,
  exported_on, counted_on, source, who, at ON register_row
BEGIN SELECT RAISE(ABORT, 'the register is append-only'); END;
CREATE TRIGGER register_row_is_never_deleted BEFORE DELETE ON register_row
BEGIN SELECT RAISE(ABORT, 'the register is append-only'); END;

-- Sums over its latest rows: how many dossiers were received and returned in a month that was over when
-- the unit's last export was made.
CREATE TABLE register_month (
  unit_id  TEXT NOT NULL,
  month    TEXT NOT NULL, -- YYYY-MM
  received INTEGER NOT NULL,
  returned INTEGER NOT NULL,
  PRIMARY KEY (unit_id, month)
) STRICT, WITHOUT ROWID;
