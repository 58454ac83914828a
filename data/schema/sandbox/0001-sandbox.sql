-- The practice provider's books.
CREATE TABLE merchant (
	number     TEXT PRIMARY KEY,
	name       TEXT NOT NULL,
	public_key BLOB NOT NULL
);
-- Requests are taken once; a nonce is kept as long as its timestamp is good.
CREATE TABLE nonce (
	merchant TEXT NOT NULL,
	nonce    TEXT NOT NULL,
	at_ms    BIGINT NOT NULL,
	PRIMARY KEY (merchant, nonce)
);
CREATE INDEX nonce_age ON nonce (at_ms);
CREATE TABLE payment (
	merchant     TEXT NOT NULL,
	out_no       TEXT NOT NULL,
	by_code      BIGINT NOT NULL,
	state        BIGINT NOT NULL,
	customer     BIGINT NOT NULL,          -- -1 until one has come
	wallet       TEXT NOT NULL,
	amount_minor BIGINT NOT NULL,
	currency     TEXT NOT NULL,
	created_ms   BIGINT NOT NULL,
	expires_ms   BIGINT NOT NULL,
	deed         BIGINT NOT NULL,          -- what the customer is still to do, and when
	deed_ms      BIGINT NOT NULL,
	silent       BIGINT NOT NULL,
	erring       BIGINT NOT NULL,
	recalls      BIGINT NOT NULL,
	refusal      TEXT NOT NULL,
	token        TEXT NOT NULL UNIQUE,     -- of its wallet page
	notify_url   TEXT NOT NULL,
	digest       BLOB NOT NULL,            -- of the request; never the payment code
	next_ms      BIGINT NOT NULL,
	PRIMARY KEY (merchant, out_no)
);
CREATE INDEX payment_due ON payment (next_ms);
-- What wallets have paid: one row a payment as a rule, two when it was paid twice.
CREATE TABLE capture (
	merchant         TEXT NOT NULL,
	out_no           TEXT NOT NULL,
	n                BIGINT NOT NULL,
	channel_no       TEXT NOT NULL UNIQUE,
	wallet           TEXT NOT NULL,
	amount_minor     BIGINT NOT NULL,
	paid_ms          BIGINT NOT NULL,
	given_back_minor BIGINT NOT NULL DEFAULT 0,
	revoked_ms       BIGINT NOT NULL DEFAULT 0,
	PRIMARY KEY (merchant, out_no, n)
);
CREATE INDEX capture_day ON capture (merchant, paid_ms);
CREATE TABLE refund (
	merchant     TEXT NOT NULL,
	refund_no    TEXT NOT NULL,
	refund_id    TEXT NOT NULL UNIQUE,
	out_no       TEXT NOT NULL,
	channel_no   TEXT NOT NULL,
	asked_for    TEXT NOT NULL,            -- the channel number the request named, "" none
	amount_minor BIGINT NOT NULL,
	accepted_ms  BIGINT NOT NULL,
	done_ms      BIGINT NOT NULL,
	PRIMARY KEY (merchant, refund_no)
);
CREATE INDEX refund_day ON refund (merchant, accepted_ms);
CREATE INDEX refund_payment ON refund (merchant, out_no);
CREATE TABLE notice (
	id       BIGINT PRIMARY KEY,
	merchant TEXT NOT NULL,
	url      TEXT NOT NULL,
	body     TEXT NOT NULL,
	tries    BIGINT NOT NULL,
	repeats  BIGINT NOT NULL,              -- sent again that often although it was taken
	due_ms   BIGINT NOT NULL,
	state    TEXT NOT NULL                 -- open, taken, lost, given_up
);
CREATE INDEX notice_due ON notice (state, due_ms);
