-- A branch of several PCs (BR3 to BR6). The events of one command are one batch: copied, stored and cut as one.
-- `command_id` names the row of command_answer that belongs to it.
CREATE TABLE batch (
  last_seq INTEGER NOT NULL PRIMARY KEY,
  first_seq INTEGER NOT NULL,
  command_id TEXT
) STRICT;

-- Events recorded before count as one batch each.
INSERT INTO batch (last_seq, first_seq, command_id)
SELECT event.seq, event.seq, min(command_answer.command_id)
FROM event LEFT JOIN command_answer ON command_answer.seq = event.seq
GROUP BY event.seq;

-- What this PC had recorded alone and had to move aside when it followed another. `merged` when it has come into the
-- common journal as late events; it stays here all the same.
CREATE TABLE batch_aside (
  hash TEXT NOT NULL PRIMARY KEY,
  epoch INTEGER NOT NULL,
  first_seq INTEGER NOT NULL,
  last_seq INTEGER NOT NULL,
  previous_hash TEXT NOT NULL,
  command_id TEXT,
  fingerprint TEXT,
  answer TEXT,
  aside_at INTEGER NOT NULL,
  merged INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE event_aside (
  hash TEXT NOT NULL PRIMARY KEY,
  batch_hash TEXT NOT NULL REFERENCES batch_aside (hash),
  seq INTEGER NOT NULL,
  epoch INTEGER NOT NULL,
  id TEXT NOT NULL,
  at INTEGER NOT NULL,
  type TEXT NOT NULL,
  version INTEGER NOT NULL,
  actor TEXT NOT NULL,
  station TEXT NOT NULL,
  data TEXT NOT NULL
) STRICT;

CREATE INDEX event_aside_of_batch ON event_aside (batch_hash, seq);

CREATE TRIGGER event_aside_is_never_changed BEFORE UPDATE ON event_aside
BEGIN
  SELECT RAISE(ABORT, 'what was moved aside stays as it is');
END;

CREATE TRIGGER event_aside_is_never_deleted BEFORE DELETE ON event_aside
BEGIN
  SELECT RAISE(ABORT, 'what was moved aside stays as it is');
END;

CREATE TRIGGER batch_aside_is_never_deleted BEFORE DELETE ON batch_aside
BEGIN
  SELECT RAISE(ABORT, 'what was moved aside stays as it is');
END;

-- History is still never rewritten: only the last event can leave, and only when the very same one lies aside.
DROP TRIGGER event_is_never_deleted;

CREATE TRIGGER event_is_never_deleted BEFORE DELETE ON event
WHEN EXISTS (SELECT 1 FROM event WHERE seq > OLD.seq)
  OR NOT EXISTS (
    SELECT 1 FROM event_aside AS aside
    WHERE aside.hash = OLD.hash AND aside.seq = OLD.seq AND aside.epoch = OLD.epoch AND aside.id = OLD.id
      AND aside.at = OLD.at AND aside.type = OLD.type AND aside.version = OLD.version
      AND aside.actor = OLD.actor AND aside.station = OLD.station AND aside.data = OLD.data
  )
BEGIN
  SELECT RAISE(ABORT, 'the journal is append-only');
END;
