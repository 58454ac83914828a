-- The hub's ledgers. The merchant leads the key of every hot table, so that
-- the schema moves as it stands to a database that is spread by it.
CREATE TABLE merchant (
	id       BLOB PRIMARY KEY,
	name     TEXT NOT NULL,
	currency TEXT NOT NULL,
	events   BIGINT NOT NULL DEFAULT 0   -- number of the last event
);
CREATE TABLE store (
	merchant BLOB NOT NULL REFERENCES merchant,
	id       BLOB NOT NULL,
	number   TEXT NOT NULL,
	name     TEXT NOT NULL,
	PRIMARY KEY (merchant, id),
	UNIQUE (merchant, number)
);
CREATE TABLE till (
	merchant          BLOB NOT NULL,
	id                BLOB NOT NULL UNIQUE,  -- the keyid of its signatures
	store             BLOB NOT NULL,
	number            TEXT NOT NULL,
	state             TEXT NOT NULL,         -- new, active, revoked
	next_order_number BIGINT NOT NULL DEFAULT 1,
	previous_head     TEXT NOT NULL DEFAULT '',
	PRIMARY KEY (merchant, id),
	FOREIGN KEY (merchant, store) REFERENCES store
);
-- Two at the most: the one in use, and the one that replaces it until it was used.
CREATE TABLE till_key (
	merchant   BLOB NOT NULL,
	till       BLOB NOT NULL,
	public_key BLOB NOT NULL,
	generation BIGINT NOT NULL,
	PRIMARY KEY (merchant, till, generation),
	FOREIGN KEY (merchant, till) REFERENCES till
);
CREATE TABLE enrol_code (
	digest     BLOB PRIMARY KEY,             -- SHA-256 of the secret
	merchant   BLOB NOT NULL,
	till       BLOB NOT NULL,
	expires_ms BIGINT NOT NULL,
	used       BIGINT NOT NULL DEFAULT 0,
	FOREIGN KEY (merchant, till) REFERENCES till
);
CREATE TABLE cashier (
	merchant BLOB NOT NULL REFERENCES merchant,
	id       TEXT NOT NULL,
	name     TEXT NOT NULL,
	role     TEXT NOT NULL,
	pin      TEXT NOT NULL,                  -- scrypt; empty: may not log in
	PRIMARY KEY (merchant, id)
);
CREATE TABLE product (
	merchant BLOB NOT NULL REFERENCES merchant,
	code     TEXT NOT NULL,
	body     TEXT NOT NULL,                  -- message product
	PRIMARY KEY (merchant, code)
);
-- No foreign key on the hot tables: what they name was checked when it was read.
CREATE TABLE orders (
	merchant    BLOB NOT NULL,
	id          BLOB NOT NULL,
	till        BLOB NOT NULL,
	number      BIGINT NOT NULL,
	state       TEXT NOT NULL,               -- open, paid, cleared
	total_minor BIGINT NOT NULL,
	paid_minor  BIGINT NOT NULL DEFAULT 0,
	created_ms  BIGINT NOT NULL,
	body        TEXT NOT NULL,               -- message order_request
	PRIMARY KEY (merchant, id)
);
CREATE TABLE payment (
	merchant    BLOB NOT NULL,
	id          BLOB NOT NULL,
	order_id    BLOB NOT NULL,
	till        BLOB NOT NULL,
	state       TEXT NOT NULL,
	version     BIGINT NOT NULL,
	attempt     BLOB NOT NULL,               -- the payment machine's, packed
	schedule    BLOB NOT NULL,
	next_ms     BIGINT NOT NULL,             -- when the poller looks again
	number      TEXT NOT NULL,               -- ours at the channel
	token       TEXT NOT NULL,               -- of the pay page; empty for a code
	wallet      TEXT NOT NULL DEFAULT '',
	pay_token   TEXT NOT NULL DEFAULT '',    -- the channel's, for the pay page
	expires_ms  BIGINT NOT NULL,
	reason      TEXT NOT NULL DEFAULT '',
	statement   TEXT NOT NULL DEFAULT '',    -- message statement, once it is final
	PRIMARY KEY (merchant, id)
);
CREATE INDEX payment_due ON payment (next_ms);
CREATE INDEX payment_order ON payment (merchant, order_id);
CREATE UNIQUE INDEX payment_number ON payment (number);
CREATE INDEX payment_token ON payment (token) WHERE token <> '';
-- First answer of every request with a key; the same key gives it again.
CREATE TABLE idempotency (
	merchant   BLOB NOT NULL,
	till       BLOB NOT NULL,
	key        TEXT NOT NULL,
	digest     BLOB NOT NULL,                -- SHA-256 of method, path and body
	status     BIGINT NOT NULL,
	reply      TEXT NOT NULL,
	created_ms BIGINT NOT NULL,
	PRIMARY KEY (merchant, till, key)
);
-- Nonces of signatures that changed something, for as long as they could come
-- again.
CREATE TABLE nonce (
	till       BLOB NOT NULL,
	nonce      TEXT NOT NULL,
	created_ms BIGINT NOT NULL,
	PRIMARY KEY (till, nonce)
);
CREATE INDEX nonce_age ON nonce (created_ms);
CREATE TABLE event (
	merchant BLOB NOT NULL,
	n        BIGINT NOT NULL,
	kind     TEXT NOT NULL,
	at_ms    BIGINT NOT NULL,
	body     TEXT NOT NULL,                  -- the message the kind names
	PRIMARY KEY (merchant, n)
);
-- Requests to a channel that are owed; a row goes with its answer.
CREATE TABLE outbox (
	merchant BLOB NOT NULL,
	payment  BLOB NOT NULL,
	effect   TEXT NOT NULL,                  -- pay, query, reverse, close
	at_ms    BIGINT NOT NULL,
	PRIMARY KEY (merchant, payment)
);
-- Notices of channels, each taken once.
CREATE TABLE notice (
	channel TEXT NOT NULL,
	id      TEXT NOT NULL,
	at_ms   BIGINT NOT NULL,
	PRIMARY KEY (channel, id)
);
-- Money that does not fit: never dropped, always for somebody to see.
CREATE TABLE exception_item (
	merchant     BLOB NOT NULL,
	payment      BLOB NOT NULL,
	channel_no   TEXT NOT NULL,
	kind         TEXT NOT NULL,
	disposition  TEXT NOT NULL,
	amount_minor BIGINT NOT NULL,
	at_ms        BIGINT NOT NULL,
	PRIMARY KEY (merchant, payment, channel_no)
);
