/* One event through the payment machine, and all that follows from it, in the
 * transaction that is open. */
#include "service/hub_own.h"

#include <string.h>

#include "base/base64.h"
#include "base/utf8.h"
#include "crypt/crypt.h"

static const char *const disposition_words[] = { "attach", "refund", "hold" };
static const char *const exception_words[] = { "", "late", "surplus", "given_back" };

/* How the order stands without this payment, for money that comes in. */
static enum fault_code standing(struct hub *hub, const struct hub_payment *p,
				struct payment_standing *ret, struct fault *fault)
{
	struct hub_order order;
	enum fault_code code = hub_order_load(hub, &p->merchant, &p->attempt.order, &order, fault);

	if (code)
		return code;
	ret->due_minor = order.total_minor - order.paid_minor;
	ret->gone = strcmp(order.state, "cleared") == 0;
	return FAULT_NONE;
}

static enum fault_code count_paid(struct hub *hub, const struct hub_payment *p, struct fault *fault)
{
	return db_run(hub->db,
		      "UPDATE orders SET paid_minor = paid_minor + ?3, state ="
		      " CASE WHEN paid_minor + ?3 >= total_minor THEN 'paid' ELSE state END"
		      " WHERE merchant = ?1 AND id = ?2",
		      DB_VALUES(db_ident(&p->merchant), db_ident(&p->attempt.order),
				db_number(p->attempt.amount.minor)), NULL, fault);
}

/* The hub's word on a final state: nothing else makes a till show PAID. */
static enum fault_code make_statement(struct hub *hub, struct hub_payment *p, struct fault *fault)
{
	const struct payment_attempt *a = &p->attempt;
	struct wire_statement s = { .payment = a->id, .order = a->order, .merchant = p->merchant,
				    .amount = a->amount };
	struct buffer text = BUFFER_INIT(4096);
	uint8_t signature[SIGNATURE_SIZE];
	struct json_writer w;
	enum fault_code code;

	utf8_copy(s.currency, sizeof s.currency, currency_letters(a->amount.currency));
	utf8_copy(s.state, sizeof s.state, payment_state_word(a->state));
	utf8_copy(s.channel, sizeof s.channel, p->wallet[0] ? p->wallet
		  : payment_channel_row(a->channel)->word);
	if (a->n_captures)
		utf8_copy(s.channel_no, sizeof s.channel_no, a->captures[0].channel_no);
	hub_time_text(hub_now(hub).utc_ms, s.time, sizeof s.time);
	wire_statement_text(&s, &text);
	code = text.failed ? FAULT_OUT_OF_MEMORY
			   : sign_key_sign(hub->options.key, text.data, text.len, signature);
	buffer_release(&text);
	if (code)
		return fault_set(fault, code, NULL, NULL);
	base64_format(BASE64_STANDARD, signature, sizeof signature, s.signature);
	buffer_reset(&p->statement);
	json_writer_init(&w, &p->statement);
	wire_put(&w, NULL, WIRE_statement, &s);
	return FAULT_NONE;
}

static enum fault_code add_exception(struct hub *hub, const struct hub_payment *p,
				     const struct payment_exception *x, struct fault *fault)
{
	return db_run(hub->db,
		      "INSERT INTO exception_item (merchant, payment, channel_no, kind, disposition,"
		      " amount_minor, at_ms) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)"
		      " ON CONFLICT DO NOTHING",
		      DB_VALUES(db_ident(&p->merchant), db_ident(&p->attempt.id), db_text(x->channel_no),
				db_text(exception_words[x->kind]),
				db_text(disposition_words[x->disposition]),
				db_number(x->amount.minor), db_number(hub_now(hub).utc_ms)), NULL, fault);
}

static const char *effect_word(enum payment_effect effect)
{
	switch (effect) {
	case PAYMENT_DO_PAY: return "pay";
	case PAYMENT_DO_QUERY: return "query";
	case PAYMENT_DO_REVERSE: return "reverse";
	case PAYMENT_DO_CLOSE: return "close";
	case PAYMENT_DO_NOTHING: break;
	}
	return "";
}

/* Owes the channel a request: a row that survives, and a job for after the
 * commit. */
static enum fault_code owe(struct hub *hub, const struct hub_payment *p, enum payment_effect effect,
			   const char *code_of_customer, struct fault *fault)
{
	const struct payment_attempt *a = &p->attempt;
	struct hub_job job = { .effect = effect, .merchant = p->merchant, .payment = a->id,
			       .channel = a->channel, .kind = a->kind, .amount = a->amount,
			       .expires_ms = a->expires_ms };
	enum fault_code code = db_run(hub->db,
		"INSERT INTO outbox (merchant, payment, effect, at_ms) VALUES (?1, ?2, ?3, ?4)"
		" ON CONFLICT (merchant, payment) DO UPDATE SET effect = ?3, at_ms = ?4",
		DB_VALUES(db_ident(&p->merchant), db_ident(&a->id), db_text(effect_word(effect)),
			  db_number(hub_now(hub).utc_ms)), NULL, fault);

	if (code)
		return code;
	utf8_copy(job.number, sizeof job.number, a->number);
	utf8_copy(job.code, sizeof job.code, code_of_customer);
	hub->options.ports.job(hub->options.ports.ctx, &job);
	secret_wipe(job.code, sizeof job.code);
	return FAULT_NONE;
}

static enum fault_code tell(struct hub *hub, const struct hub_payment *p, struct fault *fault)
{
	struct wire_payment_reply message = { 0 };
	enum fault_code code = hub_payment_message(hub, p, &message, fault);

	if (!code)
		code = hub_add_event(hub, &p->merchant, "payment", WIRE_payment_reply, &message, fault);
	wire_release(WIRE_payment_reply, &message);
	return code;
}

/* What a changed state brings with it. */
static enum fault_code follow(struct hub *hub, struct hub_payment *p, enum payment_state before,
			      struct fault *fault)
{
	enum fault_code code = FAULT_NONE;

	if (p->attempt.state != before && p->attempt.state == PAYMENT_PAID)
		code = count_paid(hub, p, fault);
	if (!code && p->attempt.state != before && payment_is_terminal(p->attempt.state))
		code = make_statement(hub, p, fault);
	return code;
}

enum fault_code hub_payment_do(struct hub *hub, struct hub_payment *p, struct payment_event *event,
			       const char *code_of_customer, struct fault *fault)
{
	const struct payment_timings *timings = &hub->options.timings[p->attempt.channel];
	uint64_t decided_on = p->attempt.version;
	enum payment_state before = p->attempt.state;
	struct payment_step step;
	enum fault_code code = FAULT_NONE;

	event->now_ms = hub_now(hub).utc_ms;
	if (event->kind == PAYMENT_EVENT_ANSWER_PAID)
		code = standing(hub, p, &event->standing, fault);
	if (!code)
		code = payment_decide(&p->attempt, event, timings, &step, fault);
	if (code)
		return code;
	p->attempt = step.after;
	if (step.changed && step.after.detail[0])
		utf8_copy(p->reason, sizeof p->reason, step.after.detail);
	if (step.changed)
		code = follow(hub, p, before, fault);
	if (!code && p->attempt.state != before) {
		hub->entered[p->attempt.state]++;
		hub_log_payment(hub, "payment", p, payment_event_word(event->kind));
	}
	if (!code)
		code = hub_payment_save(hub, p, decided_on, fault);
	if (!code && step.exception.kind != PAYMENT_FITS)
		code = add_exception(hub, p, &step.exception, fault);
	if (!code && step.effect != PAYMENT_DO_NOTHING)
		code = owe(hub, p, step.effect, code_of_customer, fault);
	if (!code && step.changed)
		code = tell(hub, p, fault);
	return code;
}
