-- Never change this file once it has shipped: add 004_… instead.

-- What staff mode reads and writes. All are projections but `pin`, `pin_tries` and
-- `used_setup_code`.

CREATE TABLE person (
  id     TEXT PRIMARY KEY,
  name   TEXT NOT NULL,
  role   TEXT NOT NULL,
  active INTEGER NOT NULL,
  seq    INTEGER NOT NULL -- of the event that said so last
) STRICT, WITHOUT ROWID;

-- Secrets: in no event, so they never leave this file.
CREATE TABLE pin (
  person TEXT PRIMARY KEY,
  hash   TEXT NOT NULL,    -- Argon2id, as libsodium writes it
  given  INTEGER NOT NULL  -- 1: by somebody else, so it has to be changed
) STRICT, WITHOUT ROWID;

-- Wrong tries since the last right one. The wait after them counts by the boot's own clock, which
-- nobody can set: after a restart it begins anew.
CREATE TABLE pin_tries (
  who     TEXT PRIMARY KEY, -- person, or '' for the set-up code
  wrong   INTEGER NOT NULL,
  boot_id TEXT NOT NULL,
  mono_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE used_setup_code (
  digest BLOB PRIMARY KEY CHECK (length(digest) = 32)
) STRICT, WITHOUT ROWID;

CREATE TABLE staff_act (
  seq   INTEGER PRIMARY KEY,
  at_ms INTEGER NOT NULL,
  who   TEXT NOT NULL,
  deed  TEXT NOT NULL,
  about TEXT NOT NULL
) STRICT;

-- Where the case of a rating stands (core/case_life.h). A rating has one once words or an answer
-- that tells of money or misconduct came with it; `words` and `alert` say whether they still do.
CREATE TABLE feedback_case (
  rating_seq    INTEGER PRIMARY KEY,
  words         INTEGER NOT NULL DEFAULT 0, -- texts left, erased ones included
  alert         INTEGER NOT NULL DEFAULT 0,
  last_seq      INTEGER NOT NULL,           -- of what the resident left
  status        TEXT NOT NULL DEFAULT 'new',
  class         TEXT NOT NULL DEFAULT 'none',
  subject       TEXT NOT NULL DEFAULT 'none',
  misconduct    INTEGER NOT NULL DEFAULT 0,
  officer       TEXT NOT NULL DEFAULT '',
  receiver      TEXT NOT NULL DEFAULT '',
  hidden        INTEGER NOT NULL DEFAULT 0,
  steps         INTEGER NOT NULL DEFAULT 0,
  seen          INTEGER NOT NULL DEFAULT 0,
  answer_seq    INTEGER,                    -- of the step that holds the present answer
  published_at  INTEGER,                    -- milliseconds, like those below
  classified_at INTEGER,
  settled_at    INTEGER,
  reopened_at   INTEGER,
  waits         TEXT NOT NULL DEFAULT '[]', -- JSON: [[from, to or null], …]
  reply_due     TEXT                        -- day
) STRICT;

CREATE TABLE case_step (
  seq        INTEGER PRIMARY KEY,
  rating_seq INTEGER NOT NULL
) STRICT;
CREATE INDEX case_step_by_rating ON case_step (rating_seq, seq);

CREATE TABLE served (
  day   TEXT NOT NULL,
  field TEXT NOT NULL,
  count INTEGER NOT NULL,
  who   TEXT NOT NULL,
  seq   INTEGER NOT NULL,
  PRIMARY KEY (day, field)
) STRICT, WITHOUT ROWID;

CREATE TABLE sign_off (
  seq   INTEGER PRIMARY KEY,
  day   TEXT NOT NULL,
  at_ms INTEGER NOT NULL,
  who   TEXT NOT NULL,
  seen  INTEGER NOT NULL -- last event of the journal when the day was looked through
) STRICT;
CREATE INDEX sign_off_by_day ON sign_off (day, seq);

-- Sums of ratings as they stand now, by the local day and hour of the tap.
CREATE TABLE cell (
  day        TEXT NOT NULL,
  hour       INTEGER NOT NULL,
  counter    TEXT NOT NULL,
  field      TEXT NOT NULL,    -- empty when unknown
  n1         INTEGER NOT NULL,
  n2         INTEGER NOT NULL,
  n3         INTEGER NOT NULL,
  n4         INTEGER NOT NULL,
  n5         INTEGER NOT NULL,
  flagged    INTEGER NOT NULL, -- of these, how many are doubtful
  superseded INTEGER NOT NULL, -- beside these: gave way to a later rating of the same dossier
  PRIMARY KEY (day, hour, counter, field)
) STRICT, WITHOUT ROWID;

CREATE INDEX rating_by_time ON rating (recorded_at_ms);

-- Ratings are counted in the order in which they came, and seen by some of the staff in fives alone
-- (journal/review.h): a five is seen once somebody rated after it.
ALTER TABLE rating ADD COLUMN nth INTEGER NOT NULL DEFAULT 0; -- 1 is the first
UPDATE rating SET nth = counted.nth
FROM (SELECT seq, row_number() OVER (ORDER BY seq) AS nth FROM rating) AS counted
WHERE counted.seq = rating.seq;
CREATE UNIQUE INDEX rating_by_nth ON rating (nth);

-- Sums of the fives that are seen, by the day on which the fifth rating came and the hour of each.
-- Ratings that gave way to a later one are counted, too: a five never gets smaller.
CREATE TABLE five_cell (
  day     TEXT NOT NULL,
  hour    INTEGER NOT NULL,
  counter TEXT NOT NULL,
  field   TEXT NOT NULL,
  n1      INTEGER NOT NULL,
  n2      INTEGER NOT NULL,
  n3      INTEGER NOT NULL,
  n4      INTEGER NOT NULL,
  n5      INTEGER NOT NULL,
  PRIMARY KEY (day, hour, counter, field)
) STRICT, WITHOUT ROWID;

-- A rating as it stands now: what sums are made of. `superseded` as in v_rating; no day for a clock
-- beyond the year 9999.
CREATE VIEW rating_now AS
SELECT rating.seq,
       rating.nth,
       ifnull(date(rating.recorded_at_ms / 1000, 'unixepoch', '+7 hours'), '') AS day,
       CAST(ifnull(strftime('%H', rating.recorded_at_ms / 1000, 'unixepoch', '+7 hours'), 0)
            AS INTEGER) AS hour,
       rating.recorded_at_ms,
       rating.score,
       coalesce((SELECT nullif(json_extract(choices, '$[0]'), '') FROM answer
                 WHERE rating_seq = rating.seq AND question = 'counter'),
                rating.counter_id) AS counter,
       coalesce((SELECT nullif(json_extract(choices, '$[0]'), '') FROM answer
                 WHERE rating_seq = rating.seq AND question = 'field'),
                dossier.field_id, rating.field_id, '') AS field,
       rating.flags <> '' AS flagged,
       EXISTS (SELECT 1 FROM dossier AS newer
               WHERE newer.key = dossier.key AND newer.rating_seq > rating.seq) AS superseded
FROM rating LEFT JOIN dossier ON dossier.rating_seq = rating.seq;

-- What residents left is found by beginnings of words without accents: `folded` as core::fold()
-- makes it. Filled when staff read, so that residents never wait for it.
CREATE VIRTUAL TABLE word_index USING fts5 (folded, tokenize = 'unicode61 remove_diacritics 0');

-- A journal that was there before.
INSERT INTO cell
SELECT day, hour, counter, field,
       sum(score = 1 AND NOT superseded), sum(score = 2 AND NOT superseded),
       sum(score = 3 AND NOT superseded), sum(score = 4 AND NOT superseded),
       sum(score = 5 AND NOT superseded), sum(flagged AND NOT superseded), sum(superseded)
FROM rating_now GROUP BY day, hour, counter, field;

INSERT INTO feedback_case (rating_seq, words, alert, last_seq)
SELECT rating_seq, sum(words), max(alert), max(seq)
FROM (SELECT rating_seq, 1 AS words, 0 AS alert, seq FROM feedback WHERE kind = 'words'
      UNION ALL
      SELECT rating_seq, 0, alert, seq FROM answer WHERE alert = 1)
GROUP BY rating_seq;

INSERT INTO five_cell
SELECT fifth.day, rating_now.hour, rating_now.counter, rating_now.field,
       sum(rating_now.score = 1), sum(rating_now.score = 2), sum(rating_now.score = 3),
       sum(rating_now.score = 4), sum(rating_now.score = 5)
FROM rating_now JOIN rating_now AS fifth ON fifth.nth = (rating_now.nth - 1) / 5 * 5 + 5
WHERE rating_now.nth <= ((SELECT max(nth) FROM rating) - 1) / 5 * 5
GROUP BY fifth.day, rating_now.hour, rating_now.counter, rating_now.field;
