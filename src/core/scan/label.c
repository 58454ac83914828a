/* Patterns of scale labels: reading them once, matching codes against them. */
#include "scan/label.h"

#include <string.h>

#include "base/check_digit.h"
#include "base/mark.h"

/* What letter i of a pattern without spaces and points stands for; 0 if unknown. */
static char field_of(const char *letters, size_t i, bool has_item)
{
	bool alone_at_end = !letters[i + 1] && (i == 0 || letters[i - 1] != letters[i]);

	switch (letters[i]) {
	case 'C':
		return alone_at_end ? 'K' : 'X';
	case 'W':
		return has_item ? 'W' : 'X';
	case 'N':
		return 'W';
	case 'E': case 'M':
		return 'M';
	case 'F': case 'X': case 'V': case 'K':
		return letters[i];
	default:
		return letters[i] >= '0' && letters[i] <= '9' ? letters[i] : 0;
	}
}

/* Whether an item code is written by X, or by C anywhere but alone at the end. */
static bool names_item(const char *letters)
{
	for (size_t i = 0; letters[i]; i++)
		if (letters[i] == 'X' || (letters[i] == 'C' && field_of(letters, i, true) == 'X'))
			return true;
	return false;
}

/* The pattern's letters without spaces and points; where a point stood,
 * point[i] is set for the letter before it. */
static const char *take_letters(const char *pattern, char letters[LABEL_DIGITS_MAX + 1],
				bool point[LABEL_DIGITS_MAX])
{
	size_t n = 0;

	if (strlen(pattern) > LABEL_PATTERN_MAX)
		return N_("a label pattern has at most 47 characters");
	for (const char *p = pattern; *p; p++) {
		if (*p == ' ')
			continue;
		if (*p == '.' && n > 0) {
			point[n - 1] = true;
			continue;
		}
		if (n == LABEL_DIGITS_MAX)
			return N_("a label has at most 24 digits");
		letters[n++] = *p;
	}
	letters[n] = '\0';
	return n ? NULL : N_("the label pattern is empty");
}

static size_t count(const char *fields, char field)
{
	size_t n = 0;

	for (; *fields; fields++)
		n += *fields == field;
	return n;
}

static bool in_one_piece(const char *fields, char field)
{
	const char *first = strchr(fields, field);
	size_t n = count(fields, field);

	return !first || strrchr(fields, field) == first + n - 1;
}

static const char *check_fields(const char *fields)
{
	size_t n = strlen(fields), price = count(fields, 'M'), verify = count(fields, 'V');

	if (!in_one_piece(fields, 'X') || !in_one_piece(fields, 'W') || !in_one_piece(fields, 'M'))
		return N_("an item code, weight or price stands in two places");
	if (count(fields, 'X') == 0 || count(fields, 'X') > LABEL_ITEM_MAX)
		return N_("a label needs an item code of 1 to 14 digits");
	if (count(fields, 'W') == 0 && price == 0)
		return N_("a label needs a weight or a price");
	if (count(fields, 'W') > 8 || price > 8)
		return N_("a weight or a price has at most 8 digits");
	if (count(fields, 'K') != 1 || fields[n - 1] != 'K')
		return N_("a label ends with its check digit");
	if (verify > 1 || (verify && price != 4 && price != 5))
		return N_("one check digit can stand for a price of 4 or 5 digits");
	return NULL;
}

/* Decimals of a field: digits behind its point, `usual` without one; -1 when a
 * point stands elsewhere or twice. */
static int decimals_of(const char *fields, const bool point[LABEL_DIGITS_MAX], char field, int usual)
{
	int after = -1;

	for (size_t i = 0; fields[i]; i++) {
		if (fields[i] != field)
			continue;
		if (after >= 0)
			after++;
		if (point[i]) {
			if (after >= 0)
				return -1;
			after = 0;
		}
	}
	return after >= 0 ? after : usual;
}

static bool points_in_place(const char *fields, const bool point[LABEL_DIGITS_MAX])
{
	for (size_t i = 0; fields[i]; i++)
		if (point[i] && fields[i] != 'W' && fields[i] != 'M')
			return false;
	return true;
}

const char *scan_label_parse(const char *pattern, struct scan_label *ret)
{
	struct scan_label label = { 0 };
	char letters[LABEL_DIGITS_MAX + 1];
	bool point[LABEL_DIGITS_MAX] = { false };
	const char *reason = take_letters(pattern, letters, point);
	int weight, price;

	for (size_t i = 0; !reason && letters[i]; i++) {
		char field = field_of(letters, i, names_item(letters));

		if (!field)
			reason = N_("a label pattern has digits and the letters F X C W N E M V K");
		if (field == 'F' && strchr(letters, 'F') == letters + i)
			field = '2';
		label.field[i] = field;
		label.digits++;
	}
	reason = reason ? reason : check_fields(label.field);
	if (reason)
		return reason;
	weight = decimals_of(label.field, point, 'W', 3);
	price = decimals_of(label.field, point, 'M', 2);
	if (!points_in_place(label.field, point) || weight < 0 || weight > 3 || price < 0 || price > 2)
		return N_("a point belongs into a weight (at most 3 decimals) or a price (at most 2)");
	label.weight_decimals = (uint8_t)weight;
	label.price_decimals = (uint8_t)price;
	*ret = label;
	return NULL;
}

/* GS1 General Specifications 7.9: what a digit counts with weight 2-, 3, 5+ and
 * 5- (the product with its tens taken off or added on, one digit). */
static int weighed_digit(char weight, int digit)
{
	static const char two_minus[] = "0246891357", five_plus[] = "0516273849",
		five_minus[] = "0594837261";

	switch (weight) {
	case '2':
		return two_minus[digit] - '0';
	case '3':
		return digit * 3 % 10;
	case '+':
		return five_plus[digit] - '0';
	default:
		return five_minus[digit] - '0';
	}
}

static int price_check_digit(const char *price, size_t n)
{
	const char *weights = n == 4 ? "223-" : "+2-+2";
	int sum = 0, check = 0;

	for (size_t i = 0; i < n; i++)
		sum += weighed_digit(weights[i], price[i] - '0');
	if (n == 4)
		return sum * 3 % 10;
	while (weighed_digit('-', check) != (10 - sum % 10) % 10)
		check++;
	return check;
}

static bool digits_fit(const struct scan_label *label, const char *code)
{
	if (strlen(code) != label->digits)
		return false;
	for (size_t i = 0; i < label->digits; i++) {
		char field = label->field[i];

		if (code[i] < '0' || code[i] > '9')
			return false;
		if (field <= '9' && field != code[i])
			return false;
	}
	return true;
}

static bool checks_fit(const struct scan_label *label, const char *code)
{
	const char *verify = strchr(label->field, 'V'), *price = strchr(label->field, 'M');

	if (!check_digit_gs1_ok(code, label->digits))
		return false;
	return !verify || code[verify - label->field] - '0' ==
		price_check_digit(code + (price - label->field), count(label->field, 'M'));
}

/* The number in a field, scaled up to `places` decimals; 0 without the field. */
static int64_t number_in(const struct scan_label *label, const char *code, char field,
			 int decimals, int places)
{
	int64_t value = 0;

	for (size_t i = 0; i < label->digits; i++)
		if (label->field[i] == field)
			value = value * 10 + (code[i] - '0');
	for (int i = decimals; i < places; i++)
		value *= 10;
	return value;
}

enum label_match scan_label_match(const struct scan_label *label, const char *code,
				  enum currency currency, struct scan_weighed *ret)
{
	struct scan_weighed w = { .price = money_zero(currency) };
	size_t flag, item = count(label->field, 'X');

	if (!digits_fit(label, code))
		return LABEL_NO;
	if (!checks_fit(label, code))
		return LABEL_BAD_CHECK;
	flag = (size_t)(strchr(label->field, 'X') - label->field);
	memcpy(w.flag, code, flag);
	memcpy(w.item, code + flag, item);
	w.quantity = number_in(label, code, 'W', label->weight_decimals, 3);
	w.price.minor = number_in(label, code, 'M', label->price_decimals, 2);
	if (w.quantity > QUANTITY_MAX)
		return LABEL_NO;
	w.has_quantity = w.quantity > 0;
	w.has_price = w.price.minor > 0;
	*ret = w;
	return LABEL_YES;
}

bool scan_label_price_fits(const struct scan_weighed *weighed, struct money unit_price)
{
	struct money want;
	int64_t difference;

	if (!weighed->has_quantity || !weighed->has_price ||
	    weighed->price.currency != unit_price.currency ||
	    quantity_price(weighed->quantity, unit_price, &want) != FAULT_NONE)
		return false;
	difference = want.minor - weighed->price.minor;
	return difference >= -1 && difference <= 1;
}
