/* How a refund stands: accepted, and done after a while. */
#include <string.h>

#include "base/utf8.h"
#include "sandbox/refund.h"

enum fault_code refund_find(struct call *call, const char *refund_no, struct refund *ret, bool *ret_found,
			    struct fault *fault)
{
	struct db_rows *rows;
	struct refund r;
	bool found;
	enum fault_code code = db_query(call->sandbox->db, "SELECT r.refund_no, r.out_no, r.refund_id, "
		"r.channel_no, r.asked_for, r.amount_minor, r.accepted_ms, r.done_ms, p.currency "
		"FROM refund r JOIN payment p ON p.merchant = r.merchant AND p.out_no = r.out_no "
		"WHERE r.merchant = ?1 AND r.refund_no = ?2",
		DB_VALUES(db_text(call->merchant), db_text(refund_no)), &rows, fault);

	if (code)
		return code;
	found = db_next(rows);
	if (found) {
		memset(&r, 0, sizeof r);
		utf8_copy(r.refund_no, sizeof r.refund_no, db_row_text(rows, 0));
		utf8_copy(r.out_no, sizeof r.out_no, db_row_text(rows, 1));
		utf8_copy(r.refund_id, sizeof r.refund_id, db_row_text(rows, 2));
		utf8_copy(r.channel_no, sizeof r.channel_no, db_row_text(rows, 3));
		utf8_copy(r.asked_for, sizeof r.asked_for, db_row_text(rows, 4));
		r.amount.minor = db_row_number(rows, 5);
		r.accepted_ms = db_row_number(rows, 6);
		r.done_ms = db_row_number(rows, 7);
		currency_parse(db_row_text(rows, 8), &r.amount.currency);
	}
	code = db_end(rows);
	if (code)
		return code;
	*ret_found = found;
	if (found)
		*ret = r;
	return FAULT_NONE;
}

void refund_answer(struct call *call, const struct refund *r)
{
	bool done = r->done_ms <= call->now_ms;
	struct json_writer w;

	json_writer_init(&w, &call->reply->body);
	json_put_object(&w, NULL);
	json_put_text(&w, "merchant", call->merchant);
	json_put_text(&w, "out_no", r->out_no);
	json_put_text(&w, "refund_no", r->refund_no);
	json_put_text(&w, "refund_id", r->refund_id);
	json_put_text(&w, "channel_no", r->channel_no);
	json_put_number(&w, "amount", r->amount.minor);
	json_put_text(&w, "currency", currency_letters(r->amount.currency));
	json_put_text(&w, "state", done ? "SUCCESS" : "PROCESSING");
	put_time(&w, "accepted_at", r->accepted_ms);
	if (done)
		put_time(&w, "done_at", r->done_ms);
	json_close(&w);
}

enum fault_code refund_get(struct call *call, struct fault *fault)
{
	struct refund r;
	bool found = false;
	enum fault_code code;

	if (!is_number(call->part))
		return call_refuse(call, REFUSAL_PARAM_ERROR);
	code = refund_find(call, call->part, &r, &found, fault);
	if (code)
		return code;
	if (!found)
		return call_refuse(call, REFUSAL_REFUND_NOT_EXIST);
	utf8_copy(call->out_no, sizeof call->out_no, r.out_no);
	refund_answer(call, &r);
	return FAULT_NONE;
}
