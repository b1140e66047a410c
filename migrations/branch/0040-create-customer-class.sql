-- Which class a customer has, by the keyed hash of the card, passbook or ID number (TK2). It never holds a number.
CREATE TABLE customer_class (
  customer_key TEXT NOT NULL PRIMARY KEY,
  class_id TEXT NOT NULL
) STRICT, WITHOUT ROWID;
