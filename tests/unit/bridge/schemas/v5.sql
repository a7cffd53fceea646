-- What version 5 added to the store of the version before, with a row in each new table.
CREATE TABLE receipts (seq BIGINT PRIMARY KEY CHECK (seq > 0), id TEXT NOT NULL UNIQUE, kind TEXT NOT NULL CHECK (kind IN ('grant', 'refusal', 'revocation', 'payment')), token_hash TEXT NOT NULL, issued_at_ms BIGINT NOT NULL)
CREATE TABLE receipt_tokens (seq BIGINT PRIMARY KEY REFERENCES receipts (seq), user_id TEXT NOT NULL, app_id TEXT NOT NULL, permission TEXT NOT NULL, token TEXT NOT NULL)
CREATE INDEX receipt_tokens_by_user ON receipt_tokens (user_id, app_id, seq)
CREATE TABLE refusals (user_id TEXT NOT NULL, app_id TEXT NOT NULL, permission TEXT NOT NULL, count BIGINT NOT NULL, until_ms BIGINT NOT NULL, PRIMARY KEY (user_id, app_id, permission))
CREATE TABLE day_counts (user_id TEXT NOT NULL, app_id TEXT NOT NULL, budget TEXT NOT NULL, day BIGINT NOT NULL, used BIGINT NOT NULL, PRIMARY KEY (user_id, app_id, budget))
CREATE TABLE privacy_spent (user_id TEXT NOT NULL, app_id TEXT NOT NULL, kind TEXT NOT NULL, points BIGINT NOT NULL, PRIMARY KEY (user_id, app_id, kind))
CREATE TABLE payment_consents (payment_id TEXT PRIMARY KEY REFERENCES payments (id), receipt_id TEXT NOT NULL)
CREATE TRIGGER receipts_no_UPDATE BEFORE UPDATE ON receipts BEGIN SELECT RAISE(ABORT, 'append only'); END
CREATE TRIGGER receipts_no_DELETE BEFORE DELETE ON receipts BEGIN SELECT RAISE(ABORT, 'append only'); END
INSERT INTO receipts VALUES (1,'r1','grant','00',1700000000000)
INSERT INTO receipt_tokens VALUES (1,'anna','ru.post.parcel','identity.basic','a.b.c')
INSERT INTO refusals VALUES ('anna','ru.post.parcel','identity.phone',1,1700000000000)
INSERT INTO day_counts VALUES ('anna','ru.post.parcel','prompts',19675,2)
INSERT INTO privacy_spent VALUES ('anna','ru.post.parcel','name',1)
INSERT INTO payment_consents VALUES ('p1','r1')
INSERT INTO schema_version (version, name) VALUES (5, 'receipts, refusals and budgets')
