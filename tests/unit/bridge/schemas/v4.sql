-- What version 4 added to the store of the version before, with a row in each new table.
CREATE TRIGGER ledger_entries_no_UPDATE BEFORE UPDATE ON ledger_entries BEGIN SELECT RAISE(ABORT, 'append only'); END
CREATE TRIGGER ledger_entries_no_DELETE BEFORE DELETE ON ledger_entries BEGIN SELECT RAISE(ABORT, 'append only'); END
CREATE TRIGGER ledger_transactions_no_UPDATE BEFORE UPDATE ON ledger_transactions BEGIN SELECT RAISE(ABORT, 'append only'); END
CREATE TRIGGER ledger_transactions_no_DELETE BEFORE DELETE ON ledger_transactions BEGIN SELECT RAISE(ABORT, 'append only'); END
INSERT INTO schema_version (version, name) VALUES (4, 'ledger is append-only')
