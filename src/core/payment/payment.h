/* A payment's fate is never guessed. An intent is what an order wants paid; an
 * attempt is one try at it, with a number of its own at the channel; what
 * becomes of an attempt is decided here, for the till and the hub alike:
 *
 *   payment_decide(attempt, event, timings) → refusal
 *                                           | the attempt afterwards, an effect
 *                                             and perhaps an exception
 *
 * Whoever calls it keeps the attempt that comes out before the effect is
 * performed. So the state SENT is durable before the first byte goes out, and
 * a crash finds a payment that is asked for, never one that is sent again. */
#ifndef PAYMENT_PAYMENT_H
#define PAYMENT_PAYMENT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buffer.h"
#include "base/fault.h"
#include "base/ident.h"
#include "base/pack.h"
#include "money/money.h"
#include "payment/channel.h"

enum payment_state {
#define STATE(name, word, terminal, words) PAYMENT_##name,
#include "payment/states.def"
#undef STATE
	PAYMENT_STATES
};

enum payment_event_kind {
#define EVENT(name, word, ending, decided, help) PAYMENT_EVENT_##name,
#include "payment/events.def"
#undef EVENT
	PAYMENT_EVENTS
};

/* Why it ended without money, or is being ended. */
enum payment_ending {
#define ENDING(name, word, words) PAYMENT_ENDING_##name,
#include "payment/endings.def"
#undef ENDING
	PAYMENT_ENDINGS
};

enum payment_outcome { PAYMENT_OUTCOME_OPEN, PAYMENT_OUTCOME_PAID, PAYMENT_OUTCOME_UNPAID };

enum {
	PAYMENT_NUMBER_MAX = 32,      /* of 0-9 A-Z a-z: what every channel takes */
	PAYMENT_MERCHANT_MAX = 32,    /* bytes */
	PAYMENT_CHANNEL_NO_MAX = 64,
	PAYMENT_DETAIL_MAX = 40,
	PAYMENT_QR_MAX = 128,
	PAYMENT_CAPTURES_MAX = 4,
};

/* What becomes of money that a channel says it has. */
enum payment_disposition {
	PAYMENT_ATTACH,  /* it pays the order */
	PAYMENT_REFUND,  /* it goes back by itself */
	PAYMENT_HOLD,    /* a person decides */
};

/* Money that a channel says it has for this attempt. */
struct payment_capture {
	char channel_no[PAYMENT_CHANNEL_NO_MAX + 1];
	int64_t paid_ms;
	enum payment_disposition disposition;
};

/* When to act next. It may be lost: PAYMENT_EVENT_RESTART makes a new one. */
struct payment_schedule {
	int64_t next_ms;     /* when a tick may change something; PAYMENT_NEVER */
	uint32_t queries;    /* sent so far */
	uint32_t slow;       /* of them, since the time to pay was up */
	uint32_t reverses;   /* sent so far */
};

struct payment_attempt {
	uint64_t version;    /* changes since it began, from 1; the schedule's are none */
	struct ident id, intent, order;
	struct ident key;    /* idempotency key of its pay request */
	char number[PAYMENT_NUMBER_MAX + 1];  /* at the channel; queries and reversals keep it */
	enum payment_channel channel;
	enum payment_kind kind;
	enum payment_state state;
	enum payment_ending ending;
	struct money amount;
	char merchant[PAYMENT_MERCHANT_MAX + 1];
	int64_t begun_ms;    /* UTC, as all moments here */
	int64_t expires_ms;  /* part of every pay request: later it is refused */
	int64_t sent_ms;     /* 0 before */
	bool seen;           /* the other side has said that it knows of it */
	bool given_back;     /* the channel gave the money back after PAID */
	char detail[PAYMENT_DETAIL_MAX + 1];  /* the channel's own code for a refusal */
	char qr[PAYMENT_QR_MAX + 1];          /* what the symbol on the screen says */
	size_t n_captures;
	struct payment_capture captures[PAYMENT_CAPTURES_MAX];
	struct payment_schedule schedule;
};

/* What an attempt begins with; all but kind, channel and timings is copied.
 * The idents come from the caller's random source; the merchant is text that
 * a proof repeats. */
struct payment_wish {
	struct ident id, intent, order, key;
	enum payment_channel channel;
	enum payment_kind kind;
	struct money amount;
	const char *merchant;
	int64_t now_ms;
};

/* The hub's signed statement (at the hub: the channel's verified answer), as
 * read by whoever checked its signature. The bytes stay the caller's; keep
 * them with the attempt. */
struct payment_proof {
	struct ident payment, order;
	struct money amount;
	const char *merchant;
	const char *channel_no;  /* the channel's own number, not empty */
	int64_t paid_ms;
	const void *statement;   /* the bytes that were signed, not empty */
	size_t statement_bytes;
	const void *signature;
	size_t signature_bytes;
};

/* How the order stands without this attempt, when money for it comes in. */
struct payment_standing {
	int64_t due_minor;   /* what is still to pay of an open order; else 0 */
	bool gone;           /* cleared or closed unpaid: nobody waits for the money */
	bool hold_late;      /* the shop holds such money for a person */
};

struct payment_event {
	enum payment_event_kind kind;
	uint64_t version;    /* the attempt's when it was decided; 0: whichever */
	int64_t now_ms;      /* of a clock that never goes back while the program runs */
	const char *detail;  /* of a refusal: the channel's own code; NULL none */
	const char *qr;      /* ANSWER_PENDING: what the symbol says; NULL nothing new */
	struct payment_proof proof;        /* ANSWER_PAID */
	struct payment_standing standing;  /* ANSWER_PAID */
};

/* What to do once the attempt is kept. Each ends as an event. */
enum payment_effect {
	PAYMENT_DO_NOTHING,
	PAYMENT_DO_PAY,      /* send the payment, or ask for the QR code */
	PAYMENT_DO_QUERY,
	PAYMENT_DO_REVERSE,  /* a code: close when unpaid, give back when paid */
	PAYMENT_DO_CLOSE,    /* a QR code: close when unpaid */
};

/* Money that does not fit; never dropped. */
enum payment_exception_kind {
	PAYMENT_FITS,            /* no exception */
	PAYMENT_LATE,            /* came after the payment was given up */
	PAYMENT_SURPLUS,         /* came for an order that is paid */
	PAYMENT_GIVEN_BACK,      /* the channel gave back what counted as paid */
};

struct payment_exception {
	enum payment_exception_kind kind;
	enum payment_disposition disposition;
	struct money amount;
	char channel_no[PAYMENT_CHANNEL_NO_MAX + 1];
};

struct payment_step {
	struct payment_attempt after;
	bool changed;        /* more than the schedule: version went up, keep it */
	enum payment_effect effect;
	struct payment_exception exception;
};

/* "created", …; what people read, untranslated; whether it is the end. */
const char *payment_state_word(enum payment_state state);
const char *payment_state_words(enum payment_state state);
bool payment_state_parse(const char *word, enum payment_state *ret_state);
bool payment_is_terminal(enum payment_state state);
enum payment_outcome payment_outcome(enum payment_state state);

const char *payment_ending_word(enum payment_ending ending);
const char *payment_ending_words(enum payment_ending ending);
const char *payment_event_word(enum payment_event_kind kind);

/* Fills *ret with an attempt in CREATED. FAULT_PAYMENT_NO_AMOUNT for an amount that
 * is not above zero, FAULT_PAYMENT_WRONG_KIND for a way the channel has not,
 * FAULT_LIMIT_REACHED for a merchant too long. */
enum fault_code payment_begin(const struct payment_wish *wish, const struct payment_timings *timings,
			      struct payment_attempt *ret, struct fault *fault);

/* Fills *ret with an attempt that never was: FAILED, so that a pay request
 * that comes after all is refused. All but the ident and the time is unknown. */
void payment_tombstone(const struct ident *id, int64_t now_ms, struct payment_attempt *ret);

/* The machine. Refusals leave *ret_step untouched:
 * FAULT_PAYMENT_CHANGED       decided on an older version
 * FAULT_PAYMENT_ALREADY_SENT, FAULT_PAYMENT_ENDED, FAULT_PAYMENT_ALREADY_PAID
 * FAULT_PAYMENT_NOT_SENT      an answer to what was never sent
 * FAULT_PAYMENT_WRONG_KIND    a record that is sent, or the other way round
 * FAULT_PAYMENT_BAD_PROOF     the proof is another payment's, order's, amount's,
 *                             currency's or merchant's, or is none
 * FAULT_LIMIT_REACHED         a QR code with more bytes than PAYMENT_QR_MAX */
enum fault_code payment_decide(const struct payment_attempt *attempt,
			       const struct payment_event *event,
			       const struct payment_timings *timings,
			       struct payment_step *ret_step, struct fault *fault);

/* Whether the order of these attempts may have another one: refused with
 * FAULT_PAYMENT_STILL_OPEN while one of the intent is unresolved (show that
 * one), with FAULT_PAYMENT_ALREADY_PAID when one has paid it. */
enum fault_code payment_may_begin(const struct payment_attempt *attempts, size_t n,
				  const struct ident *intent, struct fault *fault);

/* A channel's closed list of codes and what each says. */
struct payment_reply {
	const char *code;
	enum payment_event_kind says;
};

/* What a code of the channel says: the row's event, and `otherwise`
 * (ANSWER_UNKNOWN, REVERSE_UNKNOWN) for every code that is not in the list. */
enum payment_event_kind payment_classify(const struct payment_reply *replies, size_t n,
					 const char *code, enum payment_event_kind otherwise);

/* The attempt without its schedule, for entries and rows, and the schedule.
 * Unpacking fills *ret whole and sets in->failed when the bytes are no
 * attempt; the schedule is then that of an attempt nobody watches. */
void payment_pack(const struct payment_attempt *attempt, struct buffer *out);
void payment_unpack(struct unpack *in, struct payment_attempt *ret);
void payment_schedule_pack(const struct payment_schedule *schedule, struct buffer *out);
void payment_schedule_unpack(struct unpack *in, struct payment_schedule *ret);

/* One row of the table of transitions, for manuals and tests. */
struct payment_transition_row {
	unsigned from;       /* 1 << state, added up */
	enum payment_event_kind event;
	enum payment_state to;  /* PAYMENT_STATES: stays */
	const char *guard, *action;
};
size_t payment_transitions(void);
struct payment_transition_row payment_transition(size_t i);

#endif
