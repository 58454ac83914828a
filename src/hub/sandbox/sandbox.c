/* The provider as a whole: opening, time passing, and its books. */
#include "sandbox/sandbox.h"

#include <stdlib.h>
#include <string.h>

#include "base/base64.h"
#include "base/utf8.h"
#include "sandbox/sandbox_own.h"

#include "sandbox/sandbox_schema.inc"

static const char *const schema[] = { schema_0001_sandbox_sql };

void sandbox_times_init(struct sandbox_times *times)
{
	/* Waits between notices: those of WeChat Pay, 24 hours in all. */
	static const int64_t waits_s[] = { 15, 15, 30, 180, 600, 1200, 1800, 1800, 1800, 3600,
					   10800, 10800, 10800, 21600, 21600 };

	memset(times, 0, sizeof *times);
	times->wait_ms = 3000;
	times->pin_ms = 5000;
	times->refund_ms = 2000;
	times->again_ms = 1000;
	times->n_notice = sizeof waits_s / sizeof waits_s[0];
	for (size_t i = 0; i < times->n_notice; i++)
		times->notice_ms[i] = waits_s[i] * 1000;
}

int64_t sandbox_now(const struct sandbox *sandbox)
{
	return sandbox->options.ports.now_ms(sandbox->options.ports.ctx);
}

enum fault_code random_token(struct sandbox *sandbox, char *out, struct fault *fault)
{
	uint8_t bytes[16];
	enum fault_code code = sandbox->options.ports.random(sandbox->options.ports.ctx, bytes, sizeof bytes);

	if (code)
		return fault_set(fault, code, NULL, NULL);
	base64_format(BASE64_URL, bytes, sizeof bytes, out);
	return FAULT_NONE;
}

enum fault_code sandbox_open(const struct sandbox_options *options, struct sandbox **ret,
			     struct fault *fault)
{
	struct sandbox *s = calloc(1, sizeof *s);
	enum fault_code code;

	if (!s)
		return fault_set(fault, FAULT_OUT_OF_MEMORY, NULL, NULL);
	s->options = *options;
	code = db_open(options->db_url, schema, sizeof schema / sizeof schema[0], &s->db, fault);
	if (code) {
		free(s);
		return code;
	}
	s->options.db_url = NULL;
	*ret = s;
	return FAULT_NONE;
}

void sandbox_close(struct sandbox *sandbox)
{
	if (!sandbox)
		return;
	db_close(sandbox->db);
	free(sandbox);
}

enum fault_code sandbox_set_merchant(struct sandbox *s, const char *number, const char *name,
				     const uint8_t public_key[SIGN_PUBLIC_SIZE], struct fault *fault)
{
	char plain[SANDBOX_NAME_MAX + 1];
	int64_t changed = 0;
	enum fault_code code;

	if (!is_number(number))
		return fault_set(fault, FAULT_INPUT_BAD_TEXT, "merchant", "32");
	utf8_copy_plain(plain, sizeof plain, name);
	code = db_run(s->db, "UPDATE merchant SET name = ?2, public_key = ?3 WHERE number = ?1",
		      DB_VALUES(db_text(number), db_text(plain), db_bytes(public_key, SIGN_PUBLIC_SIZE)),
		      &changed, fault);
	if (!code && changed == 0)
		code = db_run(s->db, "INSERT INTO merchant (number, name, public_key) VALUES (?1, ?2, ?3)",
			      DB_VALUES(db_text(number), db_text(plain), db_bytes(public_key, SIGN_PUBLIC_SIZE)),
			      NULL, fault);
	return code;
}

/* One payment that is due; *ret_more says whether there was one. */
static enum fault_code live_one(struct sandbox *s, int64_t now_ms, bool *ret_more, struct fault *fault)
{
	char merchant[SANDBOX_MERCHANT_MAX + 1] = "", out_no[NUMBER_MAX + 1] = "";
	struct db_rows *rows;
	struct payment p;
	bool found;
	enum fault_code code = db_query(s->db, "SELECT merchant, out_no FROM payment WHERE next_ms <= ?1 "
					"ORDER BY next_ms LIMIT 1", DB_VALUES(db_number(now_ms)), &rows, fault);

	if (code)
		return code;
	*ret_more = db_next(rows);
	if (*ret_more) {
		utf8_copy(merchant, sizeof merchant, db_row_text(rows, 0));
		utf8_copy(out_no, sizeof out_no, db_row_text(rows, 1));
	}
	code = db_end(rows);
	if (!code && *ret_more)
		code = payment_find(s, merchant, out_no, &p, &found, fault);
	return code;
}

static enum fault_code live(struct sandbox *s, int64_t now_ms, struct fault *fault)
{
	bool more = true;
	enum fault_code code = db_begin(s->db, fault);

	if (code)
		return code;
	while (more && !code)
		code = live_one(s, now_ms, &more, fault);
	if (!code)
		code = db_run(s->db, "DELETE FROM nonce WHERE at_ms < ?1",
			      DB_VALUES(db_number(now_ms - 2 * CLOCK_S * 1000)), NULL, fault);
	if (!code)
		code = db_commit(s->db, fault);
	if (code)
		db_rollback(s->db);
	return code;
}

enum fault_code sandbox_tick(struct sandbox *s, struct fault *fault)
{
	int64_t now_ms = sandbox_now(s);
	enum fault_code code = live(s, now_ms, fault);

	return code ? code : notice_send(s, now_ms, fault);
}

static int64_t first_number(struct sandbox *s, const char *sql, int64_t otherwise)
{
	struct db_rows *rows;
	int64_t number = otherwise;

	if (db_query(s->db, sql, NULL, 0, &rows, NULL))
		return otherwise;
	if (db_next(rows))
		number = db_row_number(rows, 0);
	return db_end(rows) ? otherwise : number;
}

int64_t sandbox_next_ms(struct sandbox *s)
{
	int64_t payment = first_number(s, "SELECT next_ms FROM payment ORDER BY next_ms LIMIT 1",
				       SANDBOX_NEVER);
	int64_t notice = first_number(s, "SELECT due_ms FROM notice WHERE state = 'open' "
				      "ORDER BY due_ms LIMIT 1", SANDBOX_NEVER);

	return payment < notice ? payment : notice;
}

enum fault_code sandbox_sum(struct sandbox *s, const char *merchant, struct sandbox_sums *ret,
			    struct fault *fault)
{
	struct db_rows *rows;
	struct sandbox_sums sums = { 0, 0, 0, 0 };
	enum fault_code code = db_query(s->db, "SELECT COUNT(*), COALESCE(SUM(amount_minor), 0), "
		"COALESCE(SUM(given_back_minor), 0), (SELECT COUNT(*) FROM notice "
		"WHERE merchant = ?1 AND state = 'open') FROM capture WHERE merchant = ?1",
		DB_VALUES(db_text(merchant)), &rows, fault);

	if (code)
		return code;
	if (db_next(rows))
		sums = (struct sandbox_sums){ db_row_number(rows, 0), db_row_number(rows, 1),
					      db_row_number(rows, 2), db_row_number(rows, 3) };
	code = db_end(rows);
	if (!code)
		*ret = sums;
	return code;
}
