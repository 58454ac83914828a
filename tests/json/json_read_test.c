/* Reading JSON: what is taken, what is refused, and how it is said. */
#include "json_test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct json_value *json_test_parse(const char *text)
{
	struct json_value *value = NULL;
	struct fault f;

	ASSERT_NUMBER(json_parse(text, strlen(text), &value, &f), FAULT_NONE);
	CU_ASSERT_PTR_NOT_NULL_FATAL(value);
	return value;
}

void good_texts_become_values(void)
{
	struct json_value *v = json_test_parse("{\"a\":[null,true,-5,1.5,\"\xe4\xb8\xad\\n\\u00e9\",{}]}");
	const struct json_value *a = json_member(v, "a");
	static const enum json_kind kinds[] = { JSON_KIND_NULL, JSON_KIND_BOOL, JSON_KIND_WHOLE,
		JSON_KIND_REAL, JSON_KIND_TEXT, JSON_KIND_OBJECT };
	int64_t number = 0;

	ASSERT_NUMBER(json_kind_of(v), JSON_KIND_OBJECT);
	ASSERT_NUMBER(json_kind_of(a), JSON_KIND_ARRAY);
	ASSERT_NUMBER(json_count(a), 6);
	for (size_t i = 0; i < 6; i++)
		ASSERT_NUMBER(json_kind_of(json_item(a, i)), kinds[i]);
	CU_ASSERT(json_number_of(json_item(a, 2), &number));
	ASSERT_NUMBER(number, -5);
	CU_ASSERT_FALSE(json_number_of(json_item(a, 3), &number));
	ASSERT_TEXT(json_text_of(json_item(a, 4)), "\xe4\xb8\xad\n\xc3\xa9");
	CU_ASSERT_PTR_NULL(json_text_of(a));
	CU_ASSERT_PTR_NULL(json_item(a, 6));
	CU_ASSERT_PTR_NULL(json_member(v, "b"));
	CU_ASSERT_PTR_NULL(json_member(a, "b"));
	ASSERT_NUMBER(json_count(v), 0);
	json_value_free(v);
	json_value_free(NULL);
}

void bad_texts_are_refused_with_their_place(void)
{
	static const struct { const char *text, *place; } cases[] = {
		{ "", "1:0" }, { "{", "1:1" }, { "{\"a\":1,}", "1:8" }, { "{\"a\":1} x", "1:9" },
		{ "{\"a\":1,\"a\":2}", "1:10" }, { "[\"\xff\"]", "1:2" }, { "[\"a\\u0000\"]", NULL },
		{ "[\n 1,\n x]", "3:2" }, { "5", NULL }, { "\"text\"", NULL }, { "[\"a\tb\"]", NULL },
		{ "[99999999999999999999]", NULL }, { "[01]", NULL }, { "[1e999]", NULL }, { "{'a':1}", NULL },
		{ "[\"\xed\xa0\x80\"]", NULL }, { "[\"\\ud800\"]", NULL }, { "[NaN]", NULL },
	};

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct json_value *v = NULL;
		struct fault f = { 0 };

		ASSERT_NUMBER(json_parse(cases[i].text, strlen(cases[i].text), &v, &f),
			      FAULT_INPUT_BAD_JSON);
		if (cases[i].place)
			ASSERT_TEXT(f.arg[0], cases[i].place);
		CU_ASSERT(f.arg[1][0] != '\0');
		CU_ASSERT_PTR_NULL(v);
	}
}

void nesting_and_length_are_bounded(void)
{
	char deep[2 * JSON_READ_DEPTH_MAX + 3];
	char *huge = calloc(1, JSON_TEXT_MAX + 1);
	struct json_value *v = NULL;
	struct fault f;
	size_t n = JSON_READ_DEPTH_MAX;

	memset(deep, '[', n);
	memset(deep + n, ']', n);
	ASSERT_NUMBER(json_parse(deep, 2 * n, &v, &f), FAULT_NONE);
	json_value_free(v);
	memset(deep, '[', n + 1);
	memset(deep + n + 1, ']', n + 1);
	ASSERT_NUMBER(json_parse(deep, 2 * n + 2, &v, &f), FAULT_INPUT_BAD_JSON);
	v = json_test_parse("[\"[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[\\\"[[\"]");
	json_value_free(v);
	CU_ASSERT_PTR_NOT_NULL_FATAL(huge);
	ASSERT_NUMBER(json_parse(huge, JSON_TEXT_MAX + 1, &v, &f), FAULT_INPUT_LINE_TOO_LONG);
	free(huge);
}

void typed_members_are_read(void)
{
	struct json_value *v = json_test_parse("{\"t\":\"abc\",\"n\":-7,\"b\":true,\"m\":\"-12.5\","
		"\"q\":\"0.734\",\"i\":\"014D2PF2DBSQQG28T5CY4TQKFF\",\"o\":{},\"a\":[1]}");
	char text[4] = "";
	int64_t n = 0;
	bool b = false;
	struct money m = { 0, CURRENCY_NONE };
	quantity q = 0;
	struct ident id = { { 0 } };
	const struct json_value *inner = NULL;

	ASSERT_NUMBER(json_get_text(v, "t", text, sizeof text, NULL), FAULT_NONE);
	ASSERT_TEXT(text, "abc");
	ASSERT_NUMBER(json_get_number(v, "n", -7, -7, &n, NULL), FAULT_NONE);
	ASSERT_NUMBER(n, -7);
	ASSERT_NUMBER(json_get_bool(v, "b", &b, NULL), FAULT_NONE);
	CU_ASSERT(b);
	ASSERT_NUMBER(json_get_money(v, "m", CURRENCY_CNY, true, &m, NULL), FAULT_NONE);
	ASSERT_NUMBER(m.minor, -1250);
	ASSERT_NUMBER(m.currency, CURRENCY_CNY);
	ASSERT_NUMBER(json_get_quantity(v, "q", &q, NULL), FAULT_NONE);
	ASSERT_NUMBER(q, 734);
	ASSERT_NUMBER(json_get_ident(v, "i", &id, NULL), FAULT_NONE);
	ASSERT_NUMBER(id.bytes[1], 0x23);
	ASSERT_NUMBER(json_get_object(v, "o", &inner, NULL), FAULT_NONE);
	ASSERT_NUMBER(json_get_array(v, "a", &inner, NULL), FAULT_NONE);
	ASSERT_NUMBER(json_count(inner), 1);
	json_value_free(v);
}

static enum fault_code get(const struct json_value *v, char how, const char *name, struct fault *f)
{
	char text[4];
	int64_t n;
	bool b;
	struct money m;
	quantity q;
	struct ident id;
	const struct json_value *inner;

	switch (how) {
	case 't':
		return json_get_text(v, name, text, sizeof text, f);
	case 'n':
		return json_get_number(v, name, 1, 100, &n, f);
	case 'b':
		return json_get_bool(v, name, &b, f);
	case 'm':
		return json_get_money(v, name, CURRENCY_CNY, false, &m, f);
	case 'q':
		return json_get_quantity(v, name, &q, f);
	case 'i':
		return json_get_ident(v, name, &id, f);
	case 'o':
		return json_get_object(v, name, &inner, f);
	default:
		return json_get_array(v, name, &inner, f);
	}
}

void wrong_members_are_refused_by_name(void)
{
	static const struct { const char *text; char how; const char *expected; } cases[] = {
		{ "{\"x\":\"abcd\"}", 't', "≤ 3 bytes" }, { "{\"x\":5}", 't', "text in quotes" },
		{ "{\"x\":null}", 't', "text in quotes" }, { "{\"x\":0}", 'n', "1 … 100" },
		{ "{\"x\":101}", 'n', "1 … 100" }, { "{\"x\":1.0}", 'n', "a whole number" },
		{ "{\"x\":\"1\"}", 'n', "a whole number" }, { "{\"x\":1}", 'b', "true or false" },
		{ "{\"x\":12.5}", 'm', "an amount in quotes with at most two decimals, like \"12.50\"" },
		{ "{\"x\":12}", 'm', "an amount in quotes with at most two decimals, like \"12.50\"" },
		{ "{\"x\":\"12.505\"}", 'm', "an amount in quotes with at most two decimals, like \"12.50\"" },
		{ "{\"x\":\"-1\"}", 'm', "an amount in quotes with at most two decimals, like \"12.50\"" },
		{ "{\"x\":2}", 'q', "a quantity in quotes with at most three decimals, like \"0.734\"" },
		{ "{\"x\":\"0\"}", 'q', "a quantity in quotes with at most three decimals, like \"0.734\"" },
		{ "{\"x\":\"014D\"}", 'i', "an identity of 26 letters in quotes" },
		{ "{\"x\":[]}", 'o', "an object in { }" }, { "{\"x\":{}}", 'a', "a list in [ ]" },
	};

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct json_value *v = json_test_parse(cases[i].text);
		struct fault f = { 0 };

		ASSERT_NUMBER(get(v, cases[i].how, "x", &f), FAULT_INPUT_BAD_FIELD);
		ASSERT_TEXT(f.arg[0], "x");
		ASSERT_TEXT(f.arg[1], cases[i].expected);
		ASSERT_NUMBER(get(v, cases[i].how, "y", &f), FAULT_INPUT_MISSING_FIELD);
		ASSERT_TEXT(f.arg[0], "y");
		json_value_free(v);
	}
}

void members_come_in_the_order_of_the_text(void)
{
	struct json_value *v = json_test_parse("{\"z\":1,\"a\":2,\"m\":3,\"条码\":4}");
	const struct json_value *member, *none = json_member(v, "z");
	const char *name;
	void *at = NULL;
	char names[32] = "";
	size_t used = 0;

	while (json_next_member(v, &at, &name, &member))
		used += (size_t)snprintf(names + used, sizeof names - used, "%s ", name);
	ASSERT_TEXT(names, "z a m 条码 ");
	at = NULL;
	CU_ASSERT_FALSE(json_next_member(none, &at, &name, &member));
	json_value_free(v);
}
