-- What this PC must remember beside the journal: branch key, station id, upload cursor.
CREATE TABLE setting (
  key TEXT NOT NULL PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Password hashes are kept apart from the journal, because the journal leaves the branch.
CREATE TABLE staff_credential (
  staff_number TEXT NOT NULL PRIMARY KEY,
  password_hash TEXT NOT NULL
) STRICT, WITHOUT ROWID;
