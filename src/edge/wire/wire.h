/* Messages between till and hub: structs, their JSON, the routes they travel,
 * and the text of a payment statement. */
#ifndef WIRE_WIRE_H
#define WIRE_WIRE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buffer.h"
#include "base/fault.h"
#include "base/ident.h"
#include "json/json.h"
#include "money/money.h"
#include "money/quantity.h"

/* ---- messages ---- */

enum wire_message {
#define MESSAGE(name, help, fields) WIRE_##name,
#include "wire/messages.def"
#undef MESSAGE
	WIRE_MESSAGES
};

#define WIRE_TEXT(member, size) char member[(size) + 1];
#define WIRE_NUMBER(member, size) int64_t member;
#define WIRE_BOOL(member, size) bool member;
#define WIRE_MONEY(member, size) struct money member;
#define WIRE_IDENT(member, size) struct ident member;
#define M(message, member, kind, presence, size, help) WIRE_##kind(member, size)
#define LIST(message, member, element, most, help) struct wire_##element *member; size_t n_##member;
#define MESSAGE(name, help, fields) struct wire_##name { fields char unused_; };
#include "wire/messages.def"
#undef MESSAGE
#undef LIST
#undef M

struct wire_list {
	const char *name;
	enum wire_message element;
	size_t items, n;  /* offsets of pointer and count */
	size_t most;
	const char *help;
};

struct wire_message_row {
	const char *name;
	const char *help;              /* for the manual, in English */
	size_t size;                   /* of the struct */
	const struct json_field *fields;
	const char *const *helps;      /* one for each field */
	size_t n_fields;
	const struct wire_list *lists;
	size_t n_lists;
};

/* All messages, indexed by enum wire_message. */
const struct wire_message_row *wire_message_row(enum wire_message message);

/* Writes *from (the message's struct) as one JSON object. `name` as in
 * json_write.h: NULL at the top and in arrays. */
void wire_put(struct json_writer *w, const char *name, enum wire_message message, const void *from);

/* Reads a body into a zeroed struct; amounts are taken in `currency`. Refused
 * with the fault of json_get_fields, FAULT_LIMIT_REACHED for a list too long;
 * release the struct in any case. Idents and needed texts that are empty are
 * as given: the handler judges them. */
enum fault_code wire_get(const struct json_value *body, enum wire_message message,
			 enum currency currency, void *ret, struct fault *fault);

/* Frees the lists inside; the struct is zeroed. Accepts NULL. */
void wire_release(enum wire_message message, void *from);

/* ---- routes ---- */

enum wire_route {
#define ROUTE(id, ...) ROUTE_##id,
#include "wire/routes.def"
#undef ROUTE
	WIRE_ROUTES
};

struct wire_route_row {
	enum wire_route route;
	const char *id;        /* "order_create" */
	const char *method, *path;
	bool signed_by_till;
	bool takes_key;        /* needs Idempotency-Key */
	enum wire_message request, reply;
	int status;
	const char *help;      /* for the manual, in English */
};

const struct wire_route_row *wire_route_row(enum wire_route route);

/* The route of a request; the part in braces, if the path has one, is copied
 * to ret_part (size at least 64; cut when longer). NULL when there is none;
 * *ret_path_known says whether another method would have been right (405). */
const struct wire_route_row *wire_route_find(const char *method, const char *path, char *ret_part,
					     size_t size, bool *ret_path_known);

/* Writes the path of a route with the part in its place. */
void wire_route_path(enum wire_route route, const char *part, char *out, size_t size);

/* ---- payment statement ---- */

/* The bytes the hub signs and the till checks: one line a field, in the order
 * of the message, ended by LF, the first line "guitai payment statement 1". */
void wire_statement_text(const struct wire_statement *statement, struct buffer *out);

/* ---- errors ---- */

/* {"error":{"code":…,"name":…,"message":…,"retry":…}} */
void wire_put_error(struct json_writer *w, const struct fault *fault, const char *message);

#endif
