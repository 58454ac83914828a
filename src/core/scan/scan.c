/* Reads a scan in every way it can be read. */
#include "scan/scan.h"

#include <stdio.h>
#include <string.h>

#include "base/mark.h"
#include "base/utf8.h"
#include "scan/clean.h"
#include "scan/gtin.h"

static const struct { const char *prefix, *words; size_t shortest; } merchants[] = {
#define MERCHANT(prefix, shortest, words) { prefix, words, shortest },
#include "scan/merchants.def"
#undef MERCHANT
};

static void add_reading(struct scan *scan, enum scan_kind kind)
{
	scan->readings |= SCAN_SET(kind);
}

static bool starts_with(const char *code, const char *prefix)
{
	for (; *prefix; prefix++, code++) {
		char c = *code >= 'A' && *code <= 'Z' ? (char)(*code - 'A' + 'a') : *code;

		if (c != *prefix)
			return false;
	}
	return true;
}

/* GM, GC, GR, GB: Guitai's own codes. */
static bool read_own(struct scan *scan)
{
	static const struct { const char *prefix; enum scan_kind kind; } own[] = {
		{ "gm", SCAN_MEMBER }, { "gc", SCAN_COUPON }, { "gr", SCAN_RECEIPT },
		{ "gb", SCAN_BADGE },
	};

	if (scan->length != 2 + IDENT_LETTERS + 1)
		return false;
	for (size_t i = 0; i < sizeof own / sizeof own[0]; i++) {
		if (!starts_with(scan->code, own[i].prefix))
			continue;
		if (!ident_parse(scan->code + 2, true, &scan->ident)) {
			scan->doubt = FAULT_SCAN_CHECK_DIGIT;
			return false;
		}
		add_reading(scan, own[i].kind);
		return true;
	}
	return false;
}

static bool read_merchant(struct scan *scan)
{
	for (size_t i = 0; i < sizeof merchants / sizeof merchants[0]; i++) {
		if (scan->length < merchants[i].shortest ||
		    !starts_with(scan->code, merchants[i].prefix))
			continue;
		scan->merchant = merchants[i].words;
		add_reading(scan, SCAN_MERCHANT_QR);
		return true;
	}
	return false;
}

/* Whether the symbol itself says that it holds GS1 elements: ISO/IEC 15424
 * modifiers for FNC1 in first place, or FNC1 there and no identifier. */
static bool claims_gs1(const struct scan *scan, const struct scan_elements *elements)
{
	static const char *const aims[] = { "C1", "e0", "e1", "e2", "e3", "d2", "d5", "Q3", "Q4", "J1" };

	if (!scan->aim[0])
		return elements->bytes[0] == GS1_FNC1;
	for (size_t i = 0; i < sizeof aims / sizeof aims[0]; i++)
		if (strcmp(scan->aim, aims[i]) == 0)
			return true;
	return false;
}

static enum fault_code read_gs1(struct scan *scan, const struct scan_elements *elements,
				const struct scan_rules *rules, struct fault *fault)
{
	char flat[SCAN_BYTES_MAX];
	const char *s = elements->bytes;
	size_t n = gs1_from_brackets(s, elements->n, flat, sizeof flat);
	enum fault_code code;

	if (n)
		s = flat;
	else
		n = elements->n;
	code = gs1_parse(s, n, rules->year, rules->currency, &scan->gs1, fault);
	if (code != FAULT_NONE)
		return code;
	memcpy(scan->gtin, scan->gs1.gtin, sizeof scan->gtin);
	add_reading(scan, SCAN_GS1);
	return FAULT_NONE;
}

/* Without a claim, elements are believed when they start with a GTIN. */
static void try_gs1(struct scan *scan, const struct scan_elements *elements,
		    const struct scan_rules *rules)
{
	struct scan attempt = *scan;

	if (scan->aim[0] || elements->n < 16 ||
	    (memcmp(elements->bytes, "01", 2) != 0 && elements->bytes[0] != '('))
		return;
	if (read_gs1(&attempt, elements, rules, NULL) == FAULT_NONE && attempt.gtin[0])
		*scan = attempt;
}

static void read_label(struct scan *scan, const struct scan_rules *rules)
{
	for (size_t i = 0; i < rules->n_labels; i++) {
		enum label_match match = scan_label_match(&rules->labels[i], scan->code,
							  rules->currency, &scan->label);

		/* A scanner sends UPC-A as EAN-13 with a 0 in front. */
		if (match == LABEL_NO && scan->length == 13 && scan->code[0] == '0')
			match = scan_label_match(&rules->labels[i], scan->code + 1,
						 rules->currency, &scan->label);
		if (match == LABEL_BAD_CHECK)
			scan->doubt = FAULT_SCAN_CHECK_DIGIT;
		if (match != LABEL_YES)
			continue;
		scan->doubt = FAULT_NONE;
		add_reading(scan, SCAN_SCALE_LABEL);
		return;
	}
}

/* All readings that do not rule each other out. */
static void read_numbers(struct scan *scan, const struct scan_elements *elements,
			 const struct scan_rules *rules)
{
	enum gtin_result gtin = gtin_of_symbol(scan->aim, scan->code, scan->gtin);

	if (gtin == GTIN_YES)
		add_reading(scan, SCAN_GTIN);
	else
		try_gs1(scan, elements, rules);
	if (gtin == GTIN_BAD_CHECK)
		scan->doubt = FAULT_SCAN_CHECK_DIGIT;
	read_label(scan, rules);
	scan->wallet = scan_wallet_of(rules, scan->code);
	if (scan->wallet)
		add_reading(scan, SCAN_PAYMENT_CODE);
	if (scan_card_fits(rules, scan->code))
		add_reading(scan, SCAN_CARD);
	if (scan->length <= SCAN_PLAIN_MAX)
		add_reading(scan, SCAN_PLAIN);
}

/* Secrets and what identifies a person keep their last four characters (half
 * of a short code): cards, payment codes, Guitai's codes but receipts. */
static void show(struct scan *scan)
{
	const unsigned masked = SCAN_SET(SCAN_PAYMENT_CODE) | SCAN_SET(SCAN_CARD) |
		SCAN_SET(SCAN_MEMBER) | SCAN_SET(SCAN_COUPON) | SCAN_SET(SCAN_BADGE);
	size_t tail = scan->length / 2 < 4 ? scan->length / 2 : 4;
	const char *last = scan->code + scan->length - tail;

	if (scan->readings & SCAN_SET(SCAN_MERCHANT_QR)) {
		utf8_copy_plain(scan->shown, sizeof scan->shown, scan->merchant);
	} else if (scan->readings & masked) {
		while ((*last & 0xC0) == 0x80)
			last++;
		snprintf(scan->shown, sizeof scan->shown, "****%s", last);
	} else {
		utf8_copy_plain(scan->shown, sizeof scan->shown, scan->code);
	}
}

enum fault_code scan_read(const void *bytes, size_t n, enum scan_way way,
			  const struct scan_rules *rules, struct scan *ret, struct fault *fault)
{
	static const struct scan_context nothing;
	struct scan scan = { .way = way };
	struct scan_elements elements;
	enum fault_code code = FAULT_NONE;

	if (n > SCAN_BYTES_MAX)
		return fault_set_number(fault, FAULT_SCAN_TOO_LONG, SCAN_BYTES_MAX, NULL);
	scan_clean(bytes, n, rules, &scan, &elements);
	if (scan.length == 0 || strspn(scan.code, " ") == scan.length)
		return fault_set(fault, FAULT_SCAN_EMPTY, NULL, NULL);
	if (claims_gs1(&scan, &elements))
		code = read_gs1(&scan, &elements, rules, fault);
	else if (!read_own(&scan) && !read_merchant(&scan))
		read_numbers(&scan, &elements, rules);
	if (code == FAULT_NONE && !scan.readings)
		code = fault_set_number(fault, FAULT_SCAN_TOO_LONG, SCAN_PLAIN_MAX, NULL);
	if (code != FAULT_NONE)
		return code;
	if (!(scan.readings & SCAN_SET(SCAN_GS1)))
		for (size_t i = 0; i < elements.fnc1; i++)
			scan_report(&scan, GS1_FNC1);
	scan.kind = scan_resolve(&scan, &nothing);
	show(&scan);
	*ret = scan;
	return FAULT_NONE;
}

void scan_forget(struct scan *scan)
{
	volatile char *p = (volatile char *)scan;

	for (size_t i = 0; i < sizeof *scan; i++)
		p[i] = 0;
}
