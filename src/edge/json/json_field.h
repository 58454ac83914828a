/* Structs as JSON by a table of their fields: one row says name, type and
 * place, and both directions read it. */
#ifndef JSON_JSON_FIELD_H
#define JSON_JSON_FIELD_H

#include <stddef.h>

#include "json/json_read.h"
#include "json/json_write.h"

enum json_field_type {
	JSON_FIELD_TEXT,      /* char[size] */
	JSON_FIELD_NUMBER,    /* int64_t or int32_t, by size */
	JSON_FIELD_BOOL,      /* bool */
	JSON_FIELD_MONEY,     /* struct money, read in the currency handed in */
	JSON_FIELD_QUANTITY,  /* quantity, more than zero */
	JSON_FIELD_IDENT,     /* struct ident */
};

enum json_presence {
	JSON_NEEDED,    /* always written, refused when missing */
	JSON_OPTIONAL,  /* always written; left as it is when missing */
	JSON_MAYBE,     /* written and set only with the bool at `has` */
};

struct json_field {
	const char *name;  /* as in json_write.h */
	enum json_field_type type;
	enum json_presence presence;
	size_t offset, size;
	size_t has;        /* offset of the bool of JSON_MAYBE */
};

/* Rows: JSON_ROW(struct product, name, TEXT, NEEDED), named as the member;
 * JSON_ROW_IF(struct product, price, MONEY, has_price). */
#define JSON_ROW(type, member, kind, presence) \
	{ #member, JSON_FIELD_##kind, JSON_##presence, offsetof(type, member), \
	  sizeof(((type *)NULL)->member), 0 }
#define JSON_ROW_IF(type, member, kind, has) \
	{ #member, JSON_FIELD_##kind, JSON_MAYBE, offsetof(type, member), \
	  sizeof(((type *)NULL)->member), offsetof(type, has) }

/* Writes the fields of *from, in the table's order, into the object that is
 * open in the writer. */
void json_put_fields(struct json_writer *w, const struct json_field *fields, size_t n,
		     const void *from);

/* Fills *ret from an object. A name that is not in the table is refused with
 * FAULT_INPUT_UNKNOWN_FIELD, the rest as json_get_… do; null is refused like
 * any other wrong value. *ret is touched also when a later field is refused:
 * hand in a copy that you can throw away. */
enum fault_code json_get_fields(const struct json_value *object, const struct json_field *fields,
				size_t n, enum currency currency, void *ret, struct fault *fault);

/* The same for an object that may have other members too: they are not read. */
enum fault_code json_get_members(const struct json_value *object, const struct json_field *fields,
				 size_t n, enum currency currency, void *ret, struct fault *fault);

#endif
