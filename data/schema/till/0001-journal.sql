-- journal.db: what happened at the till. Entries are only ever added.
CREATE TABLE entry (
	seq  INTEGER PRIMARY KEY,          -- from 1, gapless
	body BLOB NOT NULL,                -- canonical bytes
	hash BLOB NOT NULL                 -- SHA-256(hash before || body)
);
-- Effects asked for and not ended yet, one row each; the row goes with the
-- entry that ends it.
CREATE TABLE outbox (
	seq  INTEGER PRIMARY KEY,          -- of the entry that asked for it
	kind INTEGER NOT NULL
);
-- The state after an entry, so that a start reads only what came behind it.
CREATE TABLE snapshot (
	seq    INTEGER PRIMARY KEY,
	state  BLOB NOT NULL,
	digest BLOB NOT NULL               -- SHA-256(hash of the entry || state)
);
-- Where to find an order that was closed.
CREATE TABLE closed_order (
	number   INTEGER PRIMARY KEY,
	id       BLOB NOT NULL UNIQUE,
	opened   INTEGER NOT NULL,         -- sequence of the entry that opened it
	closed   INTEGER NOT NULL,         -- sequence of the entry that closed it
	prints   INTEGER NOT NULL DEFAULT 0
);
-- PINs are never entries.
CREATE TABLE pin (
	cashier TEXT PRIMARY KEY,
	hash    TEXT NOT NULL              -- scrypt
) WITHOUT ROWID;
