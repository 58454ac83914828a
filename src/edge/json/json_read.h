/* Reads JSON from outside: bounded, strict, every refusal with its field. */
#ifndef JSON_JSON_READ_H
#define JSON_JSON_READ_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/fault.h"
#include "base/ident.h"
#include "money/money.h"
#include "money/quantity.h"

enum {
	JSON_READ_DEPTH_MAX = 32,
	JSON_TEXT_MAX = 16 << 20,  /* bytes of one text to parse */
};

/* A value that was read; opaque. Values inside one belong to it. */
struct json_value;

enum json_kind {
	JSON_KIND_NULL, JSON_KIND_BOOL, JSON_KIND_WHOLE, JSON_KIND_REAL, JSON_KIND_TEXT,
	JSON_KIND_OBJECT, JSON_KIND_ARRAY,
};

/* Parses text[0..n), an object or an array with nothing behind it. Refused:
 * FAULT_INPUT_BAD_JSON (not JSON, not UTF-8, a name twice in an object, a NUL,
 * deeper than JSON_READ_DEPTH_MAX, a number that fits nowhere), its sentence
 * naming line and column; FAULT_INPUT_LINE_TOO_LONG beyond JSON_TEXT_MAX. The
 * caller frees *ret_value. */
enum fault_code json_parse(const char *text, size_t n, struct json_value **ret_value,
			   struct fault *fault);

/* Frees a value that json_parse gave. Accepts NULL. */
void json_value_free(struct json_value *value);

enum json_kind json_kind_of(const struct json_value *value);

/* The text, UTF-8, terminated, no NUL inside; NULL when it is no text. */
const char *json_text_of(const struct json_value *value);

/* A whole number; false when it is none (1.0 is none). */
bool json_number_of(const struct json_value *value, int64_t *ret_number);

/* A member by name; NULL when it is not there or `object` is no object. */
const struct json_value *json_member(const struct json_value *object, const char *name);

/* The members of an object in the order of the text: *at starts as NULL and is
 * moved along; false behind the last. Names live as long as the object. */
bool json_next_member(const struct json_value *object, void **at, const char **ret_name,
		      const struct json_value **ret_value);

/* Items of an array; 0 and NULL when it is none. */
size_t json_count(const struct json_value *array);
const struct json_value *json_item(const struct json_value *array, size_t i);

/* Typed members. Refused with the name of the field and what is expected:
 * FAULT_INPUT_MISSING_FIELD, FAULT_INPUT_BAD_FIELD. Outputs are written only
 * on success. Text is copied whole into ret_text[size] or refused; it may hold
 * control characters, so whoever shows it uses utf8_copy_plain. An amount is a
 * string with at most two decimals, a quantity one with at most three: JSON
 * numbers are refused for both, they pass through floating point elsewhere. */
enum fault_code json_get_text(const struct json_value *object, const char *name, char *ret_text,
			      size_t size, struct fault *fault);
enum fault_code json_get_number(const struct json_value *object, const char *name, int64_t least,
				int64_t most, int64_t *ret_number, struct fault *fault);
enum fault_code json_get_bool(const struct json_value *object, const char *name, bool *ret_value,
			      struct fault *fault);
enum fault_code json_get_money(const struct json_value *object, const char *name,
			       enum currency currency, bool allow_negative, struct money *ret_amount,
			       struct fault *fault);
enum fault_code json_get_quantity(const struct json_value *object, const char *name,
				  quantity *ret_quantity, struct fault *fault);
enum fault_code json_get_ident(const struct json_value *object, const char *name,
			       struct ident *ret_id, struct fault *fault);
enum fault_code json_get_object(const struct json_value *object, const char *name,
				const struct json_value **ret_value, struct fault *fault);
enum fault_code json_get_array(const struct json_value *object, const char *name,
			       const struct json_value **ret_value, struct fault *fault);

#endif
