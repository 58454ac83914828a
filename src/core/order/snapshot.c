/* An order as bytes, for the snapshot a start reads. */
#include <string.h>

#include "order/order.h"

static void pack_instant(struct buffer *out, struct instant t)
{
	pack_integer(out, t.utc_ms);
	pack_integer(out, t.offset_min);
}

static struct instant unpack_instant(struct unpack *in)
{
	struct instant t = { unpack_integer(in), 0 };

	t.offset_min = unpack_integer32(in);
	return t;
}

static void pack_discount(struct buffer *out, struct discount d)
{
	pack_unsigned(out, d.kind);
	pack_integer(out, d.value);
}

static struct discount unpack_discount(struct unpack *in)
{
	struct discount d = { (enum discount_kind)unpack_up_to(in, DISCOUNT_AMOUNT), 0 };

	d.value = unpack_integer(in);
	return d;
}

static void pack_line(struct buffer *out, const struct order_line *l)
{
	pack_unsigned(out, (unsigned)l->voided | (unsigned)l->price_overridden << 1 |
			   (unsigned)l->fractional << 2);
	pack_integer(out, l->quantity);
	pack_integer(out, l->price_minor);
	pack_integer(out, l->list_price_minor);
	pack_integer(out, l->tax_bp);
	pack_discount(out, l->discount);
	pack_integer(out, l->gross_minor);
	pack_integer(out, l->discount_minor);
	pack_integer(out, l->share_minor);
	pack_text(out, l->code);
	pack_text(out, l->name);
	pack_text(out, l->unit);
	pack_text(out, l->reason);
}

static void unpack_line(struct unpack *in, struct order_line *l)
{
	uint64_t flags = unpack_up_to(in, 7);

	l->voided = flags & 1;
	l->price_overridden = flags >> 1 & 1;
	l->fractional = flags >> 2 & 1;
	l->quantity = unpack_integer(in);
	l->price_minor = unpack_integer(in);
	l->list_price_minor = unpack_integer(in);
	l->tax_bp = unpack_integer32(in);
	l->discount = unpack_discount(in);
	l->gross_minor = unpack_integer(in);
	l->discount_minor = unpack_integer(in);
	l->share_minor = unpack_integer(in);
	unpack_text(in, l->code, sizeof l->code);
	unpack_text(in, l->name, sizeof l->name);
	unpack_text(in, l->unit, sizeof l->unit);
	unpack_text(in, l->reason, sizeof l->reason);
}

static void pack_tender(struct buffer *out, const struct order_tender *t)
{
	pack_unsigned(out, t->kind);
	pack_unsigned(out, t->cancelled);
	pack_integer(out, t->amount_minor);
	pack_integer(out, t->given_minor);
	pack_integer(out, t->change_minor);
	pack_text(out, t->name);
	pack_text(out, t->ref);
}

static void unpack_tender(struct unpack *in, struct order_tender *t)
{
	t->kind = (enum tender_kind)unpack_up_to(in, TENDER_CHANNEL);
	t->cancelled = unpack_up_to(in, 1) != 0;
	t->amount_minor = unpack_integer(in);
	t->given_minor = unpack_integer(in);
	t->change_minor = unpack_integer(in);
	unpack_text(in, t->name, sizeof t->name);
	unpack_text(in, t->ref, sizeof t->ref);
}

static void pack_undo(struct buffer *out, const struct order_undo *u)
{
	pack_unsigned(out, u->kind);
	pack_unsigned(out, u->line);
	pack_unsigned(out, (unsigned)u->voided | (unsigned)u->price_overridden << 1);
	pack_integer(out, u->quantity);
	pack_integer(out, u->price_minor);
	pack_integer(out, u->gross_minor);
	pack_discount(out, u->discount);
}

static void unpack_undo(struct unpack *in, struct order_undo *u)
{
	uint64_t flags;

	u->kind = (enum undo_kind)unpack_up_to(in, UNDO_ORDER_DISCOUNT);
	u->line = (uint32_t)unpack_up_to(in, ORDER_LINES_MAX);
	flags = unpack_up_to(in, 3);
	u->voided = flags & 1;
	u->price_overridden = flags >> 1 & 1;
	u->quantity = unpack_integer(in);
	u->price_minor = unpack_integer(in);
	u->gross_minor = unpack_integer(in);
	u->discount = unpack_discount(in);
}

void order_pack(const struct order *o, struct buffer *out)
{
	pack_ident(out, &o->id);
	pack_unsigned(out, o->number);
	pack_unsigned(out, o->state);
	pack_unsigned(out, o->currency);
	pack_instant(out, o->opened_at);
	pack_instant(out, o->closed_at);
	pack_text(out, o->cashier);
	pack_text(out, o->note);
	pack_discount(out, o->discount);
	pack_integer(out, o->rounding_minor);
	pack_unsigned(out, o->opened_journal);
	pack_unsigned(out, o->receipt_journal);
	pack_unsigned(out, o->n_lines);
	for (size_t i = 0; i < o->n_lines; i++)
		pack_line(out, &o->lines[i]);
	pack_unsigned(out, o->n_tenders);
	for (size_t i = 0; i < o->n_tenders; i++)
		pack_tender(out, &o->tenders[i]);
	pack_unsigned(out, o->n_undo);
	for (size_t i = 0; i < o->n_undo; i++)
		pack_undo(out, &o->undo[i]);
}

static void unpack_lines(struct unpack *in, struct order *o)
{
	uint64_t n = unpack_up_to(in, ORDER_LINES_MAX);

	for (uint64_t i = 0; i < n && !in->failed; i++) {
		struct order_line *line = order_add_line(o);

		if (line)
			unpack_line(in, line);
		else
			in->failed = true;
	}
}

static void unpack_tenders(struct unpack *in, struct order *o)
{
	uint64_t n = unpack_up_to(in, ORDER_TENDERS_MAX);

	for (uint64_t i = 0; i < n && !in->failed; i++) {
		struct order_tender *tender = order_add_tender(o);

		if (tender)
			unpack_tender(in, tender);
		else
			in->failed = true;
	}
}

static void unpack_undo_steps(struct unpack *in, struct order *o)
{
	uint64_t n = unpack_up_to(in, ORDER_UNDO_MAX);

	for (uint64_t i = 0; i < n && !in->failed; i++) {
		struct order_undo *undo = order_push_undo(o);

		if (undo)
			unpack_undo(in, undo);
		else
			in->failed = true;
	}
}

void order_unpack(struct unpack *in, struct order *o)
{
	unpack_ident(in, &o->id);
	o->number = unpack_unsigned(in);
	o->state = (enum order_state)unpack_up_to(in, ORDER_REFUNDED);
	o->currency = (enum currency)unpack_up_to(in, CURRENCY_NUMBER_MAX);
	o->opened_at = unpack_instant(in);
	o->closed_at = unpack_instant(in);
	unpack_text(in, o->cashier, sizeof o->cashier);
	unpack_text(in, o->note, sizeof o->note);
	o->discount = unpack_discount(in);
	o->rounding_minor = unpack_integer(in);
	o->opened_journal = unpack_unsigned(in);
	o->receipt_journal = unpack_unsigned(in);
	unpack_lines(in, o);
	unpack_tenders(in, o);
	unpack_undo_steps(in, o);
	if (!in->failed && order_sum(o))
		in->failed = true;
}
