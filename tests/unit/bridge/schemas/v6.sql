-- What version 6 added to the store of the version before, with a row in each new table.
CREATE TABLE secure_owners (user_id TEXT NOT NULL, app_id TEXT NOT NULL, key_id TEXT NOT NULL, wrapped_key TEXT NOT NULL, PRIMARY KEY (user_id, app_id))
CREATE TABLE secure_items (user_id TEXT NOT NULL, app_id TEXT NOT NULL, item_name TEXT NOT NULL, bytes BIGINT NOT NULL CHECK (bytes > 0), sealed TEXT NOT NULL, PRIMARY KEY (user_id, app_id, item_name), FOREIGN KEY (user_id, app_id) REFERENCES secure_owners (user_id, app_id))
INSERT INTO secure_owners VALUES ('anna','ru.post.parcel','0123456789abcdef','AAAA')
INSERT INTO secure_items VALUES ('anna','ru.post.parcel','00',5,'AAAA')
INSERT INTO schema_version (version, name) VALUES (6, 'secure storage')
