/* An attempt to try events on, and what came of one as a line of words. */
#ifndef TESTS_PAYMENT_FIXTURE_H
#define TESTS_PAYMENT_FIXTURE_H

#include "payment/payment.h"

enum { FIXTURE_BEGUN_MS = 1000000 };

/* A payment code of 15.66 yuan at WeChat, or what the kind says, in CREATED. */
struct payment_attempt fixture_attempt(enum payment_kind kind);

/* WeChat's timings. */
struct payment_timings fixture_timings(void);

/* An event of that kind at that time. ANSWER_PAID has the proof that fits, of
 * the channel's number "4200001", for an order that is still due. */
struct payment_event fixture_event(const struct payment_attempt *a, enum payment_event_kind kind,
				   int64_t now_ms);

/* "paid", "unknown query", "failed late attach", "! PAYMENT_ENDED": the state
 * afterwards, the effect, the exception; or the refusal. */
typedef char outcome_text[80];
void fixture_outcome(enum fault_code code, const struct payment_step *step, outcome_text out);

/* Decides, and takes over the attempt that comes out. */
enum fault_code fixture_play(struct payment_attempt *a, const struct payment_timings *t,
			     const struct payment_event *event, outcome_text out);

#endif
