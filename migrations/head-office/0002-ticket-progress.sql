-- From the code on a ticket to the event that issued it (TK11). Filled with the events, in the same transaction.
-- The token comes first in the key because the page knows nothing else; branch_id is in it for Citus, and so that no
-- branch can take another's token away.

CREATE TABLE ticket_progress (
  token     text   NOT NULL,
  branch_id text   NOT NULL,
  -- Of the event 'ticket-issued'.
  seq       bigint NOT NULL,
  PRIMARY KEY (token, branch_id)
);

-- The bank document in force at any place of a journal, found without reading the events between.
CREATE INDEX event_bank_document ON event (branch_id, seq) WHERE type = 'bank-document-applied';
