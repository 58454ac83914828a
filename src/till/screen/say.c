/* The message line, amounts, and the one way to do an event and say why not. */
#include "screen/loop.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

void say(struct screen_loop *loop, unsigned attr, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	vsnprintf(loop->message.text, sizeof loop->message.text, format, args);
	va_end(args);
	loop->message.attr = attr;
	loop->changed = true;
	loop->message.painted = false;
	loop->message.of_scan = loop->scanning;
	loop->message.keep_us = 0;
	loop->bell = loop->bell || attr == ATTR_BAD;
}

/* Arguments of faults are words of the program (marked for translation) or
 * names from outside, which no catalogue has. */
void say_fault(struct screen_loop *loop, const struct fault *fault)
{
	const struct fault_row *row = fault_row(fault->code);
	struct fault spoken = *fault;
	char sentence[MESSAGE_BYTES];

	for (size_t i = 0; i < 2; i++)
		if (fault->arg[i][0])
			snprintf(spoken.arg[i], sizeof spoken.arg[i], "%s", gettext(fault->arg[i]));
	fault_render(&spoken, row ? gettext(row->sentence) : "", sentence, sizeof sentence);
	say(loop, ATTR_BAD, "%s", sentence);
}

void say_nothing(struct screen_loop *loop)
{
	loop->changed = loop->changed || loop->message.text[0];
	loop->message.text[0] = '\0';
	loop->message.attr = ATTR_PLAIN;
	loop->message.of_scan = false;
	loop->message.keep_us = 0;
}

const char *amount_text(int64_t minor, money_text out)
{
	money_format(money_make(minor, CURRENCY_CNY), out);
	return out;
}

const char *amount_sign_text(const struct screen_loop *loop, int64_t minor, char *out, size_t size)
{
	money_text text;

	amount_text(minor < 0 ? -minor : minor, text);
	snprintf(out, size, "%s%s%s", minor < 0 ? "-" : "",
		 currency_sign(loop_counter(loop)->currency), text);
	return out;
}

const char *key_text_of(const struct screen_loop *loop, enum action action, char out[KEY_LABEL_SIZE])
{
	out[0] = '\0';
	if (loop->keys.of[action].n)
		action_key_label(loop->keys.of[action].keys[0], out);
	return out;
}

const char *tender_label(const struct screen_loop *loop, const char *name)
{
	const struct setting_tenders *tenders = &loop->context.settings->tenders;
	enum payment_channel channel;

	if (strcmp(name, "cash") == 0)
		return _("Cash");
	for (size_t i = 0; i < tenders->n; i++)
		if (strcmp(tenders->items[i].name, name) == 0 && tenders->items[i].label[0])
			return gettext(tenders->items[i].label);
	if (payment_channel_parse(name, &channel))
		return gettext(payment_channel_row(channel)->words);
	return name;
}

enum fault_code loop_do(struct screen_loop *loop, struct counter_event *event)
{
	struct fault fault;
	enum fault_code code = agent_do(loop->context.agent, event, &fault);

	if (code)
		say_fault(loop, &fault);
	return code;
}
