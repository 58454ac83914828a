/* What the hub tells those who run it: lines of the log, counts. */
#include "service/hub_own.h"

#include <string.h>

void hub_log_payment(const struct hub *hub, const char *event, const struct hub_payment *p,
		     const char *why)
{
	struct buffer line = BUFFER_INIT(2048);
	struct json_writer w;
	char at[40];

	hub_time_text(hub_now(hub).utc_ms, at, sizeof at);
	json_writer_init(&w, &line);
	json_put_object(&w, NULL);
	json_put_text(&w, "at", at);
	json_put_text(&w, "event", event);
	json_put_ident(&w, "merchant", &p->merchant);
	json_put_ident(&w, "payment", &p->attempt.id);
	json_put_text(&w, "state", payment_state_word(p->attempt.state));
	json_put_number(&w, "version", (int64_t)p->attempt.version);
	json_put_text(&w, "why", why);
	json_close(&w);
	if (!line.failed)
		hub->options.ports.log(hub->options.ports.ctx, buffer_text(&line));
	buffer_release(&line);
}

void hub_count(struct hub *hub, struct hub_counts *ret)
{
	struct db_rows *rows;

	memcpy(ret->entered, hub->entered, sizeof ret->entered);
	ret->open = 0;
	if (db_query(hub->db, "SELECT count(*) FROM payment WHERE next_ms < ?1",
		     DB_VALUES(db_number(PAYMENT_NEVER)), &rows, NULL))
		return;
	if (db_next(rows))
		ret->open = db_row_number(rows, 0);
	db_end(rows);
}
