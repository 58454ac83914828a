/* What holds for every receipt: nothing wider than the paper, the printed sums
 * are the order's, and no name commands the printer. */
#include "receipt_test.h"

#include <stdio.h>
#include <string.h>

#include "base/utf8.h"
#include "base/width.h"
#include "suite.h"

enum { TEXT_MAX = 8 * 1024 * 1024, SHOP_MAX = 120 };

struct order_line *sold(struct order *order, const char *name, quantity q, int64_t price_minor)
{
	struct order_line *line = order_add_line(order);

	CU_ASSERT_FATAL(line != NULL);
	utf8_copy(line->name, sizeof line->name, name);
	line->quantity = q;
	line->price_minor = line->list_price_minor = price_minor;
	line->tax_bp = 1300;
	line->fractional = q % QUANTITY_ONE != 0;
	CU_ASSERT_FATAL(order_price_line(line, order->currency) == FAULT_NONE);
	return line;
}

void discount_order(struct order *order, enum discount_kind kind, int64_t value)
{
	struct buffer shares = BUFFER_INIT(100000);

	order->discount = (struct discount){ kind, value };
	CU_ASSERT_FATAL(order_spread(order, NULL, order->discount, &shares) == FAULT_NONE);
	CU_ASSERT_FATAL(order_set_shares(order, (const uint8_t *)shares.data, shares.len));
	buffer_release(&shares);
}

struct order_tender *paid(struct order *order, enum tender_kind kind, const char *name,
			  int64_t given_minor, int64_t change_minor)
{
	struct order_tender *tender = order_add_tender(order);

	CU_ASSERT_FATAL(tender != NULL);
	tender->kind = kind;
	tender->given_minor = given_minor;
	tender->change_minor = change_minor;
	tender->amount_minor = given_minor - change_minor;
	utf8_copy(tender->name, sizeof tender->name, name);
	return tender;
}

void begin_order(struct order *order)
{
	memset(order, 0, sizeof *order);
	for (int i = 0; i < IDENT_BYTES; i++)
		order->id.bytes[i] = (uint8_t)(17 * i);
	order->number = 42;
	order->currency = CURRENCY_CNY;
	order->opened_at = (struct instant){ INT64_C(1795254067000), 480 };
	utf8_copy(order->cashier, sizeof order->cashier, "1");
}

void close_order(struct order *order)
{
	order->state = ORDER_CLOSED;
	order->closed_at = (struct instant){ INT64_C(1795254125000), 480 };
	CU_ASSERT_FATAL(order_sum(order) == FAULT_NONE);
}

static void every_label_has_a_word(void)
{
	struct receipt_labels english = receipt_labels_english();

	for (int i = 0; i < RECEIPT_LABELS; i++) {
		CU_ASSERT(english.text[i] && english.text[i][0]);
		ASSERT_TEXT(english.text[i], receipt_label_english((enum receipt_label)i));
		CU_ASSERT(width_of_text(english.text[i]) <= 28);
	}
}

static void the_receipt_code_is_its_order_with_a_check_character(void)
{
	struct order order;
	struct ident back;
	receipt_code code;

	begin_order(&order);
	receipt_code_of(&order.id, code);
	ASSERT_NUMBER(strlen(code), RECEIPT_CODE_LETTERS);
	CU_ASSERT(memcmp(code, "GR", 2) == 0);
	CU_ASSERT(ident_parse(code + 2, true, &back));
	CU_ASSERT(ident_equal(&back, &order.id));
}

static void other_widths_are_refused(void)
{
	static const unsigned widths[] = { 0, 1, 31, 33, 40, 43, 47, 49, 80 };
	struct buffer out = BUFFER_INIT(TEXT_MAX);
	struct receipt_document doc;

	receipt_init(&doc);
	for (size_t i = 0; i < sizeof widths / sizeof widths[0]; i++) {
		CU_ASSERT_FALSE(receipt_columns_known(widths[i]));
		CU_ASSERT_FALSE(receipt_layout_text(&doc, widths[i], &out));
	}
	CU_ASSERT(receipt_layout_text(&doc, 32, &out));
	ASSERT_NUMBER(out.len, 0);
	receipt_release(&doc);
	receipt_release(NULL);
}

static void a_text_that_finds_no_room_is_told(void)
{
	struct receipt_labels labels = receipt_labels_english();
	struct receipt_context context = { .labels = &labels, .shop = "shop" };
	struct buffer out = BUFFER_INIT(20);
	struct receipt_document doc;
	struct order order;

	begin_order(&order);
	close_order(&order);
	receipt_init(&doc);
	CU_ASSERT(receipt_of_order(&doc, &order, &context));
	CU_ASSERT_FALSE(receipt_layout_text(&doc, 32, &out));
	doc.texts.limit = doc.texts.len + 10;
	CU_ASSERT_FALSE(receipt_of_order(&doc, &order, &context));
	buffer_release(&out);
	buffer_init(&out, TEXT_MAX);
	CU_ASSERT_FALSE(receipt_layout_text(&doc, 32, &out));
	buffer_release(&out);
	receipt_release(&doc);
}

static void only_orders_that_were_closed_are_paid(void)
{
	static const struct { enum order_state state; bool paid; } cases[] = {
		{ ORDER_OPEN, false }, { ORDER_HELD, false }, { ORDER_CLEARED, false },
		{ ORDER_CLOSED, true }, { ORDER_PART_REFUNDED, true }, { ORDER_REFUNDED, true },
	};
	struct receipt_labels labels = receipt_labels_english();
	struct receipt_context context = { .labels = &labels, .shop = "", .store = "", .cashier = "" };

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct buffer text = BUFFER_INIT(TEXT_MAX);
		struct receipt_document doc;
		struct order order;

		begin_order(&order);
		close_order(&order);
		order.state = cases[i].state;
		receipt_init(&doc);
		CU_ASSERT_FATAL(receipt_of_order(&doc, &order, &context));
		CU_ASSERT_FATAL(receipt_layout_text(&doc, 32, &text));
		ASSERT_NUMBER(strstr(buffer_text(&text), "NOT PAID") == NULL, cases[i].paid);
		buffer_release(&text);
		receipt_release(&doc);
	}
}

static uint64_t next(uint64_t *seed)
{
	*seed ^= *seed << 13;
	*seed ^= *seed >> 7;
	*seed ^= *seed << 17;
	return *seed;
}

static int64_t below(uint64_t *seed, int64_t n)
{
	return (int64_t)(next(seed) % (uint64_t)n);
}

/* Names of everything a product file may hold, also what it should not. */
static void random_name(uint64_t *seed, char *name, size_t size)
{
	static const char *const pieces[] = {
		"可", "口", "x", "Y9", " ", "  ", "\033[2J", "\n", "\x7f", "\xC2\x9B", "\xFF",
		"\xE2\x80\xAE", "e\xCC\x81", "\xF0\x9F\x8D\x8E", "￥", "-", "\xE5\x8F",
	};
	size_t n = 0, pieces_n = (size_t)below(seed, 60);

	name[0] = '\0';
	for (size_t i = 0; i < pieces_n && n + 5 < size; i++)
		n += (size_t)snprintf(name + n, size - n, "%s",
				      pieces[below(seed, sizeof pieces / sizeof pieces[0])]);
}

static int64_t random_price(uint64_t *seed)
{
	static const int64_t sizes[] = { 10, 1000, 100000, 10000000, MONEY_TYPED_MAX_MINOR };

	return below(seed, sizes[below(seed, 5)]);
}

static void random_order(uint64_t *seed, struct order *order)
{
	int64_t n = below(seed, 12);

	begin_order(order);
	for (int64_t i = 0; i < n; i++) {
		char name[PRODUCT_NAME_MAX + 1];
		quantity q = (below(seed, 9) + 1) * (below(seed, 2) ? QUANTITY_ONE : 367);
		struct order_line *line;

		random_name(seed, name, sizeof name);
		line = sold(order, name, below(seed, 6) ? q : -q, random_price(seed));
		random_name(seed, line->reason, sizeof line->reason);
		random_name(seed, line->unit, sizeof line->unit);
		line->tax_bp = (int32_t)below(seed, 4) * 300 - 1;
		line->voided = below(seed, 6) == 0;
		if (line->quantity > 0 && below(seed, 3) == 0)
			line->discount = (struct discount){ DISCOUNT_PERCENT, below(seed, 10001) };
		order_discount_line(line);
	}
	if (below(seed, 2))
		discount_order(order, below(seed, 2) ? DISCOUNT_PERCENT : DISCOUNT_AMOUNT,
			       below(seed, 10001));
	for (int64_t i = below(seed, 4); i-- > 0;) {
		struct order_tender *tender = paid(order, below(seed, 2) ? TENDER_CASH : TENDER_OTHER,
						   "", random_price(seed), below(seed, 2));

		random_name(seed, tender->name, sizeof tender->name);
		random_name(seed, tender->ref, sizeof tender->ref);
		tender->cancelled = below(seed, 4) == 0;
	}
	order->rounding_minor = below(seed, 19) - 9;
	close_order(order);
	if (below(seed, 4) == 0)
		order->state = ORDER_OPEN;
}

/* No line wider than the paper, none with a trailing space, no control
 * character but the line's end. */
static void assert_printable(const struct buffer *text, unsigned columns)
{
	char line[256];
	const char *at = buffer_text(text);

	while (*at) {
		size_t n = strcspn(at, "\n");

		CU_ASSERT_FATAL(at[n] == '\n' && n < sizeof line);
		memcpy(line, at, n);
		line[n] = '\0';
		CU_ASSERT(width_of_text(line) <= columns);
		CU_ASSERT(n == 0 || line[n - 1] != ' ');
		CU_ASSERT(utf8_valid(line, n));
		for (size_t i = 0; i < n;) {
			uint32_t cp;

			i += utf8_decode(line + i, n - i, &cp);
			CU_ASSERT_FALSE(utf8_is_control(cp));
		}
		at += n + 1;
	}
}

/* "-12.34" with or without letters before it, in minor units. */
static int64_t minor_of(const char *text)
{
	int64_t minor = 0;
	bool negative = false;

	for (; *text; text++) {
		negative = negative || *text == '-';
		if (*text >= '0' && *text <= '9')
			minor = minor * 10 + (*text - '0');
	}
	return negative ? -minor : minor;
}

/* The right part of the row of a label, in minor units; 0 when there is none. */
static int64_t printed(const struct receipt_document *doc, enum receipt_row_kind kind,
		       enum receipt_label label)
{
	const char *word = receipt_label_english(label);

	for (size_t i = 0; i < doc->n_rows; i++)
		if (doc->rows[i].kind == kind &&
		    strcmp(receipt_part(doc, &doc->rows[i], RECEIPT_LEFT), word) == 0)
			return minor_of(receipt_part(doc, &doc->rows[i], RECEIPT_RIGHT));
	return 0;
}

/* Σ of the right parts of a kind of rows. */
static int64_t printed_sum(const struct receipt_document *doc, enum receipt_row_kind kind)
{
	int64_t sum = 0;

	for (size_t i = 0; i < doc->n_rows; i++)
		if (doc->rows[i].kind == kind)
			sum += minor_of(receipt_part(doc, &doc->rows[i], RECEIPT_RIGHT));
	return sum;
}

static void assert_sums(const struct receipt_document *doc, const struct order *order)
{
	int64_t subtotal = printed(doc, RECEIPT_PAIR, RECEIPT_LABEL_SUBTOTAL);
	int64_t discount = printed(doc, RECEIPT_PAIR, RECEIPT_LABEL_DISCOUNT);
	int64_t rounding = printed(doc, RECEIPT_PAIR, RECEIPT_LABEL_ROUNDING);
	int64_t total = printed(doc, RECEIPT_TOTAL, RECEIPT_LABEL_TOTAL);

	ASSERT_NUMBER(subtotal, order->subtotal_minor);
	ASSERT_NUMBER(discount, -order->discount_minor);
	ASSERT_NUMBER(rounding, order->rounding_minor);
	ASSERT_NUMBER(total, order->total_minor);
	ASSERT_NUMBER(subtotal + discount + rounding, total);
	ASSERT_NUMBER(printed_sum(doc, RECEIPT_ITEM), subtotal);
	ASSERT_NUMBER(printed_sum(doc, RECEIPT_DETAIL), discount);
	ASSERT_NUMBER(printed(doc, RECEIPT_PAIR, RECEIPT_LABEL_CHANGE), order->change_minor);
}

static void random_orders_fit_the_paper_and_add_up(void)
{
	static const unsigned widths[] = { 32, 42, 48 };
	struct receipt_labels labels[] = { receipt_labels_english(), chinese_labels() };
	struct buffer text = BUFFER_INIT(TEXT_MAX);
	uint64_t seed = 20261121;

	for (int i = 0; i < 2000; i++) {
		char shop[SHOP_MAX], header_line[SHOP_MAX];
		const char *const header[] = { header_line };
		struct receipt_context context = { .labels = &labels[i % 2], .shop = shop,
						   .cashier = header_line, .iso_currency = true };
		struct receipt_document doc;
		struct order order;

		random_name(&seed, shop, sizeof shop);
		random_name(&seed, header_line, sizeof header_line);
		context.header = context.footer = header;
		context.n_header = context.n_footer = 1;
		context.copy = next(&seed) % 3;
		random_order(&seed, &order);
		receipt_init(&doc);
		CU_ASSERT_FATAL(receipt_of_order(&doc, &order, &context));
		if (i % 2 == 0)
			assert_sums(&doc, &order);
		for (int w = 0; w < 3; w++) {
			buffer_reset(&text);
			CU_ASSERT_FATAL(receipt_layout_text(&doc, widths[w], &text));
			assert_printable(&text, widths[w]);
		}
		receipt_release(&doc);
		order_release(&order);
	}
	buffer_release(&text);
}

static const struct test tests[] = {
	{ "receipts look like their pictures", receipts_look_like_their_pictures },
	{ "an unpaid order says so", an_unpaid_order_says_so },
	{ "reports look like their pictures", reports_look_like_their_pictures },
	{ "every label has a word", every_label_has_a_word },
	{ "the receipt code is its order with a check character",
	  the_receipt_code_is_its_order_with_a_check_character },
	{ "other widths are refused", other_widths_are_refused },
	{ "a text that finds no room is told", a_text_that_finds_no_room_is_told },
	{ "only orders that were closed are paid", only_orders_that_were_closed_are_paid },
	{ "random orders fit the paper and add up", random_orders_fit_the_paper_and_add_up },
};

SUITE_MAIN("receipt", tests)
