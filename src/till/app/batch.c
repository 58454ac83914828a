/* One line of guitai batch: split, run, answered. */
#include "app/batch.h"

#include <stdio.h>
#include <string.h>

#include "app/order_json.h"
#include "command/speech.h"
#include "crypt/crypt.h"

void batch_init(struct batch *b, struct agent *agent, const struct settings *settings)
{
	memset(b, 0, sizeof *b);
	b->agent = agent;
	b->settings = settings;
	buffer_init(&b->out, BATCH_REPLY_MAX);
	buffer_init(&b->text_space, BATCH_REPLY_MAX / 2);
	json_writer_init(&b->json, &b->out);
}

void batch_release(struct batch *b)
{
	buffer_release(&b->out);
	buffer_release(&b->text_space);
	order_release(&b->shown_space);
}

enum fault_code batch_amount(struct batch *b, const char *word, int64_t *ret_minor,
			     struct fault *fault)
{
	struct money amount;
	enum fault_code code = money_parse(word, agent_counter(b->agent)->currency, false, &amount,
					   fault);

	if (!code)
		*ret_minor = amount.minor;
	return code;
}

enum fault_code batch_number(const char *word, uint32_t *ret, struct fault *fault)
{
	int64_t value;

	if (strchr(word, '.') || decimal_parse(word, 0, &value) != DECIMAL_OK || value > UINT32_MAX)
		return fault_set(fault, FAULT_INPUT_BAD_NUMBER, word, NULL);
	*ret = (uint32_t)value;
	return FAULT_NONE;
}

enum fault_code batch_order(const char *word, uint64_t *ret_number, struct ident *ret_id,
			    struct fault *fault)
{
	bool receipt = word[0] == 'G' && word[1] == 'R';
	int64_t number;

	memset(ret_id, 0, sizeof *ret_id);
	*ret_number = 0;
	if (ident_parse(receipt ? word + 2 : word, receipt, ret_id))
		return FAULT_NONE;
	if (decimal_parse(word, 0, &number) != DECIMAL_OK || number < 1 || strchr(word, '.'))
		return fault_set(fault, FAULT_ORDER_NO_SUCH_ORDER, word, NULL);
	*ret_number = (uint64_t)number;
	return FAULT_NONE;
}

enum fault_code batch_plain(struct batch *b, enum event_kind kind, struct fault *fault)
{
	struct counter_event ev = { .kind = kind };

	return agent_do(b->agent, &ev, fault);
}

static void put_error(struct json_writer *w, const struct fault *fault)
{
	char sentence[1024];

	speech_sentence(fault, sentence, sizeof sentence);
	json_put_object(w, "error");
	json_put_number(w, "code", fault->code);
	json_put_text(w, "name", fault_name(fault->code));
	json_put_text(w, "message", sentence);
	json_close(w);
}

static void put_tray(struct json_writer *w, const struct counter *c)
{
	json_put_array(w, "tray");
	for (size_t i = 0; i < c->n_payments; i++)
		if (!payment_is_terminal(c->payments[i].attempt.state))
			tray_payment_json(w, c, &c->payments[i]);
	for (size_t i = 0; i < c->n_print_jobs; i++) {
		json_put_object(w, NULL);
		json_put_text(w, "kind", "print");
		json_put_number(w, "job", (int64_t)c->print_jobs[i].job);
		json_put_number(w, "order", (int64_t)c->print_jobs[i].order_number);
		json_close(w);
	}
	json_close(w);
}

static void put_words(struct json_writer *w)
{
	size_t n;
	const struct batch_word *rows = batch_word_rows(&n);

	json_put_array(w, "commands");
	for (size_t i = 0; i < n; i++) {
		json_put_object(w, NULL);
		json_put_text(w, "word", rows[i].word);
		json_put_text(w, "synopsis", rows[i].synopsis);
		json_put_text(w, "help", gettext(rows[i].help));
		json_close(w);
	}
	json_close(w);
}

static void put_print(struct json_writer *w, const struct print_job *job)
{
	json_put_object(w, "print");
	json_put_number(w, "job", (int64_t)job->job);
	json_put_number(w, "order", (int64_t)job->order_number);
	json_put_number(w, "copy", (int64_t)job->copy);
	json_close(w);
}

static const struct order *order_of_reply(const struct batch *b)
{
	const struct counter *c = agent_counter(b->agent);
	const struct order *open = counter_order(c);

	if (b->shown)
		return b->shown;
	return ident_is_zero(&b->order) ? open : counter_find_order(c, &b->order);
}

static void put_channel_payment(struct batch *b)
{
	const struct counter_payment *p = counter_find_payment(agent_counter(b->agent), &b->payment);

	if (p)
		channel_payment_json(&b->json, "payment", p);
}

static void reply(struct batch *b, const char *word, const struct fault *fault)
{
	struct json_writer *w = &b->json;
	const struct order *order = order_of_reply(b);
	bool ok = fault->code == FAULT_NONE;

	json_put_object(w, NULL);
	json_put_bool(w, "ok", ok);
	json_put_text(w, "cmd", word);
	if (b->line.id)
		json_put_text(w, "id", b->line.id);
	if (!ok)
		put_error(w, fault);
	if (b->tender && order)
		payment_json(w, order, b->tender);
	put_channel_payment(b);
	if (b->report)
		report_json(w, b->report, agent_counter(b->agent)->currency);
	if (b->tray)
		put_tray(w, agent_counter(b->agent));
	if (b->help)
		put_words(w);
	if (b->print_job.job)
		put_print(w, &b->print_job);
	if (b->text)
		json_put_text(w, "text", b->text);
	if (b->stripped[0])
		json_put_text(w, "stripped", b->stripped);
	if (order)
		order_json(w, order);
	json_close(w);
	json_end_line(w);
}

static void start_reply(struct batch *b)
{
	buffer_reset(&b->out);
	buffer_reset(&b->text_space);
	order_release(&b->shown_space);
	json_writer_init(&b->json, &b->out);
	memset(&b->order, 0, sizeof b->order);
	memset(&b->payment, 0, sizeof b->payment);
	b->tender = NULL;
	b->report = NULL;
	b->shown = NULL;
	b->text = NULL;
	b->stripped[0] = '\0';
	b->print_job = (struct print_job){ .job = 0 };
	b->tray = b->help = false;
}

/* The order a command is about stays the one answered with, also when the
 * command holds, clears or closes it. */
static void remember_order(struct batch *b)
{
	const struct order *open = counter_order(agent_counter(b->agent));

	if (open)
		b->order = open->id;
}

static const struct batch_word *find_word(struct batch *b, const char *const *allowed,
					  size_t *ret_used, struct fault *fault)
{
	const struct batch_word *row = batch_word_find(&b->line, ret_used, fault);

	for (size_t i = 0; row && allowed; i++) {
		if (!allowed[i]) {
			fault_set(fault, FAULT_INPUT_UNKNOWN_COMMAND, row->word, NULL);
			return NULL;
		}
		if (strcmp(allowed[i], row->word) == 0)
			break;
	}
	return row;
}

/* A line with a customer's code in it. */
static bool is_pay_code(const struct batch_line *line)
{
	return line->n_words > 1 && strcmp(line->words[0], "pay") == 0 &&
	       strcmp(line->words[1], "code") == 0;
}

enum fault_code batch_run(struct batch *b, const char *bytes, size_t n)
{
	return batch_run_only(b, NULL, bytes, n);
}

enum fault_code batch_run_only(struct batch *b, const char *const *allowed, const char *bytes,
			       size_t n)
{
	struct fault fault = { .code = FAULT_NONE };
	const struct batch_word *row = NULL;
	size_t used = 0;

	start_reply(b);
	if (batch_line_split(&b->line, bytes, n, &fault) == FAULT_NONE) {
		if (b->line.n_words == 0)
			return FAULT_NONE;
		row = find_word(b, allowed, &used, &fault);
	}
	remember_order(b);
	if (row)
		fault.code = row->run(b, b->line.words + used, b->line.n_words - used, &fault);
	if (is_pay_code(&b->line))
		batch_hide_codes(&fault);
	if (ident_is_zero(&b->order) || !order_of_reply(b))
		memset(&b->order, 0, sizeof b->order);
	reply(b, row ? row->word : b->line.n_words ? b->line.words[0] : "", &fault);
	if (is_pay_code(&b->line))
		secret_wipe(&b->line, sizeof b->line);
	return fault.code;
}
