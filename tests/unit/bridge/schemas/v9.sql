-- What version 9 added to the store of the version before, with a row in each new table.
CREATE TABLE partner_nonces (merchant_id TEXT NOT NULL REFERENCES merchants (id), nonce TEXT NOT NULL, until_ms BIGINT NOT NULL, PRIMARY KEY (merchant_id, nonce))
CREATE INDEX partner_nonces_by_age ON partner_nonces (until_ms)
CREATE TABLE partner_answers (merchant_id TEXT NOT NULL REFERENCES merchants (id), key TEXT NOT NULL, request_hash TEXT NOT NULL, status BIGINT NOT NULL, type TEXT NOT NULL, body TEXT NOT NULL, created_at_ms BIGINT NOT NULL, PRIMARY KEY (merchant_id, key))
CREATE INDEX partner_answers_by_age ON partner_answers (created_at_ms)
INSERT INTO partner_nonces VALUES ('post','nonce-0000000001',1700000000000)
INSERT INTO partner_answers VALUES ('post','key-1','hash',201,'application/json','{}',1700000000000)
INSERT INTO schema_version (version, name) VALUES (9, 'partner api')
