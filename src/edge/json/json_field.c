/* The table of fields, read in both directions. */
#include "json/json_field.h"

#include <string.h>

static int64_t number_at(const void *at, size_t size)
{
	int32_t small;
	int64_t number;

	if (size == sizeof small) {
		memcpy(&small, at, sizeof small);
		return small;
	}
	memcpy(&number, at, sizeof number);
	return number;
}

static void put_field(struct json_writer *w, const struct json_field *field, const void *at)
{
	switch (field->type) {
	case JSON_FIELD_TEXT:
		json_put_bytes(w, field->name, at, strnlen(at, field->size));
		break;
	case JSON_FIELD_NUMBER:
		json_put_number(w, field->name, number_at(at, field->size));
		break;
	case JSON_FIELD_BOOL:
		json_put_bool(w, field->name, *(const bool *)at);
		break;
	case JSON_FIELD_MONEY:
		json_put_money(w, field->name, *(const struct money *)at);
		break;
	case JSON_FIELD_QUANTITY:
		json_put_quantity(w, field->name, *(const quantity *)at);
		break;
	case JSON_FIELD_IDENT:
		json_put_ident(w, field->name, at);
		break;
	}
}

void json_put_fields(struct json_writer *w, const struct json_field *fields, size_t n,
		     const void *from)
{
	const char *base = from;

	for (size_t i = 0; i < n; i++)
		if (fields[i].presence != JSON_MAYBE || *(const bool *)(base + fields[i].has))
			put_field(w, &fields[i], base + fields[i].offset);
}

static enum fault_code get_number(const struct json_value *object, const struct json_field *field,
				  void *at, struct fault *fault)
{
	bool small = field->size == sizeof(int32_t);
	int64_t number;
	int32_t narrow;
	enum fault_code code = json_get_number(object, field->name, small ? INT32_MIN : INT64_MIN,
					       small ? INT32_MAX : INT64_MAX, &number, fault);

	if (code != FAULT_NONE)
		return code;
	narrow = (int32_t)number;
	memcpy(at, small ? (const void *)&narrow : (const void *)&number, field->size);
	return FAULT_NONE;
}

static enum fault_code get_field(const struct json_value *object, const struct json_field *field,
				 enum currency currency, void *at, struct fault *fault)
{
	switch (field->type) {
	case JSON_FIELD_TEXT:
		return json_get_text(object, field->name, at, field->size, fault);
	case JSON_FIELD_NUMBER:
		return get_number(object, field, at, fault);
	case JSON_FIELD_BOOL:
		return json_get_bool(object, field->name, at, fault);
	case JSON_FIELD_MONEY:
		return json_get_money(object, field->name, currency, true, at, fault);
	case JSON_FIELD_QUANTITY:
		return json_get_quantity(object, field->name, at, fault);
	case JSON_FIELD_IDENT:
		return json_get_ident(object, field->name, at, fault);
	}
	return FAULT_INPUT_BAD_FIELD;
}

static enum fault_code check_names(const struct json_value *object, const struct json_field *fields,
				   size_t n, struct fault *fault)
{
	const struct json_value *value;
	const char *name;
	void *at = NULL;

	while (json_next_member(object, &at, &name, &value)) {
		size_t i = 0;

		while (i < n && strcmp(fields[i].name, name) != 0)
			i++;
		if (i == n)
			return fault_set(fault, FAULT_INPUT_UNKNOWN_FIELD, name, NULL);
	}
	return FAULT_NONE;
}

enum fault_code json_get_fields(const struct json_value *object, const struct json_field *fields,
				size_t n, enum currency currency, void *ret, struct fault *fault)
{
	enum fault_code code = check_names(object, fields, n, fault);

	return code ? code : json_get_members(object, fields, n, currency, ret, fault);
}

enum fault_code json_get_members(const struct json_value *object, const struct json_field *fields,
				 size_t n, enum currency currency, void *ret, struct fault *fault)
{
	enum fault_code code = FAULT_NONE;
	char *base = ret;

	for (size_t i = 0; i < n && code == FAULT_NONE; i++) {
		bool there = json_member(object, fields[i].name) != NULL;

		if (fields[i].presence == JSON_MAYBE)
			*(bool *)(base + fields[i].has) = there;
		if (there || fields[i].presence == JSON_NEEDED)
			code = get_field(object, &fields[i], currency, base + fields[i].offset, fault);
	}
	return code;
}
