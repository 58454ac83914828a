/* What guitai batch keeps between its lines, for the handlers of its words.
 * The same handlers serve the commands that a running till is asked to do. */
#ifndef APP_BATCH_H
#define APP_BATCH_H

#include "agent/agent.h"
#include "app/batch_words.h"
#include "app/command.h"
#include "json/json.h"

struct batch {
	struct agent *agent;
	const struct settings *settings;
	struct batch_line line;
	struct buffer out;              /* the reply, one line of JSON */
	struct json_writer json;
	/* What the handler of the line wants in its reply: */
	struct ident order;             /* zero: the open order, if there is one */
	const struct order_tender *tender;  /* of that order; NULL none */
	struct ident payment;           /* by a channel; zero none */
	const struct shift *report;     /* NULL none */
	const struct order *shown;      /* an order of the journal, NULL none */
	struct shift report_space;
	struct order shown_space;
	bool tray;
	bool help;
	const char *text;               /* "text":…, NULL none */
	char stripped[SCAN_STRIPPED_SIZE];  /* what was left out of the scan; "" nothing */
	struct print_job print_job;     /* the print that is the text; job 0 none */
	struct buffer text_space;
	/* Works for the hub until something came or `ms` have passed; NULL when
	 * nothing is waited for here. */
	void (*turn)(void *ctx, int ms);
	void *turn_ctx;
};

/* Limits of what a reply can be: an order of thousands of lines. */
enum { BATCH_REPLY_MAX = 8 * 1024 * 1024 };

/* Both outlive the batch. */
void batch_init(struct batch *b, struct agent *agent, const struct settings *settings);
void batch_release(struct batch *b);

/* Runs one line and leaves its reply in b->out; nothing for an empty line or a
 * comment. Returns what the command was refused with. */
enum fault_code batch_run(struct batch *b, const char *bytes, size_t n);

/* The same for a caller who may say these words only (NULL at the end); all
 * others are refused as unknown. */
enum fault_code batch_run_only(struct batch *b, const char *const *allowed, const char *bytes,
			       size_t n);

/* ---- reading words ---- */

/* Amounts in the till's currency, never negative. */
enum fault_code batch_amount(struct batch *b, const char *word, int64_t *ret_minor,
			     struct fault *fault);
/* A whole number from 0 to 2³²−1: FAULT_INPUT_BAD_NUMBER. */
enum fault_code batch_number(const char *word, uint32_t *ret, struct fault *fault);
/* An order by number, 26 letters, or receipt code GR…; zero when it is none of
 * these (FAULT_ORDER_NO_SUCH_ORDER). */
enum fault_code batch_order(const char *word, uint64_t *ret_number, struct ident *ret_id,
			    struct fault *fault);

/* A receipt's width: FAULT_PRINT_BAD_COLUMNS. */
enum fault_code batch_columns(const char *word, unsigned *ret, struct fault *fault);

/* Puts the report of the reply into it as text, too. */
enum fault_code batch_report_text(struct batch *b, struct fault *fault);

/* ---- payments by a channel (batch_channel.c) ---- */

/* The payment of that id (26 letters); NULL when there is none. */
const struct counter_payment *batch_payment(const struct batch *b, const char *word);

enum fault_code batch_cancel_payment(struct batch *b, const struct counter_payment *p,
				     struct fault *fault);

/* Waits until it has ended; `seconds` NULL: 60. FAULT_PAYMENT_STILL_OPEN. */
enum fault_code batch_wait_payment(struct batch *b, const struct counter_payment *p,
				   const char *seconds, struct fault *fault);

/* Takes out of a refusal what could be a customer's code. */
void batch_hide_codes(struct fault *fault);

/* Does an event that needs no more than its kind. */
enum fault_code batch_plain(struct batch *b, enum event_kind kind, struct fault *fault);

#endif
