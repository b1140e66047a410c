-- The branches, where each one's upload stream stands, and what head office holds of it (HO1, HO4).
-- branch_id is in every key, so that Citus can spread the tables.

CREATE TABLE branch (
  branch_id    text   NOT NULL PRIMARY KEY,
  name_zh      text,
  name_en      text,
  -- SHA-256 of the branch key, 64 hexadecimal digits. The key itself is never stored.
  key_hash     text   NOT NULL,
  -- Milliseconds since 1970-01-01T00:00Z, like every other time here.
  enrolled_at  bigint NOT NULL,
  epoch        bigint NOT NULL DEFAULT 0,
  durable_seq  bigint NOT NULL DEFAULT 0,
  -- Hash of event durable_seq; null while that one could not be read and carried no hash.
  durable_hash text   DEFAULT repeat('0', 64),
  last_status  jsonb,
  last_seen_at bigint
);

-- One partition a day (UTC, by the event's own time). Days outside the two bounds share a partition each: a dead
-- clock battery must neither block the stream nor make a partition for every day since 1970.
CREATE TABLE event (
  branch_id text   NOT NULL,
  day       date   NOT NULL,
  seq       bigint NOT NULL,
  epoch     bigint NOT NULL,
  id        text   NOT NULL,
  at        bigint NOT NULL,
  type      text   NOT NULL,
  version   bigint NOT NULL,
  actor     text   NOT NULL,
  station   text   NOT NULL,
  -- json, not jsonb: it keeps what jsonb refuses (\u0000, lone surrogates), and such data must not block a stream.
  data      json   NOT NULL,
  hash      text   NOT NULL,
  PRIMARY KEY (branch_id, seq, day)
) PARTITION BY RANGE (day);

-- A business day is the run of events from its start to the next day's: found without reading the events between.
CREATE INDEX event_business_day_start ON event (branch_id, seq) WHERE type = 'business-day-started';

CREATE TABLE event_before_2020 PARTITION OF event FOR VALUES FROM (MINVALUE) TO ('2020-01-01');
CREATE TABLE event_from_2100 PARTITION OF event FOR VALUES FROM ('2100-01-01') TO (MAXVALUE);

-- What could not be read as an event, as the very text the branch sent.
CREATE TABLE raw_event (
  branch_id   text   NOT NULL,
  seq         bigint NOT NULL,
  -- The hash the item claims, if it carries one in the usual place.
  hash        text,
  body        text   NOT NULL,
  received_at bigint NOT NULL,
  PRIMARY KEY (branch_id, seq)
);

-- Batches that contradict what is held: kept whole, never merged by themselves.
CREATE TABLE fork (
  branch_id   text   NOT NULL,
  -- SHA-256 of the body: the same batch sent again is the same fork.
  body_hash   text   NOT NULL,
  reason      text   NOT NULL,
  at_seq      bigint NOT NULL,
  from_seq    bigint NOT NULL,
  to_seq      bigint NOT NULL,
  epoch       bigint NOT NULL,
  body        text   NOT NULL,
  received_at bigint NOT NULL,
  PRIMARY KEY (branch_id, body_hash)
);
