/* The hub's routes, messages and errors, as parts of guitai-api(7). */
#include "tools/docgen.h"

#include <stdio.h>

#include "base/fault.h"
#include "wire/wire.h"

static const char *type_words(const struct json_field *f)
{
	switch (f->type) {
	case JSON_FIELD_TEXT: return "text";
	case JSON_FIELD_NUMBER: return "number";
	case JSON_FIELD_BOOL: return "true or false";
	case JSON_FIELD_MONEY: return "amount";
	case JSON_FIELD_QUANTITY: return "quantity";
	case JSON_FIELD_IDENT: return "id";
	}
	return "";
}

void docgen_api_routes(void)
{
	puts(".Bl -tag -width Ds");
	for (int i = 0; i < WIRE_ROUTES; i++) {
		const struct wire_route_row *r = wire_route_row((enum wire_route)i);

		printf(".It Cm %s Ar %s\n", r->method, r->path);
		mdoc_sentences(r->help);
		printf("%s%s\n", r->signed_by_till ? "The request is signed by a till's key"
						   : "Anybody may ask",
		       r->takes_key ? ", and takes an Idempotency-Key." : ".");
		if (r->request != WIRE_none)
			printf("The body is the message\n.Va %s .\n", wire_message_row(r->request)->name);
		printf("The answer is %d with the message\n.Va %s .\n", r->status,
		       wire_message_row(r->reply)->name);
	}
	puts(".El");
}

static void print_field(const struct json_field *f, const char *help)
{
	printf(".It Va %s\n%s", f->name, type_words(f));
	if (f->type == JSON_FIELD_TEXT)
		printf(" of at most %zu bytes", f->size - 1);
	puts(f->presence == JSON_NEEDED ? ":" : ", may be left out:");
	mdoc_sentences(help);
}

static void print_list(const struct wire_list *l)
{
	printf(".It Va %s\nlist of at most %zu\n.Va %s :\n", l->name, l->most,
	       wire_message_row(l->element)->name);
	mdoc_sentences(l->help);
}

void docgen_api_messages(void)
{
	for (int i = 0; i < WIRE_MESSAGES; i++) {
		const struct wire_message_row *m = wire_message_row((enum wire_message)i);

		if (i == WIRE_none)
			continue;
		printf(".Ss %s\n", m->name);
		mdoc_sentences(m->help);
		puts(".Bl -tag -width Ds");
		for (size_t k = 0; k < m->n_fields; k++)
			print_field(&m->fields[k], m->helps[k]);
		for (size_t k = 0; k < m->n_lists; k++)
			print_list(&m->lists[k]);
		puts(".El");
	}
}

void docgen_api_errors(void)
{
	static const char *const retries[] = { "never", "same_key", "new_key" };
	size_t n;
	const struct fault_row *rows = fault_rows(&n);

	puts(".Bl -tag -width Ds");
	for (size_t i = 0; i < n; i++) {
		printf(".It %d Er %s\n", (int)rows[i].code, rows[i].name);
		printf("status %d, retry %s.\n", rows[i].http_status, retries[rows[i].retry]);
		mdoc_sentences(rows[i].sentence);
	}
	puts(".El");
}
