/* What the shell sets up: merchants, stores, tills, cashiers, codes. */
#include "service/hub_own.h"

#include <string.h>

#include "base/utf8.h"
#include "crypt/crypt.h"

static enum fault_code there(enum fault_code code, const char *what, struct fault *fault)
{
	return code == FAULT_STORE_EXISTS ? fault_set(fault, FAULT_HUB_ALREADY_THERE, what, NULL) : code;
}

enum fault_code hub_add_merchant(struct hub *hub, const char *name, enum currency currency,
				 struct ident *ret, struct fault *fault)
{
	enum fault_code code = hub_random_ident(hub, ret, fault);

	if (!code)
		code = db_run(hub->db, "INSERT INTO merchant (id, name, currency) VALUES (?1, ?2, ?3)",
			      DB_VALUES(db_ident(ret), db_text(name), db_text(currency_letters(currency))),
			      NULL, fault);
	return code;
}

enum fault_code hub_add_store(struct hub *hub, const struct ident *merchant, const char *number,
			      const char *name, struct ident *ret, struct fault *fault)
{
	enum fault_code code = hub_random_ident(hub, ret, fault);

	if (!code)
		code = db_run(hub->db, "INSERT INTO store (merchant, id, number, name) VALUES (?1, ?2, ?3, ?4)",
			      DB_VALUES(db_ident(merchant), db_ident(ret), db_text(number), db_text(name)),
			      NULL, fault);
	return there(code, number, fault);
}

/* One row by a query of (merchant, text, text): its ident. */
static enum fault_code find(struct hub *hub, const char *sql, const struct ident *merchant,
			    const char *first, const char *second, struct ident *ret,
			    struct fault *fault)
{
	struct db_rows *rows;
	bool found = false;
	enum fault_code code = db_query(hub->db, sql,
					DB_VALUES(db_ident(merchant), db_text(first), db_text(second)),
					&rows, fault);

	if (code)
		return code;
	if (db_next(rows)) {
		found = true;
		db_row_ident(rows, 0, ret);
	}
	code = db_end(rows);
	if (!code && !found)
		code = fault_set(fault, FAULT_HUB_NO_SUCH, second[0] ? second : first, NULL);
	return code;
}

static enum fault_code find_store(struct hub *hub, const struct ident *merchant, const char *number,
				  struct ident *ret, struct fault *fault)
{
	return find(hub, "SELECT id FROM store WHERE merchant = ?1 AND number = ?2 AND ?3 = ''",
		    merchant, number, "", ret, fault);
}

static enum fault_code find_till(struct hub *hub, const struct ident *merchant,
				 const char *store_number, const char *number, struct ident *ret,
				 struct fault *fault)
{
	return find(hub, "SELECT t.id FROM till t JOIN store s ON s.merchant = t.merchant AND s.id = t.store"
		    " WHERE t.merchant = ?1 AND s.number = ?2 AND t.number = ?3",
		    merchant, store_number, number, ret, fault);
}

enum fault_code hub_add_till(struct hub *hub, const struct ident *merchant, const char *store_number,
			     const char *number, struct ident *ret, struct fault *fault)
{
	struct ident store, other;
	enum fault_code code = find_store(hub, merchant, store_number, &store, fault);

	if (code)
		return code;
	if (!find_till(hub, merchant, store_number, number, &other, NULL))
		return fault_set(fault, FAULT_HUB_ALREADY_THERE, number, NULL);
	code = hub_random_ident(hub, ret, fault);
	if (!code)
		code = db_run(hub->db, "INSERT INTO till (merchant, id, store, number, state)"
			      " VALUES (?1, ?2, ?3, ?4, 'new')",
			      DB_VALUES(db_ident(merchant), db_ident(ret), db_ident(&store), db_text(number)),
			      NULL, fault);
	return code;
}

/* A cashier that is there already is changed: tills learn of it. */
enum fault_code hub_add_cashier(struct hub *hub, const struct ident *merchant, const char *id,
				const char *name, const char *role, const char *pin,
				struct fault *fault)
{
	struct wire_cashier event = { .id = "" };
	enum fault_code code = db_run(hub->db,
		"INSERT INTO cashier (merchant, id, name, role, pin) VALUES (?1, ?2, ?3, ?4, ?5)"
		" ON CONFLICT (merchant, id) DO UPDATE SET name = ?3, role = ?4, pin = ?5",
		DB_VALUES(db_ident(merchant), db_text(id), db_text(name), db_text(role), db_text(pin)),
		NULL, fault);

	if (code)
		return code;
	utf8_copy(event.id, sizeof event.id, id);
	utf8_copy(event.name, sizeof event.name, name);
	utf8_copy(event.role, sizeof event.role, role);
	utf8_copy(event.pin, sizeof event.pin, pin);
	return hub_add_event(hub, merchant, "cashier", WIRE_cashier, &event, fault);
}

enum fault_code hub_make_code(struct hub *hub, const struct ident *merchant, const char *store_number,
			      const char *number, int64_t valid_ms, ident_text ret_code,
			      struct fault *fault)
{
	struct ident till, secret;
	uint8_t digest[DIGEST_SIZE];
	enum fault_code code = find_till(hub, merchant, store_number, number, &till, fault);

	if (!code)
		code = hub_random_ident(hub, &secret, fault);
	if (code)
		return code;
	ident_format(&secret, ret_code);
	code = digest_sha256(ret_code, IDENT_LETTERS, digest);
	if (code)
		return fault_set(fault, code, NULL, NULL);
	return db_run(hub->db, "INSERT INTO enrol_code (digest, merchant, till, expires_ms) VALUES (?1, ?2, ?3, ?4)",
		      DB_VALUES(db_bytes(digest, sizeof digest), db_ident(merchant), db_ident(&till),
				db_number(hub_now(hub).utc_ms + valid_ms)), NULL, fault);
}

enum fault_code hub_revoke_till(struct hub *hub, const struct ident *merchant,
				const char *store_number, const char *number, struct fault *fault)
{
	struct ident till;
	enum fault_code code = find_till(hub, merchant, store_number, number, &till, fault);

	if (!code)
		code = db_run(hub->db, "UPDATE till SET state = 'revoked' WHERE merchant = ?1 AND id = ?2",
			      DB_VALUES(db_ident(merchant), db_ident(&till)), NULL, fault);
	if (!code)
		code = db_run(hub->db, "DELETE FROM till_key WHERE merchant = ?1 AND till = ?2",
			      DB_VALUES(db_ident(merchant), db_ident(&till)), NULL, fault);
	return code;
}

enum fault_code hub_find_merchant(struct hub *hub, const char *name, struct ident *ret,
				  enum currency *ret_currency, struct fault *fault)
{
	struct db_rows *rows;
	char letters[4] = "";
	size_t n = 0;
	enum fault_code code = db_query(hub->db,
		"SELECT id, currency FROM merchant WHERE name = ?1 OR ?1 = '' ORDER BY name LIMIT 2",
		DB_VALUES(db_text(name ? name : "")), &rows, fault);

	if (code)
		return code;
	while (db_next(rows)) {
		db_row_ident(rows, 0, ret);
		utf8_copy(letters, sizeof letters, db_row_text(rows, 1));
		n++;
	}
	code = db_end(rows);
	if (code)
		return code;
	if (n != 1)
		return fault_set(fault, n ? FAULT_HUB_WHICH_MERCHANT : FAULT_HUB_NO_SUCH,
				 name && name[0] ? name : "merchant", NULL);
	currency_parse(letters, ret_currency);
	return FAULT_NONE;
}
