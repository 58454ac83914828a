/* GS1 element strings, read by the table of AIs. */
#include "scan/gs1.h"

#include <stdint.h>
#include <string.h>

#include "base/check_digit.h"
#include "base/mark.h"

enum letters { DIGITS, TEXT };

enum keep {
	KEEP_SKIP, KEEP_GTIN, KEEP_BATCH, KEEP_SERIAL, KEEP_COUPON, KEEP_PRODUCED, KEEP_PACKED,
	KEEP_BEST_BEFORE, KEEP_EXPIRY, KEEP_COUNT, KEEP_WEIGHT, KEEP_PRICE, KEEP_PRICE_IN,
	KEEP_UNIT_PRICE,
};

struct ai {
	const char *prefix;
	uint8_t digits, shortest, longest;
	enum letters letters;
	enum keep keep;
};

static const struct ai ais[] = {
#define AI(prefix, digits, shortest, longest, letters, keep) \
	{ prefix, digits, shortest, longest, letters, KEEP_##keep },
#include "scan/gs1_ais.def"
#undef AI
};

enum { AIS = sizeof ais / sizeof ais[0], ELEMENTS_MAX = 32 };

/* One AI with its value, as they stand in the code. */
struct element {
	const char *ai, *value;
	size_t ai_n, value_n;
};

/* The state of one reading: where it is and what was read. */
struct reader {
	const char *at, *end;
	int year;
	enum currency currency;
	struct element seen[ELEMENTS_MAX];
	size_t n_seen;
	struct gs1 out;
};

/* Digits of an AI that is not in the table, by its first two. */
static size_t ai_digits(const char *two)
{
	static const char three[] = "23 24 25 40 41 42 71", four[] = "39 43 70 72 80 81 82";
	char key[3] = { two[0], two[1], '\0' };

	if (two[0] == '9')
		return 2;
	return strstr(three, key) ? 3 : strstr(four, key) ? 4 : 0;
}

static bool all_digits(const char *s, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (s[i] < '0' || s[i] > '9')
			return false;
	return true;
}

/* GS1's set of 82 letters (General Specifications 7.11). */
static bool all_text(const char *s, size_t n)
{
	static const char marks[] = "!\"%&'()*+,-./:;<=>?_";

	for (size_t i = 0; i < n; i++) {
		char c = s[i];

		if (!((c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
		      (c && strchr(marks, c))))
			return false;
	}
	return true;
}

static const struct ai *find_ai(const char *s, size_t n, struct ai *other)
{
	for (size_t i = 0; i < AIS; i++) {
		if (n >= ais[i].digits && memcmp(s, ais[i].prefix, strlen(ais[i].prefix)) == 0 &&
		    all_digits(s, ais[i].digits))
			return &ais[i];
	}
	if (n < 2 || !all_digits(s, 2))
		return NULL;
	*other = (struct ai){ "", (uint8_t)ai_digits(s), 1, 90, TEXT, KEEP_SKIP };
	return other->digits && n >= other->digits && all_digits(s, other->digits) ? other : NULL;
}

static int64_t number(const char *s, size_t n)
{
	int64_t value = 0;

	for (size_t i = 0; i < n; i++)
		value = value * 10 + (s[i] - '0');
	return value;
}

static int days_in(int year, int month)
{
	static const int days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
	bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;

	return month == 2 && leap ? 29 : days[month - 1];
}

static const char *keep_date(const char *s, int now, struct gs1_date *ret)
{
	int year = now - now % 100 + (int)number(s, 2);
	int month = (int)number(s + 2, 2), day = (int)number(s + 4, 2);

	if (year - now > 49)
		year -= 100;
	else if (now - year > 50)
		year += 100;
	if (month < 1 || month > 12 || day > days_in(year, month))
		return N_("this is not a date");
	*ret = (struct gs1_date){ year, month, day ? day : days_in(year, month) };
	return NULL;
}

static const char *keep_text(const char *s, size_t n, char *ret)
{
	memcpy(ret, s, n);
	ret[n] = '\0';
	return NULL;
}

static const char *keep_gtin(const char *s, char ret[15])
{
	char digits[15];

	keep_text(s, 14, digits);
	return gtin_parse(digits, ret) ? NULL : N_("the check digit is wrong");
}

/* An amount with `decimals` implied: exact in two decimals, or refused. */
static const char *keep_money(const char *s, size_t n, int decimals, enum currency currency,
			      struct money *ret, bool *ret_has)
{
	int64_t minor = number(s, n);

	if (currency_letters(currency)[0] == '\0')
		return N_("the currency is not known here");
	for (; decimals < 2; decimals++) {
		if (minor > MONEY_TYPED_MAX_MINOR)
			return N_("the price is too large");
		minor *= 10;
	}
	for (; decimals > 2; decimals--) {
		if (minor % 10)
			return N_("the price has more than two decimals");
		minor /= 10;
	}
	if (minor > MONEY_TYPED_MAX_MINOR)
		return N_("the price is too large");
	*ret = money_make(minor, currency);
	*ret_has = true;
	return NULL;
}

/* Kilograms with `decimals` implied, half a gram away from zero. */
static const char *keep_weight(const char *s, int decimals, struct gs1 *out)
{
	int64_t milli = number(s, 6) * 1000, divisor = 1;

	if (decimals > 5)
		return N_("a weight has at most five decimals");
	while (decimals-- > 0)
		divisor *= 10;
	out->weight = (milli + divisor / 2) / divisor;
	out->has_weight = true;
	return NULL;
}

static const char *keep_count(const char *s, size_t n, struct gs1 *out)
{
	int64_t count = number(s, n);

	if (count == 0 || count > QUANTITY_MAX / QUANTITY_ONE)
		return N_("the number of pieces is zero or too large");
	out->count = count * QUANTITY_ONE;
	out->has_count = true;
	return NULL;
}

/* Writes one element into the result; NULL or why it is refused. */
static const char *keep(struct reader *r, const struct element *e, enum keep what)
{
	int decimals = e->ai[e->ai_n - 1] - '0';
	struct gs1 *out = &r->out;

	switch (what) {
	case KEEP_GTIN:
		return keep_gtin(e->value, out->gtin);
	case KEEP_BATCH:
		return keep_text(e->value, e->value_n, out->batch);
	case KEEP_SERIAL:
		return keep_text(e->value, e->value_n, out->serial);
	case KEEP_COUPON:
		return keep_text(e->value, e->value_n, out->coupon);
	case KEEP_PRODUCED:
		return keep_date(e->value, r->year, &out->produced);
	case KEEP_PACKED:
		return keep_date(e->value, r->year, &out->packed);
	case KEEP_BEST_BEFORE:
		return keep_date(e->value, r->year, &out->best_before);
	case KEEP_EXPIRY:
		return keep_date(e->value, r->year, &out->expiry);
	case KEEP_COUNT:
		return keep_count(e->value, e->value_n, out);
	case KEEP_WEIGHT:
		return keep_weight(e->value, decimals, out);
	case KEEP_PRICE:
		return keep_money(e->value, e->value_n, decimals, r->currency, &out->price,
				  &out->has_price);
	case KEEP_PRICE_IN:
		return keep_money(e->value + 3, e->value_n - 3, decimals,
				  (enum currency)number(e->value, 3), &out->price, &out->has_price);
	case KEEP_UNIT_PRICE:
		return keep_money(e->value, 6, 2, r->currency, &out->unit_price,
				  &out->has_unit_price);
	case KEEP_SKIP: default:
		return NULL;
	}
}

/* The same AI may come again only with the same value. */
static const char *note(struct reader *r, const struct element *e)
{
	for (size_t i = 0; i < r->n_seen; i++) {
		const struct element *other = &r->seen[i];

		if (other->ai_n != e->ai_n || memcmp(other->ai, e->ai, e->ai_n) != 0)
			continue;
		if (other->value_n == e->value_n && memcmp(other->value, e->value, e->value_n) == 0)
			return NULL;
		return N_("it is there twice with different values");
	}
	if (r->n_seen == ELEMENTS_MAX)
		return N_("there are too many elements");
	r->seen[r->n_seen++] = *e;
	return NULL;
}

/* Reads one element at r->at and moves behind it; NULL or why it is refused. */
static const char *read_element(struct reader *r)
{
	struct ai other;
	struct element e = { .ai = r->at };
	size_t left = (size_t)(r->end - r->at);
	const struct ai *ai = find_ai(r->at, left, &other);
	const char *stop, *reason;

	if (!ai)
		return N_("there is no such application identifier");
	e.ai_n = ai->digits;
	e.value = r->at + e.ai_n;
	left -= e.ai_n;
	stop = memchr(e.value, GS1_FNC1, left);
	e.value_n = stop ? (size_t)(stop - e.value) : left;
	if (ai->shortest == ai->longest && e.value_n > ai->longest)
		e.value_n = ai->longest;
	if (e.value_n < ai->shortest)
		return N_("the value is cut short");
	if (e.value_n > ai->longest)
		return N_("the value is too long");
	if (ai->letters == DIGITS ? !all_digits(e.value, e.value_n) : !all_text(e.value, e.value_n))
		return N_("the value has letters that do not belong there");
	reason = note(r, &e);
	if (reason)
		return reason;
	r->at = e.value + e.value_n;
	return keep(r, &e, ai->keep);
}

static void skip_fnc1(struct reader *r)
{
	while (r->at < r->end && *r->at == GS1_FNC1)
		r->at++;
}

enum fault_code gs1_parse(const char *s, size_t n, int year, enum currency currency,
			  struct gs1 *ret, struct fault *fault)
{
	struct reader r = { .at = s, .end = s + n, .year = year, .currency = currency };
	const char *reason = NULL;
	char where[24];

	skip_fnc1(&r);
	s = r.at;
	if (s == r.end)
		reason = N_("it is empty");
	while (!reason && r.at < r.end) {
		s = r.at;
		reason = read_element(&r);
		skip_fnc1(&r);
	}
	if (reason) {
		n = (size_t)(r.end - s) < sizeof where - 1 ? (size_t)(r.end - s) : sizeof where - 1;
		keep_text(s, n, where);
		return fault_set(fault, FAULT_SCAN_BAD_GS1, where, reason);
	}
	*ret = r.out;
	return FAULT_NONE;
}

/* Length of "(AI)" at s; 0 when none stands there. */
static size_t bracket(const char *s, size_t n)
{
	size_t digits = 0;

	if (n < 4 || s[0] != '(')
		return 0;
	while (digits < 4 && digits + 1 < n && all_digits(s + 1 + digits, 1))
		digits++;
	return digits >= 2 && digits + 1 < n && s[1 + digits] == ')' ? digits + 2 : 0;
}

size_t gs1_from_brackets(const char *s, size_t n, char *out, size_t size)
{
	size_t used = 0;

	if (!bracket(s, n) || n > size)
		return 0;
	for (size_t i = 0; i < n;) {
		size_t skip = bracket(s + i, n - i);

		if (!skip) {
			out[used++] = s[i++];
			continue;
		}
		if (used)
			out[used++] = GS1_FNC1;
		memcpy(out + used, s + i + 1, skip - 2);
		used += skip - 2;
		i += skip;
	}
	return used;
}
