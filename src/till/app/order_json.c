/* The public fields of orders, payments and reports, in their order. */
#include "app/order_json.h"

#include <inttypes.h>
#include <libintl.h>
#include <stdio.h>

static void put(struct json_writer *w, const char *name, int64_t minor, enum currency currency)
{
	json_put_money(w, name, money_make(minor, currency));
}

static void put_line(struct json_writer *w, const struct order_line *line, enum currency currency)
{
	json_put_object(w, NULL);
	json_put_number(w, "n", line->n);
	json_put_text(w, "code", line->code);
	json_put_text(w, "name", line->name);
	json_put_quantity(w, "qty", line->quantity);
	if (line->unit[0])
		json_put_text(w, "unit", line->unit);
	put(w, "price", line->price_minor, currency);
	put(w, "discount", line->discount_minor + line->share_minor, currency);
	put(w, "amount", order_line_net(line), currency);
	if (line->reason[0])
		json_put_text(w, "reason", line->reason);
	json_close(w);
}

void order_json(struct json_writer *w, const struct order *o)
{
	json_put_object(w, "order");
	json_put_ident(w, "id", &o->id);
	json_put_number(w, "number", (int64_t)o->number);
	json_put_text(w, "state", order_state_word(o->state));
	json_put_text(w, "currency", currency_letters(o->currency));
	json_put_array(w, "lines");
	for (size_t i = 0; i < o->n_lines; i++)
		if (!o->lines[i].voided)
			put_line(w, &o->lines[i], o->currency);
	json_close(w);
	put(w, "subtotal", o->subtotal_minor, o->currency);
	put(w, "discount", o->discount_minor, o->currency);
	put(w, "rounding", o->rounding_minor, o->currency);
	put(w, "total", o->total_minor, o->currency);
	put(w, "paid", o->paid_minor, o->currency);
	put(w, "due", order_due(o), o->currency);
	put(w, "change", o->change_minor, o->currency);
	json_put_array(w, "offers");
	json_close(w);
	if (o->note[0])
		json_put_text(w, "note", o->note);
	json_close(w);
}

void payment_json(struct json_writer *w, const struct order *order, const struct order_tender *tender)
{
	char id[48];

	snprintf(id, sizeof id, "%" PRIu64 "-%" PRIu32, order->number, tender->n);
	json_put_object(w, "payment");
	json_put_text(w, "id", id);
	json_put_text(w, "state", tender->cancelled ? "reversed" : "paid");
	json_put_text(w, "channel", tender->kind == TENDER_CASH ? "cash"
			: tender->kind == TENDER_CHANNEL ? tender->name : "other");
	if (tender->kind == TENDER_OTHER)
		json_put_text(w, "tender", tender->name);
	if (tender->ref[0])
		json_put_text(w, "ref", tender->ref);
	put(w, "amount", tender->amount_minor, order->currency);
	json_put_text(w, "currency", currency_letters(order->currency));
	json_close(w);
}

static void put_channel_payment(struct json_writer *w, const struct counter_payment *p)
{
	const struct payment_attempt *a = &p->attempt;

	json_put_ident(w, "id", &a->id);
	json_put_text(w, "state", payment_state_word(a->state));
	json_put_text(w, "channel", p->wallet);
	json_put_money(w, "amount", a->amount);
	json_put_text(w, "currency", currency_letters(a->amount.currency));
	if (a->qr[0] && !payment_is_terminal(a->state) && a->state != PAYMENT_REVERSING)
		json_put_text(w, "qr", a->qr);
	if (p->reason[0])
		json_put_text(w, "reason", p->reason);
}

void channel_payment_json(struct json_writer *w, const char *name, const struct counter_payment *p)
{
	json_put_object(w, name);
	put_channel_payment(w, p);
	json_close(w);
}

void tray_payment_json(struct json_writer *w, const struct counter *c,
		       const struct counter_payment *p)
{
	const struct order *order = counter_find_order(c, &p->attempt.order);

	json_put_object(w, NULL);
	json_put_text(w, "kind", "payment");
	if (order)
		json_put_number(w, "order", (int64_t)order->number);
	put_channel_payment(w, p);
	json_put_text(w, "words", gettext(payment_state_words(p->attempt.state)));
	json_close(w);
}

static void put_tenders(struct json_writer *w, const struct shift *s, enum currency currency)
{
	json_put_array(w, "tenders");
	for (size_t i = 0; i < s->n_tenders; i++) {
		json_put_object(w, NULL);
		json_put_text(w, "name", s->tenders[i].name);
		json_put_number(w, "count", (int64_t)s->tenders[i].count);
		put(w, "amount", s->tenders[i].amount_minor, currency);
		json_close(w);
	}
	json_close(w);
}

void report_json(struct json_writer *w, const struct shift *s, enum currency currency)
{
	instant_text opened, closed;

	instant_format_rfc3339(s->opened_at, opened);
	json_put_object(w, "report");
	json_put_text(w, "kind", s->z_number ? "z" : "x");
	json_put_number(w, "shift", (int64_t)s->number);
	if (s->z_number) {
		json_put_number(w, "z", (int64_t)s->z_number);
		instant_format_rfc3339(s->closed_at, closed);
	}
	json_put_text(w, "opened_at", opened);
	json_put_text(w, "opened_by", s->opened_by);
	if (s->z_number) {
		json_put_text(w, "closed_at", closed);
		json_put_text(w, "closed_by", s->closed_by);
	}
	json_put_text(w, "currency", currency_letters(currency));
	json_put_number(w, "sales", (int64_t)s->sales);
	put(w, "sales_total", s->sales_minor, currency);
	json_put_number(w, "returns", (int64_t)s->returns);
	put(w, "returns_total", s->returns_minor, currency);
	put(w, "net", shift_net(s), currency);
	put(w, "discounts", s->discounts_minor, currency);
	put(w, "rounding", s->rounding_minor, currency);
	json_put_number(w, "voids", (int64_t)s->voids);
	put(w, "voids_total", s->voids_minor, currency);
	json_put_number(w, "overrides", (int64_t)s->overrides);
	json_put_number(w, "cleared", (int64_t)s->cleared);
	put(w, "cleared_total", s->cleared_minor, currency);
	json_put_number(w, "reprints", (int64_t)s->reprints);
	json_put_number(w, "held", (int64_t)s->held);
	put_tenders(w, s, currency);
	put(w, "float", s->float_minor, currency);
	put(w, "expected", shift_expected_cash(s), currency);
	if (s->z_number) {
		put(w, "counted", s->counted_minor, currency);
		put(w, "difference", s->counted_minor - shift_expected_cash(s), currency);
	}
	json_put_number(w, "perpetual_sales", (int64_t)s->perpetual_sales);
	put(w, "perpetual_total", s->perpetual_minor, currency);
	json_close(w);
}
