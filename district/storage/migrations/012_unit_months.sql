-- Never change this file once it has shipped: add another one instead.

-- The cells of whole months, added up over counters and fields: what most people ask for. Made when the
-- receiver starts with a newer projection.
CREATE TABLE unit_month (
  unit_id  TEXT NOT NULL,
  month    TEXT NOT NULL, -- YYYY-MM
  n1       INTEGER NOT NULL,
  n2       INTEGER NOT NULL,
  n3       INTEGER NOT NULL,
  n4       INTEGER NOT NULL,
  n5       INTEGER NOT NULL,
  x1       INTEGER NOT NULL,
  x2       INTEGER NOT NULL,
  x3       INTEGER NOT NULL,
  x4       INTEGER NOT NULL,
  x5       INTEGER NOT NULL,
  flagged  INTEGER NOT NULL,
  left_out INTEGER NOT NULL,
  linked   INTEGER NOT NULL,
  later    INTEGER NOT NULL,
  PRIMARY KEY (unit_id, month)
) STRICT, WITHOUT ROWID;

CREATE TABLE unit_month_flag (
  unit_id TEXT NOT NULL,
  month   TEXT NOT NULL,
  reason  TEXT NOT NULL,
  n       INTEGER NOT NULL,
  PRIMARY KEY (unit_id, month, reason)
) STRICT, WITHOUT ROWID;
