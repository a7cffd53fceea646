-- What version 12 added to the store of the version before, with a row in each new table.
DROP TRIGGER ledger_entries_no_UPDATE
DROP TRIGGER ledger_entries_no_DELETE
DROP TRIGGER ledger_transactions_no_UPDATE
DROP TRIGGER ledger_transactions_no_DELETE
CREATE TABLE ledger_transactions_next (id TEXT PRIMARY KEY, kind TEXT NOT NULL CHECK (kind IN ('funding', 'payment', 'refund', 'transfer')), reference TEXT, created_at_ms BIGINT NOT NULL, UNIQUE (kind, reference))
INSERT INTO ledger_transactions_next SELECT id, kind, reference, created_at_ms FROM ledger_transactions
CREATE TABLE ledger_entries_next (transaction_id TEXT NOT NULL REFERENCES ledger_transactions_next (id), line BIGINT NOT NULL, account_id TEXT NOT NULL REFERENCES accounts (id), amount_minor BIGINT NOT NULL CHECK (amount_minor <> 0 AND amount_minor BETWEEN -1000000000000 AND 1000000000000), PRIMARY KEY (transaction_id, line))
INSERT INTO ledger_entries_next SELECT transaction_id, line, account_id, amount_minor FROM ledger_entries
DROP TABLE ledger_entries
DROP TABLE ledger_transactions
ALTER TABLE ledger_transactions_next RENAME TO ledger_transactions
ALTER TABLE ledger_entries_next RENAME TO ledger_entries
CREATE INDEX ledger_entries_by_account ON ledger_entries (account_id)
CREATE TRIGGER ledger_entries_no_UPDATE BEFORE UPDATE ON ledger_entries BEGIN SELECT RAISE(ABORT, 'append only'); END
CREATE TRIGGER ledger_entries_no_DELETE BEFORE DELETE ON ledger_entries BEGIN SELECT RAISE(ABORT, 'append only'); END
CREATE TRIGGER ledger_transactions_no_UPDATE BEFORE UPDATE ON ledger_transactions BEGIN SELECT RAISE(ABORT, 'append only'); END
CREATE TRIGGER ledger_transactions_no_DELETE BEFORE DELETE ON ledger_transactions BEGIN SELECT RAISE(ABORT, 'append only'); END
CREATE TABLE money_requests (id TEXT PRIMARY KEY, app_id TEXT NOT NULL, requester_id TEXT NOT NULL, payer_id TEXT NOT NULL, request_key TEXT NOT NULL, currency TEXT NOT NULL, amount_minor BIGINT NOT NULL CHECK (amount_minor BETWEEN 1 AND 1000000000000), note TEXT NOT NULL, state TEXT NOT NULL CHECK (state IN ('open', 'paid', 'declined', 'expired', 'cancelled')), consent_id TEXT NOT NULL, created_at_ms BIGINT NOT NULL, expires_at_ms BIGINT NOT NULL, decided_at_ms BIGINT NOT NULL, UNIQUE (requester_id, app_id, request_key), CHECK (requester_id <> payer_id))
CREATE INDEX money_requests_by_payer ON money_requests (payer_id, created_at_ms)
CREATE INDEX money_requests_by_requester ON money_requests (requester_id, created_at_ms)
CREATE INDEX money_requests_by_state ON money_requests (state, expires_at_ms)
INSERT INTO ledger_transactions VALUES ('m1','transfer','m1',1700000000000)
INSERT INTO money_requests VALUES ('m1','ru.post.parcel','boris','anna','order-1','RUB',1,'lunch','paid','r1',1700000000000,1700604800000,1700000001000)
INSERT INTO schema_version (version, name) VALUES (12, 'money requests')
