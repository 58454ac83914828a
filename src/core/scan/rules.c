/* A store's rules, and the tables of wallets and cards they hold. */
#include "scan/rules.h"

#include <string.h>

#include "base/mark.h"

static const struct scan_wallet wallets[] = {
#define WALLET(channel, words, first, last, shortest, longest, letters) \
	{ channel, words, first, last, shortest, longest, SCAN_##letters },
#include "scan/wallets.def"
#undef WALLET
};

void scan_rules_init(struct scan_rules *rules, enum currency currency, int year)
{
	memset(rules, 0, sizeof *rules);
	rules->currency = currency;
	rules->year = year;
	rules->wallets = wallets;
	rules->n_wallets = sizeof wallets / sizeof wallets[0];
}

const char *scan_rules_add_label(struct scan_rules *rules, const char *pattern)
{
	const char *reason;

	if (rules->n_labels == SCAN_LABELS_MAX)
		return N_("there are too many label patterns");
	reason = scan_label_parse(pattern, &rules->labels[rules->n_labels]);
	if (!reason)
		rules->n_labels++;
	return reason;
}

const char *scan_rules_add_card(struct scan_rules *rules, const char *pattern)
{
	size_t n = strlen(pattern);

	if (rules->n_cards == SCAN_CARDS_MAX)
		return N_("there are too many card patterns");
	if (n == 0 || n > SCAN_CARD_PATTERN_MAX)
		return N_("a card pattern has 1 to 47 characters");
	if (pattern[0] == '*')
		return N_("a card pattern needs something before its *");
	if (memchr(pattern, '*', n - 1))
		return N_("a * can only be the last character of a card pattern");
	memcpy(rules->cards[rules->n_cards++], pattern, n + 1);
	return NULL;
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool is_letter(char c)
{
	return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

static bool all_letters(const char *code, enum scan_letters letters)
{
	for (const char *p = code; *p; p++) {
		if (is_digit(*p))
			continue;
		if (letters == SCAN_DIGITS)
			return false;
		if (is_letter(*p))
			continue;
		if (letters == SCAN_ALNUM || !strchr("+/=", *p))
			return false;
	}
	return true;
}

const struct scan_wallet *scan_wallet_of(const struct scan_rules *rules, const char *code)
{
	size_t n = strlen(code);

	for (size_t i = 0; i < rules->n_wallets; i++) {
		const struct scan_wallet *w = &rules->wallets[i];
		size_t prefix = strlen(w->first);

		if (n >= w->shortest && n <= w->longest &&
		    strncmp(code, w->first, prefix) >= 0 && strncmp(code, w->last, prefix) <= 0 &&
		    all_letters(code, w->letters))
			return w;
	}
	return NULL;
}

static bool card_fits(const char *pattern, const char *code)
{
	for (; *pattern; pattern++, code++) {
		if (*pattern == '*')
			return true;
		if (!*code)
			return false;
		if (*pattern == '#' ? !is_digit(*code) :
		    *pattern == '@' ? !is_letter(*code) : *pattern != *code)
			return false;
	}
	return !*code;
}

bool scan_card_fits(const struct scan_rules *rules, const char *code)
{
	for (size_t i = 0; i < rules->n_cards; i++)
		if (card_fits(rules->cards[i], code))
			return true;
	return false;
}
