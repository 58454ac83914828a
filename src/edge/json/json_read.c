/* Reading by jansson, which is known to this file alone: struct json_value is
 * its json_t under another name. */
#include "json/json_read.h"

#include <jansson.h>
#include <stdio.h>
#include <string.h>

#include "base/mark.h"

static const json_t *inner(const struct json_value *value)
{
	return (const json_t *)value;
}

static const struct json_value *outer(const json_t *value)
{
	return (const struct json_value *)value;
}

/* Depth of nesting, counted before the parser recurses. */
static int depth_of(const char *text, size_t n)
{
	int depth = 0, deepest = 0;
	bool quoted = false;

	for (size_t i = 0; i < n; i++) {
		if (quoted && text[i] == '\\') {
			i++;
		} else if (text[i] == '"') {
			quoted = !quoted;
		} else if (!quoted && (text[i] == '{' || text[i] == '[')) {
			if (++depth > deepest)
				deepest = depth;
		} else if (!quoted && (text[i] == '}' || text[i] == ']')) {
			depth--;
		}
	}
	return deepest;
}

enum fault_code json_parse(const char *text, size_t n, struct json_value **ret_value,
			   struct fault *fault)
{
	json_error_t error;
	json_t *value;
	char place[64];

	if (n > JSON_TEXT_MAX)
		return fault_set_number(fault, FAULT_INPUT_LINE_TOO_LONG, JSON_TEXT_MAX, NULL);
	if (depth_of(text, n) > JSON_READ_DEPTH_MAX)
		return fault_set(fault, FAULT_INPUT_BAD_JSON, "1:1", N_("it is nested too deeply"));
	value = json_loadb(text, n, JSON_REJECT_DUPLICATES, &error);
	if (!value && json_error_code(&error) == json_error_out_of_memory)
		return fault_set(fault, FAULT_OUT_OF_MEMORY, NULL, NULL);
	if (!value) {
		snprintf(place, sizeof place, "%d:%d", error.line, error.column);
		return fault_set(fault, FAULT_INPUT_BAD_JSON, place, error.text);
	}
	*ret_value = (struct json_value *)value;
	return FAULT_NONE;
}

void json_value_free(struct json_value *value)
{
	json_decref((json_t *)value);
}

enum json_kind json_kind_of(const struct json_value *value)
{
	switch (json_typeof(inner(value))) {
	case JSON_OBJECT:
		return JSON_KIND_OBJECT;
	case JSON_ARRAY:
		return JSON_KIND_ARRAY;
	case JSON_STRING:
		return JSON_KIND_TEXT;
	case JSON_INTEGER:
		return JSON_KIND_WHOLE;
	case JSON_REAL:
		return JSON_KIND_REAL;
	case JSON_TRUE: case JSON_FALSE:
		return JSON_KIND_BOOL;
	case JSON_NULL:
		break;
	}
	return JSON_KIND_NULL;
}

const char *json_text_of(const struct json_value *value)
{
	return json_string_value(inner(value));
}

bool json_number_of(const struct json_value *value, int64_t *ret_number)
{
	if (!json_is_integer(inner(value)))
		return false;
	*ret_number = json_integer_value(inner(value));
	return true;
}

const struct json_value *json_member(const struct json_value *object, const char *name)
{
	return outer(json_object_get(inner(object), name));
}

bool json_next_member(const struct json_value *object, void **at, const char **ret_name,
		      const struct json_value **ret_value)
{
	json_t *inside = (json_t *)(uintptr_t)object;  /* jansson's iterators are not const */

	*at = *at ? json_object_iter_next(inside, *at) : json_object_iter(inside);
	if (!*at)
		return false;
	*ret_name = json_object_iter_key(*at);
	*ret_value = outer(json_object_iter_value(*at));
	return true;
}

size_t json_count(const struct json_value *array)
{
	return json_array_size(inner(array));
}

const struct json_value *json_item(const struct json_value *array, size_t i)
{
	return outer(json_array_get(inner(array), i));
}

/* The member, or the fault that it is missing. */
static enum fault_code find(const struct json_value *object, const char *name, const char *expected,
			    const struct json_value **ret_value, struct fault *fault)
{
	const struct json_value *value = json_member(object, name);

	if (!value)
		return fault_set(fault, FAULT_INPUT_MISSING_FIELD, name, expected);
	*ret_value = value;
	return FAULT_NONE;
}

/* The member's text, or the fault that it is missing or no text. */
static enum fault_code find_text(const struct json_value *object, const char *name,
				 const char *expected, const char **ret_text, struct fault *fault)
{
	const struct json_value *value = NULL;
	enum fault_code code = find(object, name, expected, &value, fault);

	if (code != FAULT_NONE)
		return code;
	if (!json_text_of(value))
		return fault_set(fault, FAULT_INPUT_BAD_FIELD, name, expected);
	*ret_text = json_text_of(value);
	return FAULT_NONE;
}

static enum fault_code find_kind(const struct json_value *object, const char *name,
				 const char *expected, enum json_kind kind,
				 const struct json_value **ret_value, struct fault *fault)
{
	const struct json_value *value = NULL;
	enum fault_code code = find(object, name, expected, &value, fault);

	if (code != FAULT_NONE)
		return code;
	if (json_kind_of(value) != kind)
		return fault_set(fault, FAULT_INPUT_BAD_FIELD, name, expected);
	*ret_value = value;
	return FAULT_NONE;
}

enum fault_code json_get_text(const struct json_value *object, const char *name, char *ret_text,
			      size_t size, struct fault *fault)
{
	const char *text = NULL;
	enum fault_code code = find_text(object, name, N_("text in quotes"), &text, fault);
	char expected[40];

	if (code != FAULT_NONE)
		return code;
	if (strlen(text) >= size) {
		snprintf(expected, sizeof expected, "≤ %zu bytes", size - 1);
		return fault_set(fault, FAULT_INPUT_BAD_FIELD, name, expected);
	}
	memcpy(ret_text, text, strlen(text) + 1);
	return FAULT_NONE;
}

enum fault_code json_get_number(const struct json_value *object, const char *name, int64_t least,
				int64_t most, int64_t *ret_number, struct fault *fault)
{
	const struct json_value *value = NULL;
	enum fault_code code = find_kind(object, name, N_("a whole number"), JSON_KIND_WHOLE, &value,
					 fault);
	int64_t number = 0;
	char range[64];

	if (code != FAULT_NONE)
		return code;
	if (!json_number_of(value, &number) || number < least || number > most) {
		snprintf(range, sizeof range, "%lld … %lld", (long long)least, (long long)most);
		return fault_set(fault, FAULT_INPUT_BAD_FIELD, name, range);
	}
	*ret_number = number;
	return FAULT_NONE;
}

enum fault_code json_get_bool(const struct json_value *object, const char *name, bool *ret_value,
			      struct fault *fault)
{
	const struct json_value *value = NULL;
	enum fault_code code = find_kind(object, name, N_("true or false"), JSON_KIND_BOOL, &value,
					 fault);

	if (code == FAULT_NONE)
		*ret_value = json_is_true(inner(value));
	return code;
}

enum fault_code json_get_money(const struct json_value *object, const char *name,
			       enum currency currency, bool allow_negative, struct money *ret_amount,
			       struct fault *fault)
{
	const char *text = NULL, *expected = N_("an amount in quotes with at most two decimals, like \"12.50\"");
	enum fault_code code = find_text(object, name, expected, &text, fault);

	if (code != FAULT_NONE)
		return code;
	if (money_parse(text, currency, allow_negative, ret_amount, NULL) != FAULT_NONE)
		return fault_set(fault, FAULT_INPUT_BAD_FIELD, name, expected);
	return FAULT_NONE;
}

enum fault_code json_get_quantity(const struct json_value *object, const char *name,
				  quantity *ret_quantity, struct fault *fault)
{
	const char *text = NULL, *expected = N_("a quantity in quotes with at most three decimals, like \"0.734\"");
	enum fault_code code = find_text(object, name, expected, &text, fault);

	if (code != FAULT_NONE)
		return code;
	if (quantity_parse(text, ret_quantity, NULL) != FAULT_NONE)
		return fault_set(fault, FAULT_INPUT_BAD_FIELD, name, expected);
	return FAULT_NONE;
}

enum fault_code json_get_ident(const struct json_value *object, const char *name,
			       struct ident *ret_id, struct fault *fault)
{
	const char *text = NULL, *expected = N_("an identity of 26 letters in quotes");
	enum fault_code code = find_text(object, name, expected, &text, fault);

	if (code != FAULT_NONE)
		return code;
	if (!ident_parse(text, false, ret_id))
		return fault_set(fault, FAULT_INPUT_BAD_FIELD, name, expected);
	return FAULT_NONE;
}

enum fault_code json_get_object(const struct json_value *object, const char *name,
				const struct json_value **ret_value, struct fault *fault)
{
	return find_kind(object, name, N_("an object in { }"), JSON_KIND_OBJECT, ret_value, fault);
}

enum fault_code json_get_array(const struct json_value *object, const char *name,
			       const struct json_value **ret_value, struct fault *fault)
{
	return find_kind(object, name, N_("a list in [ ]"), JSON_KIND_ARRAY, ret_value, fault);
}
