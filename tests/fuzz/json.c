/* The JSON reader against any bytes, and the writer against any text: what was
 * written is read back as the same. */
#include "fuzz.h"

#include <string.h>

#include "base/utf8.h"
#include "json/json.h"

struct product {
	char code[16], name[32];
	bool has_price;
	struct money price;
	quantity least;
	int32_t rank;
};

static const struct json_field fields[] = {
	JSON_ROW(struct product, code, TEXT, NEEDED),
	JSON_ROW(struct product, name, TEXT, OPTIONAL),
	JSON_ROW_IF(struct product, price, MONEY, has_price),
	JSON_ROW(struct product, least, QUANTITY, OPTIONAL),
	JSON_ROW(struct product, rank, NUMBER, OPTIONAL),
};

enum { FIELDS = sizeof fields / sizeof fields[0] };

const struct fuzz_seed fuzz_seeds[] = {
	SEED("{\"code\":\"6901\",\"name\":\"可乐\",\"price\":\"3.50\",\"least\":\"0.734\",\"rank\":7}"),
	SEED("{\"code\":\"x\"}"), SEED("{\"code\":\"x\",\"price\":3.5}"), SEED("[1,2.5,-3e9,true,false,null]"),
	SEED("{\"a\":{\"b\":[{\"c\":\"\\u00e9\\n\\\"\"}]}}"), SEED("[[[[[[[[]]]]]]]]"), SEED("\xff\xfe"),
};
const size_t fuzz_n_seeds = sizeof fuzz_seeds / sizeof fuzz_seeds[0];

static void read_product(const struct json_value *value)
{
	struct product p = { .code = "" };
	struct fault fault;

	if (json_get_fields(value, fields, FIELDS, CURRENCY_CNY, &p, &fault) != FAULT_NONE) {
		FUZZ_RULE(fault.code != FAULT_NONE);
		return;
	}
	FUZZ_RULE(strnlen(p.code, sizeof p.code) < sizeof p.code && utf8_valid(p.code, strlen(p.code)));
	FUZZ_RULE(strnlen(p.name, sizeof p.name) < sizeof p.name);
}

/* Any bytes written as text are JSON again, the same where they were UTF-8. */
static void write_and_read(const char *text, size_t n)
{
	struct buffer b = BUFFER_INIT(1 << 20);
	struct json_writer w;
	struct json_value *value = NULL;
	const char *back;
	bool has_nul = n && memchr(text, '\0', n);

	json_writer_init(&w, &b);
	json_put_array(&w, NULL);
	json_put_bytes(&w, NULL, text, n);
	json_close(&w);
	json_end_line(&w);
	FUZZ_RULE(!b.failed && memchr(b.data, '\n', b.len) == b.data + b.len - 1);
	if (json_parse(b.data, b.len, &value, NULL) == FAULT_NONE) {
		back = json_text_of(json_item(value, 0));
		FUZZ_RULE(!has_nul && back);
		FUZZ_RULE(!utf8_valid(text, n) || (strlen(back) == n && memcmp(back, text, n) == 0));
	} else {
		FUZZ_RULE(has_nul);
	}
	json_value_free(value);
	buffer_release(&b);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct json_value *value = NULL;

	write_and_read((const char *)data, n);
	if (json_parse((const char *)data, n, &value, NULL) != FAULT_NONE)
		return 0;
	read_product(value);
	json_value_free(value);
	return 0;
}
