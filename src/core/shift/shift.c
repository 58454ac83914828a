/* Totals of a shift. */
#include "shift/shift.h"

#include <string.h>

#include "base/utf8.h"

const char *cashier_role_word(enum cashier_role role)
{
	return role == ROLE_SUPERVISOR ? "supervisor" : "cashier";
}

int64_t shift_net(const struct shift *shift)
{
	return shift->sales_minor + shift->returns_minor;
}

bool shift_tender_is_cash(const struct shift_tender *tender)
{
	return strcmp(tender->name, "cash") == 0;
}

int64_t shift_expected_cash(const struct shift *shift)
{
	for (size_t i = 0; i < shift->n_tenders; i++)
		if (shift_tender_is_cash(&shift->tenders[i]))
			return shift->float_minor + shift->tenders[i].amount_minor;
	return shift->float_minor;
}

/* Totals run over many orders: they may pass what one order may, never int64. */
static bool add(int64_t *sum, int64_t value)
{
	return !__builtin_add_overflow(*sum, value, sum);
}

static enum fault_code count_tender(struct shift *s, const struct order_tender *tender)
{
	size_t i = 0;

	while (i < s->n_tenders && strcmp(s->tenders[i].name, tender->name) != 0)
		i++;
	if (i == SHIFT_TENDERS_MAX)
		return FAULT_LIMIT_REACHED;
	if (i == s->n_tenders) {
		memset(&s->tenders[i], 0, sizeof s->tenders[i]);
		utf8_copy(s->tenders[i].name, sizeof s->tenders[i].name, tender->name);
		s->n_tenders++;
	}
	s->tenders[i].count++;
	return add(&s->tenders[i].amount_minor, tender->amount_minor) ? FAULT_NONE
								      : FAULT_MONEY_OVERFLOW;
}

enum fault_code shift_count_order(struct shift *shift, const struct order *order)
{
	struct shift s = *shift;
	enum fault_code code = FAULT_NONE;
	bool fits;

	for (size_t i = 0; i < order->n_tenders && !code; i++)
		if (!order->tenders[i].cancelled)
			code = count_tender(&s, &order->tenders[i]);
	if (code)
		return code;
	if (order->total_minor < 0) {
		s.returns++;
		fits = add(&s.returns_minor, order->total_minor);
	} else {
		s.sales++;
		fits = add(&s.sales_minor, order->total_minor);
	}
	fits = add(&s.discounts_minor, order->discount_minor) && fits;
	fits = add(&s.rounding_minor, order->rounding_minor) && fits;
	fits = add(&s.perpetual_minor, order->total_minor) && fits;
	s.perpetual_sales++;
	s.items += order->live_lines;
	if (!fits)
		return FAULT_MONEY_OVERFLOW;
	*shift = s;
	return FAULT_NONE;
}

static void pack_counts(const struct shift *s, struct buffer *out)
{
	const uint64_t counts[] = {
		s->number, s->z_number, s->open, s->sales, s->returns, s->items, s->voids,
		s->overrides, s->cleared, s->reprints, s->held, s->perpetual_sales,
	};
	const int64_t amounts[] = {
		s->opened_at.utc_ms, s->opened_at.offset_min, s->closed_at.utc_ms,
		s->closed_at.offset_min, s->float_minor, s->sales_minor, s->returns_minor,
		s->discounts_minor, s->rounding_minor, s->voids_minor, s->cleared_minor,
		s->counted_minor, s->perpetual_minor,
	};

	for (size_t i = 0; i < sizeof counts / sizeof counts[0]; i++)
		pack_unsigned(out, counts[i]);
	for (size_t i = 0; i < sizeof amounts / sizeof amounts[0]; i++)
		pack_integer(out, amounts[i]);
}

void shift_pack(const struct shift *s, struct buffer *out)
{
	pack_counts(s, out);
	pack_text(out, s->opened_by);
	pack_text(out, s->closed_by);
	pack_unsigned(out, s->n_tenders);
	for (size_t i = 0; i < s->n_tenders; i++) {
		pack_text(out, s->tenders[i].name);
		pack_unsigned(out, s->tenders[i].count);
		pack_integer(out, s->tenders[i].amount_minor);
	}
}

static void unpack_counts(struct unpack *in, struct shift *s)
{
	s->number = unpack_unsigned(in);
	s->z_number = unpack_unsigned(in);
	s->open = unpack_up_to(in, 1) != 0;
	s->sales = unpack_unsigned(in);
	s->returns = unpack_unsigned(in);
	s->items = unpack_unsigned(in);
	s->voids = unpack_unsigned(in);
	s->overrides = unpack_unsigned(in);
	s->cleared = unpack_unsigned(in);
	s->reprints = unpack_unsigned(in);
	s->held = unpack_unsigned(in);
	s->perpetual_sales = unpack_unsigned(in);
	s->opened_at.utc_ms = unpack_integer(in);
	s->opened_at.offset_min = unpack_integer32(in);
	s->closed_at.utc_ms = unpack_integer(in);
	s->closed_at.offset_min = unpack_integer32(in);
	s->float_minor = unpack_integer(in);
	s->sales_minor = unpack_integer(in);
	s->returns_minor = unpack_integer(in);
	s->discounts_minor = unpack_integer(in);
	s->rounding_minor = unpack_integer(in);
	s->voids_minor = unpack_integer(in);
	s->cleared_minor = unpack_integer(in);
	s->counted_minor = unpack_integer(in);
	s->perpetual_minor = unpack_integer(in);
}

void shift_unpack(struct unpack *in, struct shift *ret_shift)
{
	struct shift *s = ret_shift;
	uint64_t n;

	memset(s, 0, sizeof *s);
	unpack_counts(in, s);
	unpack_text(in, s->opened_by, sizeof s->opened_by);
	unpack_text(in, s->closed_by, sizeof s->closed_by);
	n = unpack_up_to(in, SHIFT_TENDERS_MAX);
	for (uint64_t i = 0; i < n && !in->failed; i++) {
		unpack_text(in, s->tenders[i].name, sizeof s->tenders[i].name);
		s->tenders[i].count = unpack_unsigned(in);
		s->tenders[i].amount_minor = unpack_integer(in);
		s->n_tenders++;
	}
}
