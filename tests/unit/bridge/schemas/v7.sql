-- What version 7 added to the store of the version before, with a row in each new table.
CREATE TABLE chat_reads (chat_id TEXT NOT NULL REFERENCES chats (id), user_id TEXT NOT NULL, read_at_ms BIGINT NOT NULL, PRIMARY KEY (chat_id, user_id))
INSERT INTO chat_reads VALUES ('c1','anna',1)
INSERT INTO schema_version (version, name) VALUES (7, 'read marks')
