/* See shop.h. */
#include <config.h>

#include "shop.h"

#include <CUnit/CUnit.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/utf8.h"
#include "store/catalog_build.h"

static struct instant now(void *ctx)
{
	struct shop *shop = ctx;

	return (struct instant){ shop->now_ms += 250, 480 };
}

static enum fault_code draw(void *ctx, void *bytes, size_t n)
{
	struct shop *shop = ctx;
	uint8_t *out = bytes;

	for (size_t i = 0; i < n; i++)
		out[i] = (uint8_t)(++shop->draws * UINT64_C(0x9E3779B97F4A7C15) >> 56);
	return FAULT_NONE;
}

static enum print_outcome print(void *ctx, const struct counter *counter, const struct order *order,
				const struct print_job *job, const uint8_t hash[JOURNAL_HASH_BYTES])
{
	struct shop *shop = ctx;

	(void)counter;
	(void)hash;
	CU_ASSERT(order->number == job->order_number);
	shop->prints++;
	shop->last_copy = job->copy;
	return shop->print;
}

static void no_reading(void *ctx, uint32_t cp, struct search_reading *ret)
{
	(void)ctx;
	(void)cp;
	(void)ret;
}

static bool go_on(void *ctx, int percent)
{
	(void)ctx;
	return percent <= 100;
}

static const struct { const char *code, *name, *unit; int64_t price_minor; } products[] = {
	{ "6901234567892", "可口可乐 330ml", "", 350 },
	{ "12", "香蕉", "kg", 798 },
	{ "00042", "苹果", "kg", 1000 },
	{ "BANK CHARGES", "手续费", "", 100 },
	{ "20000004", "店内码", "", 500 },
	{ "free", "赠品", "", -1 },
	{ "00777", "火腿", "kg", -1 },
};

static struct catalog_build *begin_import(const struct shop *shop)
{
	const struct catalog_build_options options = { .reading = no_reading };
	struct catalog_build *build = NULL;
	char path[600];

	snprintf(path, sizeof path, "%s/catalog.db", shop->dir);
	CU_ASSERT_FATAL(catalog_build_begin(path, &options, &build, NULL) == FAULT_NONE);
	return build;
}

static void put_product(struct catalog_build *build, uint32_t row, const char *code,
			const char *name, const char *unit, int64_t price_minor)
{
	struct product p = { .tax_bp = 1300 };
	uint32_t earlier;

	utf8_copy(p.code, sizeof p.code, code);
	utf8_copy(p.name, sizeof p.name, name);
	utf8_copy(p.unit, sizeof p.unit, unit);
	p.fractional = product_unit_is_fractional(p.unit);
	p.has_price = price_minor >= 0;
	p.price = money_make(p.has_price ? price_minor : 0, CURRENCY_CNY);
	CU_ASSERT_FATAL(catalog_build_put(build, &p, CATALOG_GIVEN_ALL, row, &earlier, NULL) ==
			FAULT_NONE);
}

static void end_import(struct catalog_build *build)
{
	struct catalog_meta meta;

	CU_ASSERT_FATAL(catalog_build_finish(build, go_on, NULL, &meta, NULL) == FAULT_NONE);
	catalog_build_free(build);
}

static void make_catalog(const struct shop *shop)
{
	struct catalog_build *build = begin_import(shop);

	for (size_t i = 0; i < sizeof products / sizeof products[0]; i++)
		put_product(build, (uint32_t)i + 1, products[i].code, products[i].name,
			    products[i].unit, products[i].price_minor);
	end_import(build);
}

void shop_import(struct shop *shop, const char *code, const char *name, int64_t price_minor)
{
	struct catalog_build *build = begin_import(shop);

	put_product(build, 1, code, name, "", price_minor);
	end_import(build);
}

void shop_make(struct shop *shop)
{
	const char *base = getenv("TMPDIR");
	const struct agent_birth birth = {
		.shop = "星光店", .store = "012", .till = "03", .currency = CURRENCY_CNY,
		.first = { "1", "李娜", ROLE_SUPERVISOR }, .pin = "1234",
	};

	memset(shop, 0, sizeof *shop);
	snprintf(shop->dir, sizeof shop->dir, "%s/guitai-shop-XXXXXX", base ? base : "/tmp");
	CU_ASSERT_FATAL(mkdtemp(shop->dir) != NULL);
	shop->now_ms = INT64_C(1795254067000);
	shop->print = PRINT_DONE;
	shop->options = (struct agent_options){ .dir = shop->dir, .version = "test" };
	shop->options.ports = (struct agent_ports){ .ctx = shop, .now = now, .random = draw, .print = print };
	utf8_copy(shop->options.rules.tenders, sizeof shop->options.rules.tenders, "card");
	scan_rules_init(&shop->options.scan, CURRENCY_CNY, 2026);
	make_catalog(shop);
	CU_ASSERT_FATAL(agent_create(&shop->options, &birth, NULL) == FAULT_NONE);
}

struct agent *shop_open(struct shop *shop)
{
	struct agent *agent = NULL;
	struct fault fault = { 0 };
	enum fault_code code = agent_open(&shop->options, &agent, &fault);

	if (code)
		fprintf(stderr, "agent_open: %s %s %s\n", fault_name(code), fault.arg[0], fault.arg[1]);
	CU_ASSERT_FATAL(code == FAULT_NONE);
	return agent;
}

void shop_begin(struct agent *agent)
{
	struct counter_event ev = { .kind = EVENT_LOGIN };

	memcpy(ev.of.login.cashier, "1", 2);
	ev.of.login.pin_right = true;
	CU_ASSERT_FATAL(agent_do(agent, &ev, NULL) == FAULT_NONE);
	ev = (struct counter_event){ .kind = EVENT_OPEN_SHIFT, .amount_minor = 10000 };
	CU_ASSERT_FATAL(agent_do(agent, &ev, NULL) == FAULT_NONE);
}

static int remove_one(const char *path, const struct stat *st, int type, struct FTW *ftw)
{
	(void)st;
	(void)type;
	(void)ftw;
	return remove(path);
}

void shop_remove(struct shop *shop)
{
	CU_ASSERT(nftw(shop->dir, remove_one, 16, FTW_DEPTH | FTW_PHYS) == 0);
}

enum fault_code shop_type(struct agent *agent, const char *code, struct fault *fault)
{
	const struct agent_item item = { .reason = NULL };
	struct agent_found found;
	enum fault_code refused = agent_resolve(agent, code, strlen(code), SCAN_SCANNED, false,
						SCAN_UNDECIDED, &found, fault);

	if (!refused)
		refused = agent_refuse_scan(&found, fault);
	return refused ? refused : agent_sell(agent, &found, &item, fault);
}

enum fault_code shop_pay(struct agent *agent, int64_t amount_minor, struct fault *fault)
{
	struct counter_event ev = { .kind = EVENT_PAY_CASH, .amount_minor = amount_minor };

	return agent_do(agent, &ev, fault);
}

void shop_state(const struct agent *agent, struct buffer *out)
{
	buffer_init(out, JOURNAL_STATE_MAX);
	CU_ASSERT_FATAL(counter_pack(agent_counter(agent), out));
}
