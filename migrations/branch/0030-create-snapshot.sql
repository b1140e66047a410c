-- The branch's state after event `seq`, for a fast start. It can be dropped at any time: the events are the truth.
-- `format` names the shape of the state; `seal` ties the text to the event it follows.
CREATE TABLE snapshot (
  seq INTEGER NOT NULL PRIMARY KEY,
  format TEXT NOT NULL,
  state TEXT NOT NULL,
  seal TEXT NOT NULL
) STRICT;
