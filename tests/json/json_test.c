/* Writing JSON, and structs by table in both directions. */
#include "json_test.h"

#include <stdint.h>
#include <string.h>

static const struct ident some_id = { { 0x01, 0x23, 0x45, 0x67, 0x89, 0xab, 0xcd, 0xef,
	0x01, 0x23, 0x45, 0x67, 0x89, 0xab, 0xcd, 0xef } };

static void a_line_is_written_in_the_order_of_the_calls(void)
{
	struct buffer b = BUFFER_INIT(1000);
	struct json_writer w;
	static const struct ident zero;

	json_writer_init(&w, &b);
	json_put_object(&w, NULL);
	json_put_bool(&w, "ok", true);
	json_put_text(&w, "cmd", "scan");
	json_put_object(&w, "order");
	json_put_ident(&w, "id", &some_id);
	json_put_ident(&w, "member", &zero);
	json_put_array(&w, "lines");
	json_put_object(&w, NULL);
	json_put_number(&w, "n", 1);
	json_put_quantity(&w, "qty", 2000);
	json_put_money(&w, "price", money_make(350, CURRENCY_CNY));
	json_close(&w);
	json_put_object(&w, NULL);
	json_put_number(&w, "n", 2);
	json_close(&w);
	json_put_number(&w, NULL, INT64_MIN);
	json_put_array(&w, NULL);
	json_close(&w);
	json_put_null(&w, NULL);
	json_close(&w);
	json_put_object(&w, "funders");
	json_close(&w);
	json_close(&w);
	json_put_text(&w, "note", NULL);
	json_close(&w);
	json_end_line(&w);
	json_put_array(&w, NULL);
	json_close(&w);
	json_end_line(&w);
	CU_ASSERT_FALSE(b.failed);
	ASSERT_TEXT(buffer_text(&b),
		    "{\"ok\":true,\"cmd\":\"scan\",\"order\":{\"id\":\"014D2PF2DBSQQG28T5CY4TQKFF\","
		    "\"member\":null,\"lines\":[{\"n\":1,\"qty\":\"2\",\"price\":\"3.50\"},{\"n\":2},"
		    "-9223372036854775808,[],null],\"funders\":{}},\"note\":null}\n[]\n");
	buffer_release(&b);
}

static void text_is_escaped_and_always_utf8(void)
{
	static const struct { const char *text, *json; } cases[] = {
		{ "", "\"\"" }, { "plain", "\"plain\"" }, { "say \"hi\"\\", "\"say \\\"hi\\\"\\\\\"" },
		{ "\b\f\n\r\t", "\"\\b\\f\\n\\r\\t\"" }, { "\x1b[31m\x01\x7f", "\"\\u001b[31m\\u0001\\u007f\"" },
		{ "可口可乐", "\"可口可乐\"" }, { "\xf0\x9f\x8d\x8e", "\"\xf0\x9f\x8d\x8e\"" },
		{ "a\xff" "b\xe4\xb8", "\"a\xef\xbf\xbd" "b\xef\xbf\xbd\xef\xbf\xbd\"" },
		{ "\xed\xa0\x80", "\"\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\"" }, { "/", "\"/\"" },
	};

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct buffer b = BUFFER_INIT(1000);
		struct json_writer w;

		json_writer_init(&w, &b);
		json_put_text(&w, NULL, cases[i].text);
		ASSERT_TEXT(buffer_text(&b), cases[i].json);
		buffer_release(&b);
	}
}

static void a_nul_inside_bytes_is_escaped(void)
{
	struct buffer b = BUFFER_INIT(100);
	struct json_writer w;

	json_writer_init(&w, &b);
	json_put_bytes(&w, NULL, "a\0b", 3);
	ASSERT_TEXT(buffer_text(&b), "\"a\\u0000b\"");
	buffer_release(&b);
}

static void calls_that_do_not_nest_fail(void)
{
	for (int which = 0; which < 7; which++) {
		struct buffer b = BUFFER_INIT(1000);
		struct json_writer w;

		json_writer_init(&w, &b);
		switch (which) {
		case 0:
			json_close(&w);
			break;
		case 1:
			json_put_object(&w, NULL);
			json_end_line(&w);
			break;
		case 2:
			json_put_object(&w, NULL);
			json_put_number(&w, NULL, 1);
			break;
		case 3:
			json_put_array(&w, NULL);
			json_put_number(&w, "n", 1);
			break;
		case 4:
			json_put_number(&w, "n", 1);
			break;
		case 5:
			json_put_number(&w, NULL, 1);
			json_put_number(&w, NULL, 2);
			break;
		default:
			for (int i = 0; i <= JSON_DEPTH_MAX; i++)
				json_put_array(&w, NULL);
			break;
		}
		CU_ASSERT(b.failed);
		buffer_release(&b);
	}
}

static void a_full_buffer_fails_once_and_for_all(void)
{
	struct buffer b = BUFFER_INIT(10);
	struct json_writer w;

	json_writer_init(&w, &b);
	json_put_object(&w, NULL);
	json_put_text(&w, "name", "too long for this");
	json_close(&w);
	json_end_line(&w);
	CU_ASSERT(b.failed);
	buffer_release(&b);
}

struct thing {
	char name[8];
	int64_t big;
	int32_t small;
	bool flag, has_price;
	struct money price;
	quantity weight;
	struct ident id;
};

static const struct json_field thing_fields[] = {
	JSON_ROW(struct thing, name, TEXT, NEEDED),
	JSON_ROW(struct thing, big, NUMBER, NEEDED),
	JSON_ROW(struct thing, small, NUMBER, OPTIONAL),
	JSON_ROW(struct thing, flag, BOOL, OPTIONAL),
	JSON_ROW_IF(struct thing, price, MONEY, has_price),
	JSON_ROW(struct thing, weight, QUANTITY, OPTIONAL),
	JSON_ROW(struct thing, id, IDENT, OPTIONAL),
};

enum { THING_FIELDS = sizeof thing_fields / sizeof thing_fields[0] };

static void write_thing(const struct thing *thing, struct buffer *b)
{
	struct json_writer w;

	json_writer_init(&w, b);
	json_put_object(&w, NULL);
	json_put_fields(&w, thing_fields, THING_FIELDS, thing);
	json_close(&w);
}

static void a_table_writes_and_reads_a_struct(void)
{
	struct thing thing = { .name = "tea", .big = INT64_MAX, .small = -3, .flag = true,
		.has_price = true, .price = { 1250, CURRENCY_CNY }, .weight = 734, .id = some_id };
	struct thing back = { .name = "old" };
	struct buffer b = BUFFER_INIT(1000);
	struct json_value *v;

	write_thing(&thing, &b);
	ASSERT_TEXT(buffer_text(&b), "{\"name\":\"tea\",\"big\":9223372036854775807,\"small\":-3,"
		    "\"flag\":true,\"price\":\"12.50\",\"weight\":\"0.734\","
		    "\"id\":\"014D2PF2DBSQQG28T5CY4TQKFF\"}");
	v = json_test_parse(buffer_text(&b));
	ASSERT_NUMBER(json_get_fields(v, thing_fields, THING_FIELDS, CURRENCY_CNY, &back, NULL), FAULT_NONE);
	ASSERT_TEXT(back.name, "tea");
	ASSERT_NUMBER(back.big, INT64_MAX);
	ASSERT_NUMBER(back.small, -3);
	CU_ASSERT(back.flag && back.has_price && ident_equal(&back.id, &some_id));
	ASSERT_NUMBER(back.price.minor, 1250);
	ASSERT_NUMBER(back.weight, 734);
	json_value_free(v);

	v = json_test_parse("{\"big\":1,\"name\":\"x\"}");
	ASSERT_NUMBER(json_get_fields(v, thing_fields, THING_FIELDS, CURRENCY_CNY, &back, NULL), FAULT_NONE);
	ASSERT_NUMBER(back.small, -3);
	CU_ASSERT_FALSE(back.has_price);
	json_value_free(v);
	buffer_reset(&b);
	write_thing(&back, &b);
	CU_ASSERT_PTR_NULL(strstr(buffer_text(&b), "price"));
	buffer_release(&b);
}

static void a_table_refuses_what_it_does_not_name(void)
{
	static const struct { const char *text; enum fault_code code; const char *field; } cases[] = {
		{ "{\"name\":\"x\",\"big\":1,\"colour\":1}", FAULT_INPUT_UNKNOWN_FIELD, "colour" },
		{ "{\"name\":\"x\"}", FAULT_INPUT_MISSING_FIELD, "big" },
		{ "{\"name\":\"12345678\",\"big\":1}", FAULT_INPUT_BAD_FIELD, "name" },
		{ "{\"name\":\"x\",\"big\":1,\"small\":2147483648}", FAULT_INPUT_BAD_FIELD, "small" },
		{ "{\"name\":\"x\",\"big\":1,\"price\":12.5}", FAULT_INPUT_BAD_FIELD, "price" },
		{ "{\"name\":\"x\",\"big\":1,\"price\":null}", FAULT_INPUT_BAD_FIELD, "price" },
		{ "[]", FAULT_INPUT_MISSING_FIELD, "name" },
	};

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct json_value *v = json_test_parse(cases[i].text);
		struct thing thing = { .name = "" };
		struct fault f = { 0 };

		ASSERT_NUMBER(json_get_fields(v, thing_fields, THING_FIELDS, CURRENCY_CNY, &thing, &f),
			      cases[i].code);
		ASSERT_TEXT(f.arg[0], cases[i].field);
		json_value_free(v);
	}
}

static const struct test tests[] = {
	{ "a line is written in the order of the calls", a_line_is_written_in_the_order_of_the_calls },
	{ "text is escaped and always UTF-8", text_is_escaped_and_always_utf8 },
	{ "a NUL inside bytes is escaped", a_nul_inside_bytes_is_escaped },
	{ "calls that do not nest fail", calls_that_do_not_nest_fail },
	{ "a full buffer fails once and for all", a_full_buffer_fails_once_and_for_all },
	{ "a table writes and reads a struct", a_table_writes_and_reads_a_struct },
	{ "a table refuses what it does not name", a_table_refuses_what_it_does_not_name },
	{ "good texts become values", good_texts_become_values },
	{ "bad texts are refused with their place", bad_texts_are_refused_with_their_place },
	{ "nesting and length are bounded", nesting_and_length_are_bounded },
	{ "typed members are read", typed_members_are_read },
	{ "wrong members are refused by name", wrong_members_are_refused_by_name },
	{ "members come in the order of the text", members_come_in_the_order_of_the_text },
};

SUITE_MAIN("json", tests)
