/* The text of a payment statement: what is signed is plain lines, so that
 * anybody can make them again without a JSON library. */
#include "wire/wire.h"

static void line(struct buffer *out, const char *text)
{
	buffer_add_text(out, text);
	buffer_add_byte(out, '\n');
}

static void ident_line(struct buffer *out, const struct ident *id)
{
	ident_text letters;

	ident_format(id, letters);
	line(out, letters);
}

void wire_statement_text(const struct wire_statement *s, struct buffer *out)
{
	money_text amount;

	money_format(s->amount, amount);
	line(out, "guitai payment statement 1");
	ident_line(out, &s->payment);
	ident_line(out, &s->order);
	ident_line(out, &s->merchant);
	line(out, amount);
	line(out, s->currency);
	line(out, s->state);
	line(out, s->channel);
	line(out, s->channel_no);
	line(out, s->time);
}
