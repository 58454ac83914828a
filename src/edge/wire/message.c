/* Messages as tables, and both directions of their JSON. */
#include "wire/wire.h"

#include <stdlib.h>
#include <string.h>

#include "base/mark.h"

#define M(message, member, kind, presence, size, help) \
	{ #member, JSON_FIELD_##kind, JSON_##presence, offsetof(struct wire_##message, member), \
	  sizeof(((struct wire_##message *)NULL)->member), 0 },
#define LIST(message, member, element, most, help)
#define MESSAGE(name, help, fields) \
	static const struct json_field fields_of_##name[] = { fields { NULL, JSON_FIELD_TEXT, JSON_MAYBE, 0, 0, 0 } };
#include "wire/messages.def"
#undef MESSAGE
#undef LIST
#undef M

#define M(message, member, kind, presence, size, help) help,
#define LIST(message, member, element, most, help)
#define MESSAGE(name, help, fields) static const char *const helps_of_##name[] = { fields NULL };
#include "wire/messages.def"
#undef MESSAGE
#undef LIST
#undef M

#define M(message, member, kind, presence, size, help)
#define LIST(message, member, element, most, help) \
	{ #member, WIRE_##element, offsetof(struct wire_##message, member), \
	  offsetof(struct wire_##message, n_##member), most, help },
#define MESSAGE(name, help, fields) \
	static const struct wire_list lists_of_##name[] = { fields { NULL, WIRE_MESSAGES, 0, 0, 0, NULL } };
#include "wire/messages.def"
#undef MESSAGE
#undef LIST
#undef M

#define COUNT_OF(array) (sizeof array / sizeof array[0] - 1)

static const struct wire_message_row rows[] = {
#define MESSAGE(name, help, fields) \
	[WIRE_##name] = { #name, help, sizeof(struct wire_##name), fields_of_##name, helps_of_##name, \
			  COUNT_OF(fields_of_##name), lists_of_##name, COUNT_OF(lists_of_##name) },
#include "wire/messages.def"
#undef MESSAGE
};

const struct wire_message_row *wire_message_row(enum wire_message message)
{
	return &rows[message];
}

/* The list's pointer and count inside a message's struct. */
static void *items_of(const struct wire_list *list, const void *from)
{
	void *items;

	memcpy(&items, (const char *)from + list->items, sizeof items);
	return items;
}

static size_t count_of(const struct wire_list *list, const void *from)
{
	size_t n;

	memcpy(&n, (const char *)from + list->n, sizeof n);
	return n;
}

static void set_items(const struct wire_list *list, void *to, void *items, size_t n)
{
	memcpy((char *)to + list->items, &items, sizeof items);
	memcpy((char *)to + list->n, &n, sizeof n);
}

void wire_put(struct json_writer *w, const char *name, enum wire_message message, const void *from)
{
	const struct wire_message_row *row = &rows[message];

	json_put_object(w, name);
	json_put_fields(w, row->fields, row->n_fields, from);
	for (size_t i = 0; i < row->n_lists; i++) {
		const struct wire_list *list = &row->lists[i];
		const char *item = items_of(list, from);

		json_put_array(w, list->name);
		for (size_t k = 0; k < count_of(list, from); k++, item += rows[list->element].size)
			wire_put(w, NULL, list->element, item);
		json_close(w);
	}
	json_close(w);
}

static enum fault_code get_list(const struct json_value *array, const struct wire_list *list,
				enum currency currency, void *ret, struct fault *fault)
{
	size_t n = json_count(array), size = rows[list->element].size;
	enum fault_code code = FAULT_NONE;
	char *items;

	if (array && json_kind_of(array) != JSON_KIND_ARRAY)
		return fault_set(fault, FAULT_INPUT_BAD_FIELD, list->name, N_("an array"));
	if (n > list->most)
		return fault_set_number(fault, FAULT_LIMIT_REACHED, (long long)list->most, list->name);
	if (n == 0)
		return FAULT_NONE;
	items = calloc(n, size);
	if (!items)
		return fault_set(fault, FAULT_OUT_OF_MEMORY, NULL, NULL);
	set_items(list, ret, items, n);
	for (size_t i = 0; i < n && !code; i++)
		code = wire_get(json_item(array, i), list->element, currency, items + i * size, fault);
	return code;
}

static bool is_list(const struct wire_message_row *row, const char *name)
{
	for (size_t i = 0; i < row->n_lists; i++)
		if (strcmp(row->lists[i].name, name) == 0)
			return true;
	return false;
}

/* The members that are no lists, as json_get_fields wants them: it refuses
 * what its table does not name. */
static enum fault_code get_fields(const struct json_value *body, const struct wire_message_row *row,
				  enum currency currency, void *ret, struct fault *fault)
{
	const struct json_value *value;
	const char *name;
	void *at = NULL;

	if (row->n_lists == 0)
		return json_get_fields(body, row->fields, row->n_fields, currency, ret, fault);
	while (json_next_member(body, &at, &name, &value)) {
		size_t i = 0;

		while (i < row->n_fields && strcmp(row->fields[i].name, name) != 0)
			i++;
		if (i == row->n_fields && !is_list(row, name))
			return fault_set(fault, FAULT_INPUT_UNKNOWN_FIELD, name, NULL);
	}
	return json_get_members(body, row->fields, row->n_fields, currency, ret, fault);
}

enum fault_code wire_get(const struct json_value *body, enum wire_message message,
			 enum currency currency, void *ret, struct fault *fault)
{
	const struct wire_message_row *row = &rows[message];
	enum fault_code code;

	if (!body || json_kind_of(body) != JSON_KIND_OBJECT)
		return fault_set(fault, FAULT_INPUT_BAD_FIELD, row->name, N_("an object"));
	code = get_fields(body, row, currency, ret, fault);
	for (size_t i = 0; i < row->n_lists && !code; i++)
		code = get_list(json_member(body, row->lists[i].name), &row->lists[i], currency, ret,
				fault);
	return code;
}

void wire_release(enum wire_message message, void *from)
{
	const struct wire_message_row *row = &rows[message];

	if (!from)
		return;
	for (size_t i = 0; i < row->n_lists; i++) {
		const struct wire_list *list = &row->lists[i];
		char *items = items_of(list, from);

		for (size_t k = 0; k < count_of(list, from); k++)
			wire_release(list->element, items + k * rows[list->element].size);
		free(items);
	}
	memset(from, 0, row->size);
}

void wire_put_error(struct json_writer *w, const struct fault *fault, const char *message)
{
	static const char *const retries[] = { "never", "same_key", "new_key" };
	const struct fault_row *row = fault_row(fault->code);

	json_put_object(w, NULL);
	json_put_object(w, "error");
	json_put_number(w, "code", fault->code);
	json_put_text(w, "name", fault_name(fault->code));
	json_put_text(w, "message", message);
	json_put_text(w, "retry", retries[row ? row->retry : FAULT_RETRY_never]);
	json_close(w);
	json_close(w);
}
