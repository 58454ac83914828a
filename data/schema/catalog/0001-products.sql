-- The catalogue: products, and the grams by which search finds them. It is
-- never changed in place: an import builds a new file and swaps it in.

-- What the catalogue as a whole is: generation (1, 2, … one more with each
-- import), products, imported_utc_ms, search_key (the version of keys and grams).
CREATE TABLE meta (
	name  TEXT PRIMARY KEY,
	value INTEGER NOT NULL
) WITHOUT ROWID;

-- In the order products first came. Amounts are minor units of `currency`
-- (ISO 4217 number), NULL when unknown; tax in basis points, -1 unknown.
CREATE TABLE product (
	id           INTEGER PRIMARY KEY,
	key          TEXT NOT NULL,     -- what codes are compared by
	digits       INTEGER NOT NULL,  -- 0: the key is the code; n: its last n digits are
	name         TEXT NOT NULL,
	folded       TEXT NOT NULL,     -- the search key's two texts
	initials     TEXT NOT NULL,
	unit         TEXT NOT NULL,
	spec         TEXT NOT NULL,
	category     TEXT NOT NULL,
	currency     INTEGER NOT NULL,
	price        INTEGER,
	member_price INTEGER,
	tax_bp       INTEGER NOT NULL
);
CREATE UNIQUE INDEX product_by_key ON product (key);

-- For each gram the ids of its products, in chunks; `last` is the chunk's last
-- id. ids: each id less the one before it, 7 bits a byte, low bits first, the
-- high bit set on all bytes but the last.
CREATE TABLE gram (
	gram INTEGER NOT NULL,
	last INTEGER NOT NULL,
	ids  BLOB NOT NULL,
	PRIMARY KEY (gram, last)
) WITHOUT ROWID;
