/* Money goes back, whole or in parts: one refund for each number, and never
 * more than was paid. */
#include <string.h>

#include "base/utf8.h"
#include "sandbox/refund.h"

/* The refund's own rows in the books. */
static enum fault_code count(struct call *call, const char *out_no, int64_t *ret, struct fault *fault)
{
	struct db_rows *rows;
	enum fault_code code = db_query(call->sandbox->db,
		"SELECT COUNT(*) FROM refund WHERE merchant = ?1 AND out_no = ?2",
		DB_VALUES(db_text(call->merchant), db_text(out_no)), &rows, fault);

	if (code)
		return code;
	*ret = db_next(rows) ? db_row_number(rows, 0) : 0;
	return db_end(rows);
}

static enum fault_code keep(struct call *call, const struct refund *r, struct payment *p,
			    const struct capture *c, struct fault *fault)
{
	struct sandbox *s = call->sandbox;
	int64_t changed = 0;
	enum fault_code code = db_run(s->db, "UPDATE capture SET given_back_minor = given_back_minor + ?4 "
		"WHERE merchant = ?1 AND out_no = ?2 AND n = ?3 AND given_back_minor + ?4 <= amount_minor",
		DB_VALUES(db_text(p->merchant), db_text(p->out_no), db_number(c->n),
			  db_number(r->amount.minor)), &changed, fault);

	if (!code && changed == 0)
		return call_refuse(call, REFUSAL_REFUND_TOO_MUCH);
	if (!code)
		code = db_run(s->db, "INSERT INTO refund (merchant, refund_no, refund_id, out_no, channel_no, "
			"asked_for, amount_minor, accepted_ms, done_ms) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
			DB_VALUES(db_text(call->merchant), db_text(r->refund_no), db_text(r->refund_id),
				  db_text(r->out_no), db_text(r->channel_no), db_text(r->asked_for),
				  db_number(r->amount.minor), db_number(r->accepted_ms),
				  db_number(r->done_ms)), NULL, fault);
	/* A second payment given back leaves the first as it is. */
	if (c->n == 1)
		p->state = PAY_REFUND;
	if (!code)
		code = payment_save(s, p, fault);
	return code;
}

static enum fault_code begin(struct call *call, struct refund *r, struct payment *p, struct fault *fault)
{
	struct capture c;
	bool found = false;
	int64_t n = 0;
	enum fault_code code = capture_find(call->sandbox, p, r->asked_for[0] ? 0 : 1, r->asked_for, &c,
					    &found, fault);

	if (!code)
		code = count(call, p->out_no, &n, fault);
	if (!code)
		code = random_token(call->sandbox, r->refund_id, fault);
	if (code)
		return code;
	if (!found || c.revoked)
		return call_refuse(call, REFUSAL_ORDER_NOT_PAID);
	if (n >= REFUNDS_MAX)
		return call_refuse(call, REFUSAL_REFUND_TOO_MANY);
	if (r->amount.currency != p->amount.currency)
		return call_refuse(call, REFUSAL_PARAM_ERROR);
	utf8_copy(r->channel_no, sizeof r->channel_no, c.channel_no);
	r->accepted_ms = call->now_ms;
	r->done_ms = call->now_ms + call->sandbox->options.times.refund_ms;
	code = keep(call, r, p, &c, fault);
	if (!code && !call->refused)
		refund_answer(call, r);
	return code;
}

static bool read_wish(struct call *call, struct refund *r)
{
	memset(r, 0, sizeof *r);
	if (!call_text(call, "out_no", r->out_no, sizeof r->out_no) || !is_number(r->out_no))
		return false;
	utf8_copy(call->out_no, sizeof call->out_no, r->out_no);
	if (json_member(call->body, "channel_no") &&
	    !call_text(call, "channel_no", r->asked_for, sizeof r->asked_for))
		return false;
	return call_text(call, "refund_no", r->refund_no, sizeof r->refund_no) && is_number(r->refund_no) &&
	       call_money(call, &r->amount);
}

enum fault_code refund_create(struct call *call, struct fault *fault)
{
	struct refund r, there;
	struct payment p;
	bool found = false;
	enum fault_code code;

	if (!read_wish(call, &r))
		return call_refuse(call, REFUSAL_PARAM_ERROR);
	code = refund_find(call, r.refund_no, &there, &found, fault);
	if (code)
		return code;
	if (found && (strcmp(there.out_no, r.out_no) != 0 || strcmp(there.asked_for, r.asked_for) != 0 ||
		      there.amount.minor != r.amount.minor || there.amount.currency != r.amount.currency))
		return call_refuse(call, REFUSAL_REFUND_NO_USED);
	if (found) {
		refund_answer(call, &there);
		return FAULT_NONE;
	}
	code = payment_find(call->sandbox, call->merchant, r.out_no, &p, &found, fault);
	if (code)
		return code;
	return found ? begin(call, &r, &p, fault) : call_refuse(call, REFUSAL_ORDER_NOT_EXIST);
}
