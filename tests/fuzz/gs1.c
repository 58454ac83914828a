/* GS1 element strings against any bytes: what is read keeps its bounds. */
#include "fuzz.h"

#include <string.h>

#include "scan/gs1.h"

const struct fuzz_seed fuzz_seeds[] = {
	SEED("01069012345678921126010515260228172702001" "0LOT-7/a\x1d" "21S1"),
	SEED("01969012345678953103000734392215866\x1d" "30112\x1d" "8005002350"), SEED("39323441586"),
	SEED("2556901234567892" "42"), SEED("3202001000" "4210123456789012\x1d" "7003260101\x1d" "95x"),
	SEED("(01)06901234567892(17)261231(10)A(x)(21)B"), SEED("\x1d" "10ABC"), SEED("310500012"),
};
const size_t fuzz_n_seeds = sizeof fuzz_seeds / sizeof fuzz_seeds[0];

static bool good_date(struct gs1_date d)
{
	return d.year == 0 || (d.year >= 1976 && d.year <= 2075 && d.month >= 1 && d.month <= 12 &&
			       d.day >= 1 && d.day <= 31);
}

static void check(const struct gs1 *g)
{
	FUZZ_RULE(g->gtin[0] == '\0' || strnlen(g->gtin, sizeof g->gtin) == 14);
	FUZZ_RULE(strnlen(g->batch, sizeof g->batch) < sizeof g->batch);
	FUZZ_RULE(strnlen(g->serial, sizeof g->serial) < sizeof g->serial);
	FUZZ_RULE(strnlen(g->coupon, sizeof g->coupon) < sizeof g->coupon);
	FUZZ_RULE(good_date(g->produced) && good_date(g->packed));
	FUZZ_RULE(good_date(g->best_before) && good_date(g->expiry));
	FUZZ_RULE(!g->has_count || (g->count > 0 && g->count <= QUANTITY_MAX));
	FUZZ_RULE(!g->has_weight || (g->weight >= 0 && g->weight <= QUANTITY_MAX));
	FUZZ_RULE(!g->has_price || (g->price.minor >= 0 && g->price.minor <= MONEY_TYPED_MAX_MINOR));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct gs1 g;
	struct fault fault;
	char flat[512];
	size_t flat_n = gs1_from_brackets((const char *)data, n, flat, sizeof flat);

	FUZZ_RULE(flat_n <= n && flat_n <= sizeof flat);
	if (gs1_parse((const char *)data, n, 2026, CURRENCY_CNY, &g, &fault) == FAULT_NONE)
		check(&g);
	if (flat_n && gs1_parse(flat, flat_n, 2026, CURRENCY_CNY, &g, &fault) == FAULT_NONE)
		check(&g);
	return 0;
}
