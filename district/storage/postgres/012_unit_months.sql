-- Never change this file once it has shipped: add another one instead.

-- The cells of whole months, added up over counters and fields: what most people ask for. Made when the
-- receiver starts with a newer projection.
CREATE TABLE unit_month (
  unit_id  TEXT NOT NULL,
  month    TEXT NOT NULL,
  n1       BIGINT NOT NULL,
  n2       BIGINT NOT NULL,
  n3       BIGINT NOT NULL,
  n4       BIGINT NOT NULL,
  n5       BIGINT NOT NULL,
  x1       BIGINT NOT NULL,
  x2       BIGINT NOT NULL,
  x3       BIGINT NOT NULL,
  x4       BIGINT NOT NULL,
  x5       BIGINT NOT NULL,
  flagged  BIGINT NOT NULL,
  left_out BIGINT NOT NULL,
  linked   BIGINT NOT NULL,
  later    BIGINT NOT NULL,
  PRIMARY KEY (unit_id, month)
);

CREATE TABLE unit_month_flag (
  unit_id TEXT NOT NULL,
  month   TEXT NOT NULL,
  reason  TEXT NOT NULL,
  n       BIGINT NOT NULL,
  PRIMARY KEY (unit_id, month, reason)
);
