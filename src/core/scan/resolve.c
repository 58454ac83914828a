/* From all readings of a scan to the one that is meant. */
#include <string.h>

#include "base/check_digit.h"
#include "base/mark.h"
#include "base/utf8.h"
#include "scan/scan.h"

static const struct { enum scan_kind kind; const char *name, *words; } kinds[] = {
#define KIND(name, words) { SCAN_##name, #name, words },
#include "scan/kinds.def"
#undef KIND
};

const char *scan_kind_words(enum scan_kind kind)
{
	for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
		if (kinds[i].kind == kind)
			return kinds[i].words;
	return "";
}

const char *scan_kind_name(enum scan_kind kind)
{
	for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
		if (kinds[i].kind == kind)
			return kinds[i].name;
	return "UNDECIDED";
}

static void add_key(struct scan_key *keys, size_t *n, enum scan_kind kind, const char *code)
{
	for (size_t i = 0; i < *n; i++)
		if (strcmp(keys[i].code, code) == 0)
			return;
	keys[*n].kind = kind;
	utf8_copy(keys[*n].code, sizeof keys[*n].code, code);
	(*n)++;
}

static void add_label_keys(const struct scan_weighed *label, struct scan_key *keys, size_t *n)
{
	char whole[LABEL_DIGITS_MAX + LABEL_ITEM_MAX + 1];
	const char *item = label->item + strspn(label->item, "0");

	add_key(keys, n, SCAN_SCALE_LABEL, label->item);
	if (*item)
		add_key(keys, n, SCAN_SCALE_LABEL, item);
	memcpy(whole, label->flag, strlen(label->flag));
	memcpy(whole + strlen(label->flag), label->item, strlen(label->item) + 1);
	add_key(keys, n, SCAN_SCALE_LABEL, whole);
}

size_t scan_keys(const struct scan *scan, struct scan_key keys[SCAN_KEYS_MAX])
{
	size_t n = 0;

	if (scan->readings & SCAN_SET(SCAN_GTIN))
		add_key(keys, &n, SCAN_GTIN, scan->gtin);
	if (scan->readings & SCAN_SET(SCAN_PLAIN) && !gtin_parse(scan->code, NULL))
		add_key(keys, &n, SCAN_PLAIN, scan->code);
	if (scan->readings & SCAN_SET(SCAN_GS1) && scan->gtin[0])
		add_key(keys, &n, SCAN_GS1, scan->gtin);
	if (scan->readings & SCAN_SET(SCAN_SCALE_LABEL))
		add_label_keys(&scan->label, keys, &n);
	return n;
}

/* The readings a product answers for, or 0: whole codes before parts. */
static enum scan_kind known_product(const struct scan *scan, const struct scan_context *context,
				    bool *ret_doubtful)
{
	bool pays = scan->readings & SCAN_SET(SCAN_PAYMENT_CODE);
	unsigned known = context->known & scan->readings;

	*ret_doubtful = false;
	if (known & SCAN_SET(SCAN_GTIN))
		return SCAN_GTIN;
	if (known & SCAN_SET(SCAN_PLAIN))
		return SCAN_PLAIN;
	if (known & SCAN_SET(SCAN_SCALE_LABEL)) {
		*ret_doubtful = pays && !context->label_price_fits;
		return SCAN_SCALE_LABEL;
	}
	*ret_doubtful = pays;
	return known & SCAN_SET(SCAN_GS1) ? SCAN_GS1 : SCAN_UNDECIDED;
}

/* What is said when the catalogue knows none of it. */
static enum scan_kind without_product(unsigned readings)
{
	static const enum scan_kind order[] = {
		SCAN_MEMBER, SCAN_COUPON, SCAN_RECEIPT, SCAN_BADGE, SCAN_MERCHANT_QR, SCAN_CARD,
		SCAN_PAYMENT_CODE, SCAN_GS1, SCAN_SCALE_LABEL, SCAN_GTIN, SCAN_PLAIN,
	};

	for (size_t i = 0; i < sizeof order / sizeof order[0]; i++)
		if (readings & SCAN_SET(order[i]))
			return order[i];
	return SCAN_UNDECIDED;
}

enum scan_kind scan_resolve(const struct scan *scan, const struct scan_context *context)
{
	enum scan_kind kind;
	bool doubtful;

	if (context->tender && scan->readings & SCAN_SET(SCAN_PAYMENT_CODE))
		return SCAN_PAYMENT_CODE;
	kind = known_product(scan, context, &doubtful);
	if (kind == SCAN_UNDECIDED)
		return without_product(scan->readings);
	return doubtful ? SCAN_UNDECIDED : kind;
}
