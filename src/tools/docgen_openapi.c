/* The hub's routes and messages, as parts of openapi.yaml. Texts stand in double
 * quotes with JSON's escapes, which YAML reads alike. */
#include "tools/docgen.h"

#include <stdio.h>
#include <string.h>

#include "wire/wire.h"

/* What the table of routes leaves to the handler: parameters of queries. */
static const struct query {
	enum wire_route route;
	const char *name, *type, *help;
} queries[] = {
	{ ROUTE_events_get, "after", "integer", "number of the last event that is known; 0 when not given" },
	{ ROUTE_events_get, "wait", "integer", "seconds to wait for the first event, at most 50; 0 when not given" },
};

static void print_text(const char *text)
{
	putchar('"');
	for (; *text; text++) {
		if (*text == '"' || *text == '\\')
			putchar('\\');
		putchar(*text);
	}
	putchar('"');
}

static void line(int indent, const char *name, const char *text)
{
	printf("%*s%s: ", indent, "", name);
	print_text(text);
	putchar('\n');
}

static void print_ref(int indent, enum wire_message message)
{
	printf("%*s$ref: \"#/components/schemas/%s\"\n", indent, "", wire_message_row(message)->name);
}

static void print_body(int indent, enum wire_message message)
{
	printf("%*scontent:\n%*sapplication/json:\n%*sschema:\n", indent, "", indent + 2, "",
	       indent + 4, "");
	print_ref(indent + 6, message);
}

static void print_parameter(const char *name, const char *in, const char *type, const char *help,
			    bool required)
{
	printf("        - name: %s\n          in: %s\n", name, in);
	if (required)
		puts("          required: true");
	line(10, "description", help);
	printf("          schema:\n            type: %s\n", type);
}

static void print_parameters(const struct wire_route_row *r)
{
	const char *brace = strchr(r->path, '{');
	bool any = brace || r->takes_key;
	char part[32];

	for (size_t i = 0; i < sizeof queries / sizeof queries[0]; i++)
		any = any || queries[i].route == r->route;
	if (!any)
		return;
	puts("      parameters:");
	if (brace) {
		snprintf(part, sizeof part, "%.*s", (int)strcspn(brace + 1, "}"), brace + 1);
		print_parameter(part, "path", "string", "id, 26 letters", true);
	}
	if (r->takes_key)
		puts("        - $ref: \"#/components/parameters/IdempotencyKey\"");
	for (size_t i = 0; i < sizeof queries / sizeof queries[0]; i++)
		if (queries[i].route == r->route)
			print_parameter(queries[i].name, "query", queries[i].type, queries[i].help, false);
}

static void print_operation(const struct wire_route_row *r)
{
	printf("    %s:\n      operationId: %s\n", strcmp(r->method, "GET") == 0 ? "get" : "post", r->id);
	line(6, "summary", r->help);
	if (r->signed_by_till)
		puts("      security:\n        - till: []");
	else
		puts("      security: []");
	print_parameters(r);
	if (r->request != WIRE_none) {
		puts("      requestBody:\n        required: true");
		print_body(8, r->request);
	}
	printf("      responses:\n        \"%d\":\n", r->status);
	line(10, "description", wire_message_row(r->reply)->help);
	print_body(10, r->reply);
	puts("        default:\n          $ref: \"#/components/responses/Refusal\"");
}

/* Whether an earlier route has the same path. */
static bool path_is_done(int route)
{
	for (int i = 0; i < route; i++)
		if (strcmp(wire_route_row((enum wire_route)i)->path, wire_route_row((enum wire_route)route)->path) == 0)
			return true;
	return false;
}

void docgen_openapi_paths(void)
{
	for (int i = 0; i < WIRE_ROUTES; i++) {
		const struct wire_route_row *first = wire_route_row((enum wire_route)i);

		if (path_is_done(i))
			continue;
		printf("  %s:\n", first->path);
		for (int k = i; k < WIRE_ROUTES; k++)
			if (strcmp(wire_route_row((enum wire_route)k)->path, first->path) == 0)
				print_operation(wire_route_row((enum wire_route)k));
	}
}

static void print_type(const struct json_field *f)
{
	switch (f->type) {
	case JSON_FIELD_TEXT:
		printf("          type: string\n          maxLength: %zu\n", f->size - 1);
		break;
	case JSON_FIELD_NUMBER:
		puts("          type: integer\n          format: int64");
		break;
	case JSON_FIELD_BOOL:
		puts("          type: boolean");
		break;
	case JSON_FIELD_MONEY:
		puts("          $ref: \"#/components/schemas/amount\"");
		break;
	case JSON_FIELD_QUANTITY:
		puts("          $ref: \"#/components/schemas/quantity\"");
		break;
	case JSON_FIELD_IDENT:
		puts("          $ref: \"#/components/schemas/id\"");
		break;
	}
}

static void print_schema(const struct wire_message_row *m)
{
	bool any = false;

	printf("    %s:\n      type: object\n", m->name);
	line(6, "description", m->help);
	puts("      additionalProperties: false");
	for (size_t i = 0; i < m->n_fields; i++) {
		if (m->fields[i].presence != JSON_NEEDED)
			continue;
		if (!any)
			puts("      required:");
		any = true;
		printf("        - %s\n", m->fields[i].name);
	}
	puts("      properties:");
	for (size_t i = 0; i < m->n_fields; i++) {
		printf("        %s:\n", m->fields[i].name);
		print_type(&m->fields[i]);
		line(10, "description", m->helps[i]);
	}
	for (size_t i = 0; i < m->n_lists; i++) {
		printf("        %s:\n          type: array\n          maxItems: %zu\n", m->lists[i].name,
		       m->lists[i].most);
		line(10, "description", m->lists[i].help);
		puts("          items:");
		print_ref(12, m->lists[i].element);
	}
}

void docgen_openapi_schemas(void)
{
	for (int i = 0; i < WIRE_MESSAGES; i++)
		if (i != WIRE_none)
			print_schema(wire_message_row((enum wire_message)i));
}
