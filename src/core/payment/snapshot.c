/* An attempt as bytes: the same for journal entries, snapshots and the hub's
 * rows. */
#include <string.h>

#include "payment/payment.h"

enum { PACKED_FORM = 1 };

static void pack_captures(const struct payment_attempt *a, struct buffer *out)
{
	pack_unsigned(out, a->n_captures);
	for (size_t i = 0; i < a->n_captures; i++) {
		pack_text(out, a->captures[i].channel_no);
		pack_integer(out, a->captures[i].paid_ms);
		pack_unsigned(out, a->captures[i].disposition);
	}
}

void payment_pack(const struct payment_attempt *a, struct buffer *out)
{
	pack_unsigned(out, PACKED_FORM);
	pack_unsigned(out, a->version);
	pack_ident(out, &a->id);
	pack_ident(out, &a->intent);
	pack_ident(out, &a->order);
	pack_ident(out, &a->key);
	pack_text(out, a->number);
	pack_unsigned(out, a->channel);
	pack_unsigned(out, a->kind);
	pack_unsigned(out, a->state);
	pack_unsigned(out, a->ending);
	pack_integer(out, a->amount.minor);
	pack_unsigned(out, a->amount.currency);
	pack_text(out, a->merchant);
	pack_integer(out, a->begun_ms);
	pack_integer(out, a->expires_ms);
	pack_integer(out, a->sent_ms);
	pack_unsigned(out, (unsigned)a->seen | (unsigned)a->given_back << 1);
	pack_text(out, a->detail);
	pack_text(out, a->qr);
	pack_captures(a, out);
}

static void unpack_captures(struct unpack *in, struct payment_attempt *a)
{
	a->n_captures = (size_t)unpack_up_to(in, PAYMENT_CAPTURES_MAX);
	for (size_t i = 0; i < a->n_captures; i++) {
		unpack_text(in, a->captures[i].channel_no, sizeof a->captures[i].channel_no);
		a->captures[i].paid_ms = unpack_integer(in);
		a->captures[i].disposition = (enum payment_disposition)unpack_up_to(in, PAYMENT_HOLD);
	}
}

static enum payment_kind unpack_kind(struct unpack *in)
{
	uint64_t kind = unpack_up_to(in, PAYMENT_RECORD);

	if (kind != PAYMENT_CODE && kind != PAYMENT_QR && kind != PAYMENT_RECORD)
		in->failed = true;
	return (enum payment_kind)kind;
}

void payment_unpack(struct unpack *in, struct payment_attempt *a)
{
	uint64_t flags;

	*a = (struct payment_attempt){ .schedule.next_ms = PAYMENT_NEVER };
	if (unpack_up_to(in, PACKED_FORM) != PACKED_FORM)
		in->failed = true;
	a->version = unpack_unsigned(in);
	unpack_ident(in, &a->id);
	unpack_ident(in, &a->intent);
	unpack_ident(in, &a->order);
	unpack_ident(in, &a->key);
	unpack_text(in, a->number, sizeof a->number);
	a->channel = (enum payment_channel)unpack_up_to(in, PAYMENT_CHANNELS - 1);
	a->kind = unpack_kind(in);
	a->state = (enum payment_state)unpack_up_to(in, PAYMENT_STATES - 1);
	a->ending = (enum payment_ending)unpack_up_to(in, PAYMENT_ENDINGS - 1);
	a->amount.minor = unpack_integer(in);
	a->amount.currency = (enum currency)unpack_up_to(in, CURRENCY_NUMBER_MAX);
	unpack_text(in, a->merchant, sizeof a->merchant);
	a->begun_ms = unpack_integer(in);
	a->expires_ms = unpack_integer(in);
	a->sent_ms = unpack_integer(in);
	flags = unpack_up_to(in, 3);
	a->seen = flags & 1;
	a->given_back = flags >> 1 & 1;
	unpack_text(in, a->detail, sizeof a->detail);
	unpack_text(in, a->qr, sizeof a->qr);
	unpack_captures(in, a);
}

void payment_schedule_pack(const struct payment_schedule *s, struct buffer *out)
{
	pack_integer(out, s->next_ms);
	pack_unsigned(out, s->queries);
	pack_unsigned(out, s->slow);
	pack_unsigned(out, s->reverses);
}

void payment_schedule_unpack(struct unpack *in, struct payment_schedule *s)
{
	s->next_ms = unpack_integer(in);
	s->queries = (uint32_t)unpack_up_to(in, UINT32_MAX);
	s->slow = (uint32_t)unpack_up_to(in, UINT32_MAX);
	s->reverses = (uint32_t)unpack_up_to(in, UINT32_MAX);
}
