-- What version 8 added to the store of the version before, with a row in each new table.
CREATE TABLE payments_next (id TEXT PRIMARY KEY, merchant_id TEXT NOT NULL, order_id TEXT NOT NULL, user_id TEXT NOT NULL, app_id TEXT NOT NULL, currency TEXT NOT NULL, amount_minor BIGINT NOT NULL CHECK (amount_minor BETWEEN 1 AND 1000000000000), wallet TEXT NOT NULL CHECK (wallet IN ('ledger', 'host')), state TEXT NOT NULL CHECK (state IN ('authorised', 'pending', 'unknown', 'captured', 'failed')), payer TEXT NOT NULL, link TEXT NOT NULL, result_json TEXT NOT NULL, created_at_ms BIGINT NOT NULL, updated_at_ms BIGINT NOT NULL)
INSERT INTO payments_next SELECT id, merchant_id, order_id, user_id, app_id, currency, amount_minor, wallet, CASE state WHEN 'confirmed' THEN 'authorised' WHEN 'paid' THEN 'captured' ELSE state END, '', '', result_json, created_at_ms, updated_at_ms FROM payments
CREATE TABLE orders_next (merchant_id TEXT NOT NULL, order_id TEXT NOT NULL, token_hash TEXT NOT NULL, user_id TEXT NOT NULL, app_id TEXT NOT NULL, state TEXT NOT NULL CHECK (state IN ('created', 'authorised', 'pending', 'unknown', 'captured', 'cancelled', 'failed', 'expired')), currency TEXT NOT NULL, amount_minor BIGINT NOT NULL CHECK (amount_minor BETWEEN 1 AND 1000000000000), refunded_minor BIGINT NOT NULL CHECK (refunded_minor BETWEEN 0 AND amount_minor), payment_id TEXT REFERENCES payments_next (id), events BIGINT NOT NULL, expires_at_ms BIGINT NOT NULL, created_at_ms BIGINT NOT NULL, updated_at_ms BIGINT NOT NULL, PRIMARY KEY (merchant_id, order_id))
INSERT INTO orders_next SELECT o.merchant_id, o.order_id, o.token_hash, o.user_id, o.app_id, CASE o.state WHEN 'confirmed' THEN 'authorised' WHEN 'paid' THEN 'captured' ELSE o.state END, p.currency, p.amount_minor, 0, o.payment_id, 0, p.updated_at_ms, p.created_at_ms, p.updated_at_ms FROM orders o JOIN payments p ON p.id = o.payment_id
CREATE TABLE idempotency_keys_next (user_id TEXT NOT NULL, app_id TEXT NOT NULL, key TEXT NOT NULL, params_hash TEXT NOT NULL, payment_id TEXT NOT NULL REFERENCES payments_next (id), PRIMARY KEY (user_id, app_id, key))
INSERT INTO idempotency_keys_next SELECT user_id, app_id, key, params_hash, payment_id FROM idempotency_keys
CREATE TABLE payment_consents_next (payment_id TEXT PRIMARY KEY REFERENCES payments_next (id), receipt_id TEXT NOT NULL)
INSERT INTO payment_consents_next SELECT payment_id, receipt_id FROM payment_consents
DROP TABLE payment_consents
DROP TABLE idempotency_keys
DROP TABLE orders
DROP TABLE payments
ALTER TABLE payments_next RENAME TO payments
ALTER TABLE orders_next RENAME TO orders
ALTER TABLE idempotency_keys_next RENAME TO idempotency_keys
ALTER TABLE payment_consents_next RENAME TO payment_consents
CREATE INDEX payments_by_user ON payments (user_id, created_at_ms)
CREATE TABLE spend_days (user_id TEXT NOT NULL, app_id TEXT NOT NULL, currency TEXT NOT NULL, day BIGINT NOT NULL, spent_minor BIGINT NOT NULL CHECK (spent_minor >= 0), PRIMARY KEY (user_id, app_id, currency))
CREATE INDEX payments_by_state ON payments (state, updated_at_ms)
CREATE INDEX orders_by_time ON orders (merchant_id, created_at_ms, order_id)
CREATE INDEX orders_by_expiry ON orders (state, expires_at_ms)
DROP TRIGGER ledger_entries_no_UPDATE
DROP TRIGGER ledger_entries_no_DELETE
DROP TRIGGER ledger_transactions_no_UPDATE
DROP TRIGGER ledger_transactions_no_DELETE
CREATE TABLE ledger_transactions_next (id TEXT PRIMARY KEY, kind TEXT NOT NULL CHECK (kind IN ('funding', 'payment', 'refund')), reference TEXT, created_at_ms BIGINT NOT NULL, UNIQUE (kind, reference))
INSERT INTO ledger_transactions_next SELECT id, kind, payment_id, created_at_ms FROM ledger_transactions
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
CREATE TABLE refunds (id TEXT PRIMARY KEY, merchant_id TEXT NOT NULL, order_id TEXT NOT NULL, payment_id TEXT NOT NULL REFERENCES payments (id), currency TEXT NOT NULL, amount_minor BIGINT NOT NULL CHECK (amount_minor > 0), reason TEXT NOT NULL, state TEXT NOT NULL CHECK (state IN ('pending', 'unknown', 'succeeded', 'failed')), created_at_ms BIGINT NOT NULL, updated_at_ms BIGINT NOT NULL, FOREIGN KEY (merchant_id, order_id) REFERENCES orders (merchant_id, order_id))
CREATE INDEX refunds_by_order ON refunds (merchant_id, order_id, created_at_ms)
CREATE INDEX refunds_by_state ON refunds (state, updated_at_ms)
CREATE TABLE webhooks (merchant_id TEXT PRIMARY KEY REFERENCES merchants (id), url TEXT NOT NULL, updated_at_ms BIGINT NOT NULL)
CREATE TABLE outbox_events (seq BIGINT PRIMARY KEY, id TEXT NOT NULL UNIQUE, merchant_id TEXT NOT NULL, subject TEXT NOT NULL, type TEXT NOT NULL, data_json TEXT NOT NULL, state TEXT NOT NULL CHECK (state IN ('waiting', 'delivered', 'dead')), attempts BIGINT NOT NULL, last_error TEXT NOT NULL, created_at_ms BIGINT NOT NULL, next_attempt_at_ms BIGINT NOT NULL, delivered_at_ms BIGINT NOT NULL)
CREATE INDEX outbox_by_subject ON outbox_events (merchant_id, subject, state, seq)
CREATE INDEX outbox_by_attempt ON outbox_events (merchant_id, state, next_attempt_at_ms)
CREATE INDEX outbox_by_age ON outbox_events (created_at_ms)
INSERT INTO spend_days VALUES ('anna','','RUB',19675,1990)
INSERT INTO refunds VALUES ('f1','post','o1','p1','RUB',100,'damaged','succeeded',1700000000000,1700000000000)
INSERT INTO webhooks VALUES ('post','https://post.example/kiosk',1700000000000)
INSERT INTO outbox_events VALUES (1,'e1','post','ORDER-1','order.captured','{"orderId":"ORDER-1"}','waiting',0,'',1700000000000,1700000000000,0)
INSERT INTO schema_version (version, name) VALUES (8, 'order states, refunds and events')
