/* The hub's life, its clock and chance, its events. */
#include "service/hub_own.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"

__extension__ static const char hub_schema_1[] =
#include "service/hub_schema.inc"
;

static const char *const schema[] = { hub_schema_1 };

/* A QR of version 3 holds 53 bytes: the URL's host and the 25 behind it. */
enum { PAY_URL_MAX = 53, PAY_PATH = 3 + 22 };

int64_t hub_schema_version(void)
{
	return sizeof schema / sizeof schema[0];
}

struct instant hub_now(const struct hub *hub)
{
	return hub->options.ports.now(hub->options.ports.ctx);
}

void hub_time_text(int64_t ms, char *out, size_t size)
{
	instant_text text;

	instant_format_rfc3339((struct instant){ ms, 0 }, text);
	utf8_copy(out, size, text);
}

enum fault_code hub_random_ident(struct hub *hub, struct ident *ret, struct fault *fault)
{
	enum fault_code code = hub->options.ports.random(hub->options.ports.ctx, ret->bytes, IDENT_BYTES);

	return code ? fault_set(fault, code, "getrandom", NULL) : FAULT_NONE;
}

enum fault_code hub_part_ident(const struct hub_call *call, struct ident *ret, struct fault *fault)
{
	if (!ident_parse(call->part, false, ret))
		return fault_set(fault, FAULT_HUB_NO_SUCH, call->part, NULL);
	return FAULT_NONE;
}

enum fault_code hub_begin(struct hub *hub, struct fault *fault)
{
	return db_begin(hub->db, fault);
}

enum fault_code hub_commit(struct hub *hub, struct fault *fault)
{
	return db_commit(hub->db, fault);
}

void hub_rollback(struct hub *hub)
{
	db_rollback(hub->db);
}

enum fault_code hub_add_event(struct hub *hub, const struct ident *merchant, const char *kind,
			      enum wire_message message, const void *from, struct fault *fault)
{
	struct buffer body = BUFFER_INIT(1 << 20);
	struct json_writer w;
	enum fault_code code;

	json_writer_init(&w, &body);
	wire_put(&w, NULL, message, from);
	if (body.failed) {
		buffer_release(&body);
		return fault_set(fault, FAULT_OUT_OF_MEMORY, NULL, NULL);
	}
	code = db_run(hub->db, "UPDATE merchant SET events = events + 1 WHERE id = ?1",
		      DB_VALUES(db_ident(merchant)), NULL, fault);
	if (!code)
		code = db_run(hub->db,
			      "INSERT INTO event (merchant, n, kind, at_ms, body)"
			      " SELECT id, events, ?2, ?3, ?4 FROM merchant WHERE id = ?1",
			      DB_VALUES(db_ident(merchant), db_text(kind), db_number(hub_now(hub).utc_ms),
					db_text(buffer_text(&body))), NULL, fault);
	buffer_release(&body);
	if (!code)
		hub->options.ports.wake(hub->options.ports.ctx, merchant);
	return code;
}

enum fault_code hub_open(const struct hub_options *options, struct hub **ret, struct fault *fault)
{
	struct hub *hub = calloc(1, sizeof *hub);
	char most[8];
	enum fault_code code;

	if (!hub)
		return fault_set(fault, FAULT_OUT_OF_MEMORY, NULL, NULL);
	hub->options = *options;
	snprintf(most, sizeof most, "%d", PAY_URL_MAX - PAY_PATH);
	if (strlen(options->public_url) > PAY_URL_MAX - PAY_PATH) {
		free(hub);
		return fault_set(fault, FAULT_HUB_URL_TOO_LONG, options->public_url, most);
	}
	utf8_copy(hub->public_url, sizeof hub->public_url, options->public_url);
	utf8_copy(hub->wallet_url, sizeof hub->wallet_url, options->wallet_url ? options->wallet_url : "");
	code = db_open(options->db_url, schema, sizeof schema / sizeof schema[0], &hub->db, fault);
	if (!code && !options->beside)
		code = hub_take_up(hub, fault);
	if (code) {
		hub_close(hub);
		return code;
	}
	*ret = hub;
	return FAULT_NONE;
}

void hub_close(struct hub *hub)
{
	if (!hub)
		return;
	db_close(hub->db);
	free(hub);
}

bool hub_changed_outside(struct hub *hub)
{
	return db_changed_outside(hub->db);
}

enum fault_code hub_backup(struct hub *hub, const char *path, struct fault *fault)
{
	return db_copy(hub->db, path, fault);
}

void hub_reply_init(struct hub_reply *reply)
{
	memset(reply, 0, sizeof *reply);
	reply->type = "application/json";
	buffer_init(&reply->body, 8 << 20);
}

void hub_reply_release(struct hub_reply *reply)
{
	if (reply)
		buffer_release(&reply->body);
}
