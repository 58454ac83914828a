/* What can happen at the counter. The edge resolves every look-up before it
 * hands an event in: the product's row, whether the PIN was right, the time,
 * random bits. The core asks for nothing. */
#ifndef COUNTER_EVENT_H
#define COUNTER_EVENT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/ident.h"
#include "base/instant.h"
#include "catalog/product.h"
#include "money/quantity.h"
#include "order/order.h"
#include "payment/payment.h"
#include "shift/shift.h"
#include "spool/spool.h"

enum { TENDERS_TEXT_MAX = 400, SHOP_NAME_MAX = 80, VERSION_MAX = 32 };

/* Settings that change what is decided; each change of them is an entry. */
struct counter_rules {
	int64_t rounding_step_minor;  /* cash rounding (抹零): 0 off, 10 = to the jiao */
	enum rounding rounding_mode;
	char tenders[TENDERS_TEXT_MAX + 1];  /* record-only tenders, separated by spaces */
	bool print_receipts;          /* each closed sale prints by itself */
};

enum event_kind {
	EVENT_INITIALISE,   /* initialise: a new till */
	EVENT_START,        /* start: the program began */
	EVENT_RULES,        /* rules: the settings as they are now */
	EVENT_ADD_CASHIER,  /* cashier */
	EVENT_CATALOG,      /* catalog: another catalogue is in use */
	EVENT_LOGIN,        /* login */
	EVENT_LOGOUT,
	EVENT_OPEN_SHIFT,   /* amount_minor: the float */
	EVENT_CLOSE_SHIFT,  /* amount_minor: cash counted */
	EVENT_REPORT_X,
	EVENT_ITEM,         /* item: a product sold or taken back */
	EVENT_QUANTITY,     /* change.line, change.quantity */
	EVENT_PRICE,        /* change.line, amount_minor */
	EVENT_VOID,         /* change.line */
	EVENT_DISCOUNT,     /* change.line (0: the order), change.discount */
	EVENT_HOLD,         /* text: a note */
	EVENT_RECALL,       /* order */
	EVENT_CLEAR,
	EVENT_UNDO,
	EVENT_PAY_CASH,     /* amount_minor: given, or to pay out */
	EVENT_PAY_OTHER,    /* tender, amount_minor */
	EVENT_CANCEL_TENDER,/* change.line: number of the tender */
	EVENT_PRINT,        /* print: a closed order again */
	EVENT_PRINT_ENDED,  /* print_ended */
	EVENT_ENROLLED,     /* enrolled: a hub knows this till */
	EVENT_HUB_EVENTS,   /* amount_minor: number of the last event taken in */
	EVENT_PAY,          /* pay: a payment by a channel begins */
	EVENT_PAYMENT,      /* payment: something happened to one */
};

struct counter_event {
	enum event_kind kind;
	struct instant now;
	struct ident draw;    /* random: the id of an order opened by this event */
	struct ident key;     /* random: idempotency key of an effect of this event */
	int64_t amount_minor;
	struct ident order;
	char text[ORDER_NOTE_MAX + 1];
	union {
		struct {
			char shop[SHOP_NAME_MAX + 1], store[16 + 1], till[16 + 1];
			enum currency currency;
			uint8_t public_key[32];
			struct ident device_key;
		} initialise;
		struct { char version[VERSION_MAX + 1]; bool training; } start;
		struct counter_rules rules;
		struct cashier cashier;
		struct { int64_t products, generation; } catalog;
		struct { char cashier[CASHIER_ID_MAX + 1]; bool pin_right; } login;
		struct {
			struct product product;
			quantity quantity;     /* > 0; a return is made negative by the core */
			bool is_return;
			bool has_price;        /* price typed at the counter */
			int64_t price_minor;
			bool has_gross;        /* a scale label named the amount: it stands */
			int64_t gross_minor;
			char reason[ORDER_REASON_MAX + 1];
		} item;
		struct { uint32_t line; quantity quantity; struct discount discount; } change;
		struct { char name[TENDER_NAME_MAX + 1], ref[ORDER_REF_MAX + 1]; } tender;
		struct { struct ident order; uint64_t number; uint64_t printed; } print;
		struct { uint64_t job; enum print_outcome outcome; } print_ended;
		struct {
			struct ident till, merchant;
			char hub[80 + 1], store_name[SHOP_NAME_MAX + 1];
			char store[16 + 1], number[16 + 1];
			uint8_t hub_key[32];
			int64_t next_order_number;
		} enrolled;
		struct {
			enum payment_kind kind;
			enum payment_channel channel;
			const char *code;      /* the customer's, for PAYMENT_CODE; only passed on */
		} pay;
		struct {
			struct ident payment;
			struct payment_event event;  /* time, standing and version are filled in here */
			const char *reason, *wallet;   /* NULL: as they were */
		} payment;
	} of;
};

#endif
