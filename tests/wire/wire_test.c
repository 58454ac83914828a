/* Tests of room wire. */
#include "suite.h"

#include <string.h>

#include "wire/enrol_code.h"
#include "wire/wire.h"

/* A struct of any message, filled with something in every field. */
static void fill(enum wire_message message, char *to)
{
	const struct wire_message_row *row = wire_message_row(message);

	for (size_t i = 0; i < row->n_fields; i++) {
		const struct json_field *f = &row->fields[i];
		struct money money = money_make(100 + (int64_t)i, CURRENCY_CNY);
		int64_t number = 7 + (int64_t)i;

		if (f->type == JSON_FIELD_TEXT)
			memset(to + f->offset, 'a' + (int)(i % 26), f->size - 1);
		else if (f->type == JSON_FIELD_MONEY)
			memcpy(to + f->offset, &money, sizeof money);
		else if (f->type == JSON_FIELD_NUMBER)
			memcpy(to + f->offset, &number, sizeof number);
		else if (f->type == JSON_FIELD_IDENT)
			memset(to + f->offset, 0x5A, IDENT_BYTES);
	}
}

static void put(enum wire_message message, const void *from, struct buffer *out)
{
	struct json_writer w;

	json_writer_init(&w, out);
	wire_put(&w, NULL, message, from);
}

static void every_message_goes_there_and_back(void)
{
	for (int m = 0; m < WIRE_MESSAGES; m++) {
		const struct wire_message_row *row = wire_message_row((enum wire_message)m);
		struct buffer first = BUFFER_INIT(1 << 20), second = BUFFER_INIT(1 << 20);
		struct json_value *value = NULL;
		char from[8192] = { 0 }, back[8192] = { 0 };
		struct fault fault = { .code = FAULT_NONE };

		CU_ASSERT_FATAL(row->size <= sizeof from);
		fill((enum wire_message)m, from);
		put((enum wire_message)m, from, &first);
		CU_ASSERT_FATAL(!first.failed);
		ASSERT_NUMBER(json_parse(first.data, first.len, &value, &fault), FAULT_NONE);
		ASSERT_NUMBER(wire_get(value, (enum wire_message)m, CURRENCY_CNY, back, &fault), FAULT_NONE);
		put((enum wire_message)m, back, &second);
		ASSERT_TEXT(buffer_text(&second), buffer_text(&first));
		wire_release((enum wire_message)m, back);
		json_value_free(value);
		buffer_release(&first);
		buffer_release(&second);
	}
}

static enum fault_code read_order(const char *text, struct wire_order_request *ret, struct fault *fault)
{
	struct json_value *value = NULL;
	enum fault_code code = json_parse(text, strlen(text), &value, fault);

	memset(ret, 0, sizeof *ret);
	if (!code)
		code = wire_get(value, WIRE_order_request, CURRENCY_CNY, ret, fault);
	json_value_free(value);
	return code;
}

#define ID "\"id\":\"0123456789ABCDEFGHJKMNPQRS\","
#define HEAD "{" ID "\"number\":1,\"currency\":\"CNY\",\"total\":\"3.50\""

static void bodies_are_checked_before_a_handler_runs(void)
{
	static const struct { const char *text; enum fault_code code; } cases[] = {
		{ HEAD ",\"lines\":[]}", FAULT_NONE },
		{ HEAD "}", FAULT_NONE },
		{ HEAD ",\"lines\":{}}", FAULT_INPUT_BAD_FIELD },
		{ HEAD ",\"lines\":[7]}", FAULT_INPUT_BAD_FIELD },
		{ HEAD ",\"lines\":[{\"n\":1}]}", FAULT_INPUT_MISSING_FIELD },
		{ HEAD ",\"line\":[]}", FAULT_INPUT_UNKNOWN_FIELD },
		{ "{\"number\":1}", FAULT_INPUT_MISSING_FIELD },
		{ "{" ID "\"number\":1,\"currency\":\"CNY\",\"total\":3.5}", FAULT_INPUT_BAD_FIELD },
		{ "{" ID "\"number\":1,\"currency\":\"CNYX\",\"total\":\"3.50\"}", FAULT_INPUT_BAD_FIELD },
		{ "[]", FAULT_INPUT_BAD_FIELD },
	};

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct wire_order_request order;
		struct fault fault;

		ASSERT_NUMBER(read_order(cases[i].text, &order, &fault), cases[i].code);
		wire_release(WIRE_order_request, &order);
	}
}

static void lists_are_read_with_their_elements(void)
{
	struct wire_order_request order;
	struct fault fault;

	ASSERT_NUMBER(read_order(HEAD ",\"lines\":["
		"{\"n\":1,\"code\":\"a\",\"name\":\"可乐\",\"qty\":\"2\",\"price\":\"1.00\",\"amount\":\"2.00\"},"
		"{\"n\":2,\"code\":\"b\",\"name\":\"b\",\"qty\":\"1\",\"price\":\"1.50\",\"amount\":\"1.50\"}]}",
		&order, &fault), FAULT_NONE);
	ASSERT_NUMBER(order.n_lines, 2);
	ASSERT_TEXT(order.lines[0].name, "可乐");
	ASSERT_NUMBER(order.lines[1].amount.minor, 150);
	wire_release(WIRE_order_request, &order);
	ASSERT_NUMBER(order.n_lines, 0);
}

static void routes_are_found_by_method_and_path(void)
{
	static const struct { const char *method, *path; int route; const char *part; bool known; } cases[] = {
		{ "GET", "/v1/time", ROUTE_time_get, "", true },
		{ "POST", "/v1/time", -1, "", true },
		{ "GET", "/v1/orders/ABC", ROUTE_order_get, "ABC", true },
		{ "POST", "/v1/orders/ABC/payments", ROUTE_payment_create, "ABC", true },
		{ "POST", "/v1/payments/X/cancel", ROUTE_payment_cancel, "X", true },
		{ "GET", "/v1/orders/", -1, "", false }, { "GET", "/v1/orders/A/B", -1, "", false },
		{ "GET", "/v2/time", -1, "", false }, { "POST", "/v1/orders", ROUTE_order_create, "", true },
	};
	char path[128];

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		char part[64];
		bool known;
		const struct wire_route_row *row = wire_route_find(cases[i].method, cases[i].path, part,
								   sizeof part, &known);

		ASSERT_NUMBER(row ? (int)row->route : -1, cases[i].route);
		ASSERT_NUMBER(known, cases[i].known);
		if (row)
			ASSERT_TEXT(part, cases[i].part);
	}
	wire_route_path(ROUTE_payment_create, "ABC", path, sizeof path);
	ASSERT_TEXT(path, "/v1/orders/ABC/payments");
}

static void a_statement_is_plain_lines(void)
{
	struct wire_statement s = {
		.amount = { 1566, CURRENCY_CNY }, .currency = "CNY", .state = "paid", .channel = "wechat",
		.channel_no = "420001", .time = "2026-11-21T09:41:07.000+08:00",
	};
	struct buffer text = BUFFER_INIT(1024);

	s.payment.bytes[15] = 1;
	wire_statement_text(&s, &text);
	ASSERT_TEXT(buffer_text(&text),
		"guitai payment statement 1\n00000000000000000000000001\n"
		"00000000000000000000000000\n00000000000000000000000000\n15.66\nCNY\npaid\nwechat\n"
		"420001\n2026-11-21T09:41:07.000+08:00\n");
	buffer_release(&text);
}

static void make_code(struct wire_enrol_code *code)
{
	uint8_t bytes[sizeof *code];

	for (size_t i = 0; i < sizeof bytes; i++)
		bytes[i] = (uint8_t)(i * 37 + 11);
	memcpy(code, bytes, sizeof bytes);
}

static void an_enrolment_code_is_read_as_it_is_typed(void)
{
	struct wire_enrol_code code, read;
	wire_enrol_code_text text;
	char typed[WIRE_ENROL_CODE_LETTERS + 1];
	size_t n = 0;

	make_code(&code);
	wire_enrol_code_format(&code, text);
	ASSERT_NUMBER(strlen(text), WIRE_ENROL_CODE_LETTERS);
	CU_ASSERT(wire_enrol_code_parse(text, &read) && memcmp(&read, &code, sizeof code) == 0);
	for (const char *p = text; *p; p++)
		if (*p != '-')
			typed[n++] = *p == '0' ? 'o' : *p == '1' ? 'l' : *p >= 'A' ? (char)(*p + 32) : *p;
	typed[n] = '\0';
	memset(&read, 0, sizeof read);
	CU_ASSERT(wire_enrol_code_parse(typed, &read) && memcmp(&read, &code, sizeof code) == 0);
	CU_ASSERT_FALSE(wire_enrol_code_parse("", &read));
	typed[n - 1] = '\0';
	CU_ASSERT_FALSE(wire_enrol_code_parse(typed, &read));
}

static void a_slip_in_an_enrolment_code_is_noticed(void)
{
	struct wire_enrol_code code, read;
	wire_enrol_code_text text;

	make_code(&code);
	wire_enrol_code_format(&code, text);
	for (size_t i = 0; text[i]; i++) {
		char was = text[i], next = text[i + 1];

		if (was == '-')
			continue;
		text[i] = was == 'Z' ? '0' : 'Z';
		CU_ASSERT_FALSE(wire_enrol_code_parse(text, &read));
		text[i] = was;
		if (!next || next == '-' || next == was)
			continue;
		text[i] = next;
		text[i + 1] = was;
		CU_ASSERT_FALSE(wire_enrol_code_parse(text, &read));
		text[i] = was;
		text[i + 1] = next;
	}
}

static const struct test tests[] = {
	{ "every message goes there and back", every_message_goes_there_and_back },
	{ "bodies are checked before a handler runs", bodies_are_checked_before_a_handler_runs },
	{ "lists are read with their elements", lists_are_read_with_their_elements },
	{ "routes are found by method and path", routes_are_found_by_method_and_path },
	{ "a statement is plain lines", a_statement_is_plain_lines },
	{ "an enrolment code is read as it is typed", an_enrolment_code_is_read_as_it_is_typed },
	{ "a slip in an enrolment code is noticed", a_slip_in_an_enrolment_code_is_noticed },
};

SUITE_MAIN("wire", tests)
