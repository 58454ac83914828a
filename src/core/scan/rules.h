/* What a store sets about its scans. */
#ifndef SCAN_RULES_H
#define SCAN_RULES_H

#include <stddef.h>
#include <stdint.h>

#include "money/currency.h"
#include "scan/label.h"

enum {
	SCAN_BYTES_MAX = 512,      /* of one scan */
	SCAN_PLAIN_MAX = 48,       /* of a code that is none of the known kinds */
	SCAN_LABELS_MAX = 8,
	SCAN_CARDS_MAX = 8,
	SCAN_CARD_PATTERN_MAX = 47,
	SCAN_AFFIX_MAX = 15,
};

enum scan_letters { SCAN_DIGITS, SCAN_ALNUM, SCAN_BASE64 };

/* A row of wallets.def. */
struct scan_wallet {
	const char *channel;       /* "wechat", as payments name it */
	const char *words;         /* "WeChat Pay", for people, untranslated */
	const char *first, *last;  /* prefixes, both included */
	uint16_t shortest, longest;
	enum scan_letters letters;
};

/* The rules of one store. Fill by scan_rules_init and the functions below;
 * plain data without pointers to free. */
struct scan_rules {
	enum currency currency;
	int year;            /* the year now: which century a GS1 date is in */
	char gs1_separator;  /* what a wedge types for FNC1; 0 = 0x1D only */
	char prefix[SCAN_AFFIX_MAX + 1];  /* what the wedge types before and behind */
	char suffix[SCAN_AFFIX_MAX + 1];  /* each scan; "" = nothing */
	const struct scan_wallet *wallets;
	size_t n_wallets;
	struct scan_label labels[SCAN_LABELS_MAX];
	size_t n_labels;
	char cards[SCAN_CARDS_MAX][SCAN_CARD_PATTERN_MAX + 1];
	size_t n_cards;
};

/* The built-in wallets, no labels, no cards, no prefix or suffix. */
void scan_rules_init(struct scan_rules *rules, enum currency currency, int year);

/* Adds a label pattern (label.h), or a pattern of others' card numbers: # is
 * any digit, @ any letter of A-Z in either case, a * at the end any rest,
 * other characters themselves. NULL when it is good, else an English sentence,
 * marked for translation, and nothing was added. */
const char *scan_rules_add_label(struct scan_rules *rules, const char *pattern);
const char *scan_rules_add_card(struct scan_rules *rules, const char *pattern);

/* The wallet a payment code belongs to; NULL when it is none. The row lives as
 * long as the rules' table. */
const struct scan_wallet *scan_wallet_of(const struct scan_rules *rules, const char *code);

/* Whether a code fits one of the card patterns. */
bool scan_card_fits(const struct scan_rules *rules, const char *code);

#endif
