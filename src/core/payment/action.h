/* What a row of the table of transitions may do; inside this room only. The
 * step holds a copy of the attempt, already in the row's state. */
#ifndef PAYMENT_ACTION_H
#define PAYMENT_ACTION_H

#include "payment/decide.h"

/* Why the event would end the payment: its row in events.def. */
enum payment_ending payment_ending_of(enum payment_event_kind kind);

typedef enum fault_code payment_action(struct move *m);

payment_action
	act_stay,           /* nothing */
	act_move,           /* only the state changes, and why it ends; in SENT: it ends with its answer */
	act_send,           /* pays, and waits for the answer */
	act_wait,           /* queries after the first wait */
	act_hear,           /* goes on as scheduled */
	act_ask,            /* queries now */
	act_ask_last,       /* queries once more; what is not definite then ends it */
	act_reverse,        /* reverses, or waits until that is allowed */
	act_reverse_anew,   /* the same, with all tries before it */
	act_reverse_later,  /* reverses after a wait */
	act_watch,          /* a person has to look; queries slowly */
	act_watch_and_ask,
	act_capture,        /* money that has come in, or an exception */
	act_give_back,      /* money that was given back after all: an exception */
	act_refuse_kind, act_refuse_not_sent, act_refuse_sent, act_refuse_paid, act_refuse_ended;

#endif
