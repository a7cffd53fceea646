-- The store as version 12 wrote it, with a row in each table. One statement a line.
CREATE TABLE IF NOT EXISTS schema_version (version BIGINT PRIMARY KEY, name TEXT NOT NULL)
CREATE TABLE users (id TEXT PRIMARY KEY, first_name TEXT NOT NULL, last_name TEXT NOT NULL, username TEXT NOT NULL, photo_url TEXT NOT NULL, language TEXT NOT NULL, phone TEXT NOT NULL)
CREATE TABLE chats (id TEXT PRIMARY KEY, title TEXT NOT NULL)
CREATE TABLE chat_members (chat_id TEXT NOT NULL REFERENCES chats (id), user_id TEXT NOT NULL REFERENCES users (id), PRIMARY KEY (chat_id, user_id))
CREATE INDEX chat_members_by_user ON chat_members (user_id)
CREATE TABLE messages (id TEXT PRIMARY KEY, chat_id TEXT NOT NULL REFERENCES chats (id), sender_id TEXT NOT NULL REFERENCES users (id), via_app_id TEXT NOT NULL, via_app_name TEXT NOT NULL, body TEXT NOT NULL, link TEXT NOT NULL, attachment TEXT NOT NULL, created_at_ms BIGINT NOT NULL)
CREATE INDEX messages_by_chat ON messages (chat_id, created_at_ms)
INSERT INTO users VALUES ('anna','Anna','Orlova','anna','','ru','79990001122')
INSERT INTO chats VALUES ('c1','Family')
INSERT INTO chat_members VALUES ('c1','anna')
INSERT INTO messages VALUES ('m1','c1','anna','ru.post.parcel','Parcel','hello','','',1700000000000)
INSERT INTO schema_version (version, name) VALUES (1, 'messenger')
CREATE TABLE grants (user_id TEXT NOT NULL, app_id TEXT NOT NULL, permission TEXT NOT NULL, receipt_id TEXT NOT NULL UNIQUE, code_hash TEXT NOT NULL, consent_hash TEXT NOT NULL, language TEXT NOT NULL, purpose TEXT NOT NULL, granted_at_ms BIGINT NOT NULL, PRIMARY KEY (user_id, app_id, permission))
CREATE TABLE grants_ended (receipt_id TEXT PRIMARY KEY, user_id TEXT NOT NULL, app_id TEXT NOT NULL, permission TEXT NOT NULL, granted_at_ms BIGINT NOT NULL, ended_at_ms BIGINT NOT NULL)
CREATE TABLE storage_usage (user_id TEXT NOT NULL, app_id TEXT NOT NULL, bytes BIGINT NOT NULL CHECK (bytes >= 0), items BIGINT NOT NULL CHECK (items >= 0), PRIMARY KEY (user_id, app_id))
CREATE TABLE storage_items (user_id TEXT NOT NULL, app_id TEXT NOT NULL, item_key TEXT NOT NULL, bytes BIGINT NOT NULL CHECK (bytes > 0), value_json TEXT NOT NULL, PRIMARY KEY (user_id, app_id, item_key))
CREATE TABLE tickets (id TEXT PRIMARY KEY, user_id TEXT NOT NULL, app_id TEXT NOT NULL, app_name TEXT NOT NULL, topic TEXT NOT NULL, reference TEXT NOT NULL, context TEXT NOT NULL, state TEXT NOT NULL CHECK (state IN ('open', 'closed')), created_at_ms BIGINT NOT NULL)
CREATE INDEX tickets_by_user ON tickets (user_id, app_id)
INSERT INTO grants VALUES ('anna','ru.post.parcel','identity.basic','r1','code','consent','ru','delivery',1700000000000)
INSERT INTO storage_usage VALUES ('anna','ru.post.parcel',8,1)
INSERT INTO storage_items VALUES ('anna','ru.post.parcel','k',8,'"value"')
INSERT INTO tickets VALUES ('t1','anna','ru.post.parcel','Parcel','late','','','open',1700000000000)
INSERT INTO schema_version (version, name) VALUES (2, 'grants, storage and tickets')
CREATE TABLE merchants (id TEXT PRIMARY KEY, name TEXT NOT NULL)
CREATE TABLE merchant_keys (merchant_id TEXT NOT NULL REFERENCES merchants (id), kid TEXT NOT NULL, public_key TEXT NOT NULL, revoked BIGINT NOT NULL CHECK (revoked IN (0, 1)), PRIMARY KEY (merchant_id, kid))
CREATE TABLE payments (id TEXT PRIMARY KEY, merchant_id TEXT NOT NULL, order_id TEXT NOT NULL, user_id TEXT NOT NULL, app_id TEXT NOT NULL, currency TEXT NOT NULL, amount_minor BIGINT NOT NULL CHECK (amount_minor BETWEEN 1 AND 1000000000000), wallet TEXT NOT NULL CHECK (wallet IN ('ledger', 'host')), state TEXT NOT NULL CHECK (state IN ('confirmed', 'paid', 'failed')), result_json TEXT NOT NULL, created_at_ms BIGINT NOT NULL, updated_at_ms BIGINT NOT NULL)
CREATE TABLE orders (merchant_id TEXT NOT NULL, order_id TEXT NOT NULL, token_hash TEXT NOT NULL, user_id TEXT NOT NULL, app_id TEXT NOT NULL, state TEXT NOT NULL CHECK (state IN ('created', 'confirmed', 'paid', 'failed')), payment_id TEXT NOT NULL REFERENCES payments (id), PRIMARY KEY (merchant_id, order_id))
CREATE TABLE idempotency_keys (user_id TEXT NOT NULL, app_id TEXT NOT NULL, key TEXT NOT NULL, params_hash TEXT NOT NULL, payment_id TEXT NOT NULL REFERENCES payments (id), PRIMARY KEY (user_id, app_id, key))
CREATE TABLE accounts (id TEXT PRIMARY KEY, owner_kind TEXT NOT NULL CHECK (owner_kind IN ('user', 'merchant', 'host')), owner_id TEXT NOT NULL, currency TEXT NOT NULL, overdraft BIGINT NOT NULL CHECK (overdraft IN (0, 1)), balance_minor BIGINT NOT NULL CHECK (overdraft = 1 OR balance_minor >= 0), CHECK (balance_minor BETWEEN -1000000000000000 AND 1000000000000000), UNIQUE (owner_kind, owner_id, currency))
CREATE TABLE ledger_transactions (id TEXT PRIMARY KEY, kind TEXT NOT NULL CHECK (kind IN ('funding', 'payment')), payment_id TEXT UNIQUE, created_at_ms BIGINT NOT NULL)
CREATE TABLE ledger_entries (transaction_id TEXT NOT NULL REFERENCES ledger_transactions (id), line BIGINT NOT NULL, account_id TEXT NOT NULL REFERENCES accounts (id), amount_minor BIGINT NOT NULL CHECK (amount_minor <> 0 AND amount_minor BETWEEN -1000000000000 AND 1000000000000), PRIMARY KEY (transaction_id, line))
CREATE INDEX ledger_entries_by_account ON ledger_entries (account_id)
INSERT INTO merchants VALUES ('post','Post')
INSERT INTO payments VALUES ('p1','post','o1','anna','ru.post.parcel','RUB',1990,'ledger','paid','{}',1700000000000,1700000000000)
INSERT INTO orders VALUES ('post','o1','hash','anna','ru.post.parcel','paid','p1')
INSERT INTO accounts VALUES ('user:RUB:anna','user','anna','RUB',0,8010)
INSERT INTO accounts VALUES ('host:RUB:bank','host','bank','RUB',1,-8010)
INSERT INTO ledger_transactions VALUES ('x1','funding',NULL,1700000000000)
INSERT INTO ledger_entries VALUES ('x1',0,'user:RUB:anna',8010)
INSERT INTO ledger_entries VALUES ('x1',1,'host:RUB:bank',-8010)
INSERT INTO schema_version (version, name) VALUES (3, 'payments')
CREATE TRIGGER ledger_entries_no_UPDATE BEFORE UPDATE ON ledger_entries BEGIN SELECT RAISE(ABORT, 'append only'); END
CREATE TRIGGER ledger_entries_no_DELETE BEFORE DELETE ON ledger_entries BEGIN SELECT RAISE(ABORT, 'append only'); END
CREATE TRIGGER ledger_transactions_no_UPDATE BEFORE UPDATE ON ledger_transactions BEGIN SELECT RAISE(ABORT, 'append only'); END
CREATE TRIGGER ledger_transactions_no_DELETE BEFORE DELETE ON ledger_transactions BEGIN SELECT RAISE(ABORT, 'append only'); END
INSERT INTO schema_version (version, name) VALUES (4, 'ledger is append-only')
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
CREATE TABLE secure_owners (user_id TEXT NOT NULL, app_id TEXT NOT NULL, key_id TEXT NOT NULL, wrapped_key TEXT NOT NULL, PRIMARY KEY (user_id, app_id))
CREATE TABLE secure_items (user_id TEXT NOT NULL, app_id TEXT NOT NULL, item_name TEXT NOT NULL, bytes BIGINT NOT NULL CHECK (bytes > 0), sealed TEXT NOT NULL, PRIMARY KEY (user_id, app_id, item_name), FOREIGN KEY (user_id, app_id) REFERENCES secure_owners (user_id, app_id))
INSERT INTO secure_owners VALUES ('anna','ru.post.parcel','0123456789abcdef','AAAA')
INSERT INTO secure_items VALUES ('anna','ru.post.parcel','00',5,'AAAA')
INSERT INTO schema_version (version, name) VALUES (6, 'secure storage')
CREATE TABLE chat_reads (chat_id TEXT NOT NULL REFERENCES chats (id), user_id TEXT NOT NULL, read_at_ms BIGINT NOT NULL, PRIMARY KEY (chat_id, user_id))
INSERT INTO chat_reads VALUES ('c1','anna',1)
INSERT INTO schema_version (version, name) VALUES (7, 'read marks')
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
CREATE TABLE partner_nonces (merchant_id TEXT NOT NULL REFERENCES merchants (id), nonce TEXT NOT NULL, until_ms BIGINT NOT NULL, PRIMARY KEY (merchant_id, nonce))
CREATE INDEX partner_nonces_by_age ON partner_nonces (until_ms)
CREATE TABLE partner_answers (merchant_id TEXT NOT NULL REFERENCES merchants (id), key TEXT NOT NULL, request_hash TEXT NOT NULL, status BIGINT NOT NULL, type TEXT NOT NULL, body TEXT NOT NULL, created_at_ms BIGINT NOT NULL, PRIMARY KEY (merchant_id, key))
CREATE INDEX partner_answers_by_age ON partner_answers (created_at_ms)
INSERT INTO partner_nonces VALUES ('post','nonce-0000000001',1700000000000)
INSERT INTO partner_answers VALUES ('post','key-1','hash',201,'application/json','{}',1700000000000)
INSERT INTO schema_version (version, name) VALUES (9, 'partner api')
CREATE TABLE login_provider (id BIGINT PRIMARY KEY CHECK (id = 1), issuer TEXT NOT NULL, updated_at_ms BIGINT NOT NULL)
CREATE TABLE login_clients (app_id TEXT PRIMARY KEY, merchant_id TEXT NOT NULL REFERENCES merchants (id), created_at_ms BIGINT NOT NULL)
CREATE INDEX login_clients_by_merchant ON login_clients (merchant_id, app_id)
CREATE TABLE login_codes (code_hash TEXT PRIMARY KEY, app_id TEXT NOT NULL, user_id TEXT NOT NULL, scope TEXT NOT NULL, issuer TEXT NOT NULL, code_challenge TEXT NOT NULL, receipt_id TEXT NOT NULL, sealed TEXT NOT NULL, used BIGINT NOT NULL CHECK (used IN (0, 1)), issued_at_ms BIGINT NOT NULL, expires_at_ms BIGINT NOT NULL)
CREATE INDEX login_codes_by_user ON login_codes (user_id, app_id, issued_at_ms)
CREATE INDEX login_codes_by_age ON login_codes (expires_at_ms)
CREATE TABLE login_tokens (token_hash TEXT PRIMARY KEY, code_hash TEXT NOT NULL, app_id TEXT NOT NULL, user_id TEXT NOT NULL, receipt_id TEXT NOT NULL, sealed TEXT NOT NULL, issued_at_ms BIGINT NOT NULL, expires_at_ms BIGINT NOT NULL)
CREATE INDEX login_tokens_by_code ON login_tokens (code_hash)
CREATE INDEX login_tokens_by_user ON login_tokens (user_id)
CREATE INDEX login_tokens_by_age ON login_tokens (expires_at_ms)
CREATE TABLE login_assertions (app_id TEXT NOT NULL, jti_hash TEXT NOT NULL, until_ms BIGINT NOT NULL, PRIMARY KEY (app_id, jti_hash))
CREATE INDEX login_assertions_by_age ON login_assertions (until_ms)
INSERT INTO login_provider VALUES (1,'https://id.example',1700000000000)
INSERT INTO login_clients VALUES ('org.example.app','post',1700000000000)
INSERT INTO login_codes VALUES ('c0','org.example.app','anna','openid','https://id.example','ch','r1','sealed',1,1700000000000,1700000300000)
INSERT INTO login_tokens VALUES ('t0','c0','org.example.app','anna','r1','sealed',1700000000000,1700000600000)
INSERT INTO login_assertions VALUES ('org.example.app','j0',1700000000000)
INSERT INTO schema_version (version, name) VALUES (10, 'log-in')
CREATE TABLE subscriptions (id TEXT PRIMARY KEY, merchant_id TEXT NOT NULL REFERENCES merchants (id), plan_id TEXT NOT NULL, plan_nonce TEXT, token_hash TEXT NOT NULL, title TEXT NOT NULL, payee TEXT NOT NULL, user_id TEXT NOT NULL, app_id TEXT NOT NULL, payer TEXT NOT NULL, idem_key TEXT, params_hash TEXT NOT NULL, currency TEXT NOT NULL, amount_minor BIGINT NOT NULL CHECK (amount_minor BETWEEN 1 AND 1000000000000), period_unit TEXT NOT NULL CHECK (period_unit IN ('days', 'weeks', 'months')), period_count BIGINT NOT NULL CHECK (period_count BETWEEN 1 AND 366), periods_max BIGINT NOT NULL CHECK (periods_max BETWEEN 1 AND 10000), state TEXT NOT NULL CHECK (state IN ('pending', 'active', 'past_due', 'cancelled', 'ended')), reason TEXT NOT NULL, anchor_ms BIGINT NOT NULL, next_period BIGINT NOT NULL CHECK (next_period >= 0), next_charge_at_ms BIGINT NOT NULL, failures BIGINT NOT NULL CHECK (failures >= 0), open_payment TEXT NOT NULL, consent_id TEXT NOT NULL, mandate TEXT NOT NULL, events BIGINT NOT NULL, created_at_ms BIGINT NOT NULL, updated_at_ms BIGINT NOT NULL, UNIQUE (merchant_id, plan_nonce), UNIQUE (user_id, app_id, idem_key))
CREATE INDEX subscriptions_by_due ON subscriptions (state, next_charge_at_ms)
CREATE INDEX subscriptions_by_open ON subscriptions (open_payment)
CREATE INDEX subscriptions_by_time ON subscriptions (merchant_id, created_at_ms, id)
CREATE TABLE subscription_charges (subscription_id TEXT NOT NULL REFERENCES subscriptions (id), period BIGINT NOT NULL CHECK (period >= 0), payment_id TEXT NOT NULL UNIQUE REFERENCES payments (id), due_at_ms BIGINT NOT NULL, charged_at_ms BIGINT NOT NULL CHECK (charged_at_ms >= due_at_ms), PRIMARY KEY (subscription_id, period))
CREATE TABLE refund_tokens (merchant_id TEXT NOT NULL REFERENCES merchants (id), nonce TEXT NOT NULL, token_hash TEXT NOT NULL, refund_id TEXT NOT NULL REFERENCES refunds (id), until_ms BIGINT NOT NULL, PRIMARY KEY (merchant_id, nonce))
CREATE INDEX refund_tokens_by_age ON refund_tokens (until_ms)
INSERT INTO subscriptions VALUES ('s1','post','plan-1','nonce-0000000001','hash','Parcel plus','Post Office','anna','ru.post.parcel','pairwise','key-1','params','RUB',19900,'months',1,10000,'active','',1700000000000,1,1702592000000,0,'','receipt-1','a.b.c',2,1700000000000,1700000000000)
INSERT INTO subscription_charges VALUES ('s1',0,'p1',1700000000000,1700000000000)
INSERT INTO refund_tokens VALUES ('post','nonce-0000000001','hash','f1',1700000000000)
INSERT INTO schema_version (version, name) VALUES (11, 'subscriptions')
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
