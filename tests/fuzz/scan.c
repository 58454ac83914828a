/* The scan classifier against any bytes: what comes out is text without
 * control characters, terminated, and no payment code is shown. */
#include "fuzz.h"

#include <string.h>

#include "base/utf8.h"
#include "scan/scan.h"

#define OWN_ID "014D2PF2DBSQQG28T5CY4TQKFFK"

const struct fuzz_seed fuzz_seeds[] = {
	SEED("6901234567892"), SEED("]E06901234567892\r\n"), SEED("]E004252614"), SEED("96385074"),
	SEED("]E3978020137962451995"), SEED("2100123012343"), SEED("261234501586007341"),
	SEED("134650298812345678"), SEED("281234567890123456"), SEED("6212345678901234567"),
	SEED("fp0123456789abcdefABCDEF0123456789a"), SEED("0106901234567892101"),
	SEED("]C1010690123456789217261231" "10LOT\x1d" "21S1"), SEED("(01)06901234567892(10)AB"),
	SEED("GM" OWN_ID), SEED("]Q1GR" OWN_ID), SEED("VIP123456"), SEED("wxp://f2f0abc"),
	SEED("00020101021129370016A000000677"), SEED("gift 0001"), SEED("\x02" "A1\x03"), SEED(""),
	SEED("L26 XXXXX MMM.MM WWWWW C\n261234501586007341"), SEED("C88@-*\n88x-1"),
};
const size_t fuzz_n_seeds = sizeof fuzz_seeds / sizeof fuzz_seeds[0];

static bool plain(const char *text, size_t size)
{
	size_t n = strnlen(text, size);

	for (size_t i = 0; i < n;) {
		uint32_t cp;

		i += utf8_decode(text + i, n - i, &cp);
		if (utf8_is_control(cp))
			return false;
	}
	return n < size && utf8_valid(text, n);
}

/* A first line "L…" or "C…" is one more pattern of labels or cards. */
static size_t take_pattern(const uint8_t *data, size_t n, struct scan_rules *rules)
{
	const uint8_t *end = n ? memchr(data, '\n', n) : NULL;
	char pattern[80];
	size_t len = end ? (size_t)(end - data) : 0;

	if (!end || len == 0 || len >= sizeof pattern || (data[0] != 'L' && data[0] != 'C'))
		return 0;
	memcpy(pattern, data + 1, len - 1);
	pattern[len - 1] = '\0';
	if (data[0] == 'L')
		scan_rules_add_label(rules, pattern);
	else
		scan_rules_add_card(rules, pattern);
	return len + 1;
}

static void check(const struct scan *scan)
{
	struct scan_key keys[SCAN_KEYS_MAX];
	size_t n = scan_keys(scan, keys);

	FUZZ_RULE(plain(scan->code, sizeof scan->code) && scan->length == strlen(scan->code));
	FUZZ_RULE(plain(scan->shown, sizeof scan->shown) && scan->shown[0]);
	FUZZ_RULE(plain(scan->stripped_shown, sizeof scan->stripped_shown));
	FUZZ_RULE((scan->stripped == 0) == (scan->stripped_shown[0] == '\0'));
	FUZZ_RULE(scan->readings & SCAN_SET(scan->kind) && scan->kind != SCAN_UNDECIDED);
	FUZZ_RULE(!(scan->readings & SCAN_SET(SCAN_PAYMENT_CODE)) || strlen(scan->shown) <= 8);
	FUZZ_RULE(n <= SCAN_KEYS_MAX);
	for (size_t i = 0; i < n; i++)
		FUZZ_RULE(plain(keys[i].code, sizeof keys[i].code) && keys[i].code[0]);
	for (unsigned i = 0; i < 4; i++) {
		struct scan_context context = { i & 1, ~0u, i & 2 };

		scan_resolve(scan, &context);
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct scan_rules rules;
	size_t skip;

	scan_rules_init(&rules, CURRENCY_CNY, 2026);
	scan_rules_add_label(&rules, "FF CCCCC EEEEE K");
	scan_rules_add_label(&rules, "26 XXXXX MMMMM WWWWW C");
	scan_rules_add_label(&rules, "2 XXXXX V MMMM K");
	scan_rules_add_card(&rules, "VIP######");
	memcpy(rules.prefix, "\x02", 2);
	skip = take_pattern(data, n, &rules);
	for (int way = SCAN_SCANNED; way <= SCAN_TYPED; way++) {
		struct scan scan;

		if (scan_read(data + skip, n - skip, (enum scan_way)way, &rules, &scan, NULL) == FAULT_NONE)
			check(&scan);
	}
	return 0;
}
