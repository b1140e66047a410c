-- What happened in the branch, in order. `data` is canonical JSON; `hash` seals the row and all rows before it.
CREATE TABLE event (
  seq INTEGER NOT NULL PRIMARY KEY,
  epoch INTEGER NOT NULL,
  id TEXT NOT NULL UNIQUE,
  at INTEGER NOT NULL,
  type TEXT NOT NULL,
  version INTEGER NOT NULL,
  actor TEXT NOT NULL,
  station TEXT NOT NULL,
  data TEXT NOT NULL,
  hash TEXT NOT NULL
) STRICT;

-- A slip in a later statement must not be able to rewrite history.
CREATE TRIGGER event_is_never_changed BEFORE UPDATE ON event
BEGIN
  SELECT RAISE(ABORT, 'the journal is append-only');
END;

CREATE TRIGGER event_is_never_deleted BEFORE DELETE ON event
BEGIN
  SELECT RAISE(ABORT, 'the journal is append-only');
END;

-- The answers of accepted commands, so that a repeated command gets the first answer and has no second effect.
-- `seq` is the last event of the journal after the command.
CREATE TABLE command_answer (
  command_id TEXT NOT NULL PRIMARY KEY,
  fingerprint TEXT NOT NULL,
  answer TEXT NOT NULL,
  seq INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
