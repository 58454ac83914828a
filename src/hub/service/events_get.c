/* GET /v1/events: what a till does not know yet, waiting for the first. */
#include "service/hub_own.h"

#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"

enum { EVENTS_MOST = 100, WAIT_MOST_S = 50 };

/* A number of the query, "after=12&wait=30"; 0 when it is not there. */
static int64_t query_number(const char *query, const char *name)
{
	size_t len = strlen(name);
	char digits[20];
	int64_t value;

	for (const char *p = query; *p; p += strcspn(p, "&"), p += *p == '&') {
		size_t n = strcspn(p, "&");

		if (n <= len || strncmp(p, name, len) != 0 || p[len] != '=' ||
		    n - len - 1 >= sizeof digits)
			continue;
		memcpy(digits, p + len + 1, n - len - 1);
		digits[n - len - 1] = '\0';
		return decimal_parse(digits, 0, &value) == DECIMAL_OK ? value : 0;
	}
	return 0;
}

static enum fault_code read_body(struct hub_call *call, struct wire_event *event,
				 enum wire_message message, void **items, size_t *n, const char *text,
				 struct fault *fault)
{
	struct json_value *value = NULL;
	enum fault_code code = json_parse(text, strlen(text), &value, fault);

	(void)event;
	*items = calloc(1, wire_message_row(message)->size);
	if (!code && !*items)
		code = fault_set(fault, FAULT_OUT_OF_MEMORY, NULL, NULL);
	if (!code) {
		*n = 1;
		code = wire_get(value, message, call->currency, *items, fault);
	}
	json_value_free(value);
	return code;
}

static enum fault_code fill(struct hub_call *call, struct wire_event *e, struct db_rows *rows,
			    struct fault *fault)
{
	const char *body = db_row_text(rows, 3);
	void *items = NULL;
	enum fault_code code = FAULT_NONE;

	e->n = db_row_number(rows, 0);
	utf8_copy(e->kind, sizeof e->kind, db_row_text(rows, 1));
	hub_time_text(db_row_number(rows, 2), e->at, sizeof e->at);
	if (strcmp(e->kind, "payment") == 0) {
		code = read_body(call, e, WIRE_payment_reply, &items, &e->n_payments, body, fault);
		e->payments = items;
	} else if (strcmp(e->kind, "cashier") == 0) {
		code = read_body(call, e, WIRE_cashier, &items, &e->n_cashiers, body, fault);
		e->cashiers = items;
	} else if (strcmp(e->kind, "product") == 0) {
		code = read_body(call, e, WIRE_product, &items, &e->n_products, body, fault);
		e->products = items;
	}
	return code;
}

enum fault_code events_get(struct hub_call *call, struct fault *fault)
{
	struct wire_events_reply *a = call->answer;
	int64_t after = query_number(call->request->query, "after");
	int64_t wait_s = query_number(call->request->query, "wait");
	struct db_rows *rows;
	enum fault_code code, end;

	a->last = after;
	a->events = calloc(EVENTS_MOST, sizeof *a->events);
	if (!a->events)
		return fault_set(fault, FAULT_OUT_OF_MEMORY, NULL, NULL);
	code = db_query(call->hub->db, "SELECT n, kind, at_ms, body FROM event"
			" WHERE merchant = ?1 AND n > ?2 ORDER BY n LIMIT ?3",
			DB_VALUES(db_ident(&call->merchant), db_number(after), db_number(EVENTS_MOST)),
			&rows, fault);
	if (code)
		return code;
	while (!code && db_next(rows)) {
		code = fill(call, &a->events[a->n_events++], rows, fault);
		a->last = a->events[a->n_events - 1].n;
	}
	end = db_end(rows);
	if (code || end)
		return code ? code : end;
	if (a->n_events == 0 && wait_s > 0 && !call->final) {
		call->reply->wait = true;
		call->reply->merchant = call->merchant;
		call->reply->deadline_ms = call->now.utc_ms +
			(wait_s < WAIT_MOST_S ? wait_s : WAIT_MOST_S) * 1000;
	}
	return FAULT_NONE;
}
