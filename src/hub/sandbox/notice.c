/* Notices: queued with what they tell about, sent until they are taken. */
#include <string.h>

#include "base/utf8.h"
#include "sandbox/sandbox_own.h"

enum { NOTICE_BODY_MAX = 4096, SENT_AT_ONCE_MAX = 64 };

static enum fault_code random_id(struct sandbox *s, int64_t *ret, struct fault *fault)
{
	uint64_t id = 0;
	enum fault_code code = s->options.ports.random(s->options.ports.ctx, &id, sizeof id);

	if (code)
		return fault_set(fault, code, NULL, NULL);
	*ret = (int64_t)(id >> 2) + 1;
	return FAULT_NONE;
}

static enum fault_code queue(struct sandbox *s, const struct payment *p, const struct capture *c,
			     int64_t created_ms, int64_t due_ms, int64_t repeats, const char *state,
			     struct fault *fault)
{
	struct buffer body = BUFFER_INIT(NOTICE_BODY_MAX);
	struct json_writer w;
	char event[TOKEN_LETTERS + 1];
	int64_t id = 0;
	enum fault_code code = random_token(s, event, fault);

	if (!code)
		code = random_id(s, &id, fault);
	if (code)
		return code;
	json_writer_init(&w, &body);
	json_put_object(&w, NULL);
	json_put_text(&w, "event_id", event);
	json_put_text(&w, "kind", "payment");
	put_time(&w, "created_at", created_ms);
	payment_put(&w, "payment", p, c);
	json_close(&w);
	code = body.failed ? fault_set(fault, FAULT_OUT_OF_MEMORY, NULL, NULL)
			   : db_run(s->db, "INSERT INTO notice (id, merchant, url, body, tries, repeats, due_ms, "
				"state) VALUES (?1, ?2, ?3, ?4, 0, ?5, ?6, ?7)",
				DB_VALUES(db_number(id), db_text(p->merchant), db_text(p->notify_url),
					  db_text(buffer_text(&body)), db_number(repeats), db_number(due_ms),
					  db_text(state)), NULL, fault);
	buffer_release(&body);
	return code;
}

enum fault_code notice_add(struct sandbox *s, const struct payment *p, const struct capture *c,
			   int64_t now_ms, struct fault *fault)
{
	enum customer_notices notices = customer_of(p->customer)->notices;
	struct payment before = *p;
	enum fault_code code;

	if (!p->notify_url[0])
		return FAULT_NONE;
	code = queue(s, p, c, now_ms, now_ms, notices == NOTICES_REPEATED ? 2 : 0,
		     notices == NOTICES_LOST ? "lost" : "open", fault);
	if (code || notices != NOTICES_REPEATED)
		return code;
	/* How it stood before: older news that come later. */
	before.state = PAY_USERPAYING;
	return queue(s, &before, NULL, p->created_ms, now_ms + s->options.times.again_ms / 2, 0, "open", fault);
}

struct due {
	int64_t id, tries;
	char merchant[SANDBOX_MERCHANT_MAX + 1], url[URL_MAX + 1], body[NOTICE_BODY_MAX + 1];
};

static enum fault_code next_due(struct sandbox *s, int64_t now_ms, struct due *ret, bool *ret_more,
				struct fault *fault)
{
	struct db_rows *rows;
	enum fault_code code = db_query(s->db, "SELECT id, tries, merchant, url, body FROM notice "
		"WHERE state = 'open' AND due_ms <= ?1 ORDER BY due_ms LIMIT 1",
		DB_VALUES(db_number(now_ms)), &rows, fault);

	if (code)
		return code;
	*ret_more = db_next(rows);
	if (*ret_more) {
		ret->id = db_row_number(rows, 0);
		ret->tries = db_row_number(rows, 1);
		utf8_copy(ret->merchant, sizeof ret->merchant, db_row_text(rows, 2));
		utf8_copy(ret->url, sizeof ret->url, db_row_text(rows, 3));
		utf8_copy(ret->body, sizeof ret->body, db_row_text(rows, 4));
	}
	return db_end(rows);
}

/* The wait for the next try is written before this one goes out; when it is
 * taken meanwhile, sandbox_notice_done says so. */
static enum fault_code plan(struct sandbox *s, const struct due *d, int64_t now_ms, struct fault *fault)
{
	const struct sandbox_times *t = &s->options.times;
	bool last = (size_t)d->tries >= t->n_notice;

	return db_run(s->db, "UPDATE notice SET tries = tries + 1, due_ms = ?2, state = ?3 WHERE id = ?1",
		      DB_VALUES(db_number(d->id), db_number(last ? now_ms : now_ms + t->notice_ms[d->tries]),
				db_text(last ? "given_up" : "open")), NULL, fault);
}

enum fault_code notice_send(struct sandbox *s, int64_t now_ms, struct fault *fault)
{
	enum fault_code code = FAULT_NONE;
	bool more = true;

	for (int i = 0; i < SENT_AT_ONCE_MAX && more && !code; i++) {
		struct sandbox_header headers[SANDBOX_HEADERS_MAX];
		struct sandbox_notice notice = { .headers = headers };
		struct due d;

		code = next_due(s, now_ms, &d, &more, fault);
		if (code || !more)
			break;
		code = plan(s, &d, now_ms, fault);
		if (!code && sign_message(s, d.merchant, d.body, strlen(d.body), headers, &notice.n_headers))
			code = fault_set(fault, FAULT_OUT_OF_MEMORY, NULL, NULL);
		if (code)
			break;
		notice.id = d.id;
		notice.url = d.url;
		notice.body = d.body;
		notice.n_body = strlen(d.body);
		s->options.ports.notify(s->options.ports.ctx, &notice);
	}
	return code;
}

void sandbox_notice_done(struct sandbox *s, int64_t id, int status)
{
	int64_t again_ms = sandbox_now(s) + s->options.times.again_ms;
	int64_t changed = 0;

	if (status < 200 || status > 299)
		return;
	db_run(s->db, "UPDATE notice SET repeats = repeats - 1, due_ms = ?2, state = 'open' "
	       "WHERE id = ?1 AND repeats > 0 AND state IN ('open', 'given_up')",
	       DB_VALUES(db_number(id), db_number(again_ms)), &changed, NULL);
	if (changed == 0)
		db_run(s->db, "UPDATE notice SET state = 'taken' WHERE id = ?1", DB_VALUES(db_number(id)),
		       NULL, NULL);
}
