-- Who decides in a branch of several PCs (BR4): the station named for branch.epoch. Null while none was named: a branch
-- of one PC.
ALTER TABLE branch ADD COLUMN named_station text;
