/* GET /v1/till and /v1/time: who the till is, and when it is. */
#include "service/hub_own.h"

#include "base/utf8.h"
#include "service/till_answer.h"

enum fault_code till_answer(struct hub_call *call, struct fault *fault)
{
	struct wire_till_reply *a = call->answer;
	struct db_rows *rows;
	enum fault_code code = db_query(call->hub->db,
		"SELECT t.number, s.number, s.name,"
		" (SELECT count(*) FROM till_key k WHERE k.merchant = t.merchant AND k.till = t.id)"
		" FROM till t JOIN store s ON s.merchant = t.merchant AND s.id = t.store"
		" WHERE t.merchant = ?1 AND t.id = ?2",
		DB_VALUES(db_ident(&call->merchant), db_ident(&call->request->till)), &rows, fault);

	if (code)
		return code;
	if (db_next(rows)) {
		utf8_copy(a->till_number, sizeof a->till_number, db_row_text(rows, 0));
		utf8_copy(a->store_number, sizeof a->store_number, db_row_text(rows, 1));
		utf8_copy(a->store_name, sizeof a->store_name, db_row_text(rows, 2));
		a->keys = db_row_number(rows, 3);
	}
	a->till = call->request->till;
	hub_time_text(call->now.utc_ms, a->time, sizeof a->time);
	return db_end(rows);
}

enum fault_code till_get(struct hub_call *call, struct fault *fault)
{
	return till_answer(call, fault);
}

enum fault_code time_get(struct hub_call *call, struct fault *fault)
{
	struct wire_time_reply *a = call->answer;

	(void)fault;
	hub_time_text(call->now.utc_ms, a->time, sizeof a->time);
	return FAULT_NONE;
}
