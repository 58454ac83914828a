/* What a scan is: from bytes to the ways they can be read, and from those, the
 * screen and the catalogue to the one that is meant. */
#ifndef SCAN_SCAN_H
#define SCAN_SCAN_H

#include <stdbool.h>
#include <stddef.h>

#include "base/fault.h"
#include "base/ident.h"
#include "scan/gs1.h"
#include "scan/label.h"
#include "scan/rules.h"

enum scan_kind {
	SCAN_UNDECIDED,  /* no reading, or the answer "ask the cashier" */
#define KIND(name, words) SCAN_##name,
#include "scan/kinds.def"
#undef KIND
};

/* A set of kinds. */
#define SCAN_SET(kind) (1u << (kind))

enum scan_way {
	SCAN_SCANNED,  /* by a device: may have an AIM identifier, prefix, suffix */
	SCAN_TYPED,    /* by a person: taken as it is */
};

enum { SCAN_SHOWN_SIZE = 65, SCAN_STRIPPED_SIZE = 41 };

/* A scan and all the ways it can be read. `code` is the customer's secret when
 * `readings` has SCAN_PAYMENT_CODE: it goes to the payment and nowhere else;
 * what is shown, logged or journaled is `shown`. */
struct scan {
	enum scan_way way;
	char aim[3];                        /* "E0" of "]E0"; "" when there was none */
	char code[SCAN_BYTES_MAX + 1];      /* UTF-8 without control characters */
	size_t length;                      /* of code */
	char shown[SCAN_SHOWN_SIZE];        /* safe for screens, logs, the journal */
	unsigned readings;                  /* SCAN_SET of every kind it can be */
	enum scan_kind kind;                /* what it is when the catalogue knows nothing of it */
	enum fault_code doubt;              /* FAULT_SCAN_CHECK_DIGIT: looks like a code with
					     * a wrong check digit; say this when it resolves to
					     * SCAN_PLAIN and the catalogue does not have it */
	unsigned stripped;                  /* characters left out of code … */
	char stripped_shown[SCAN_STRIPPED_SIZE];  /* … as "<1B>", the first of them */

	char gtin[15];                      /* SCAN_GTIN, SCAN_GS1: 14 digits */
	struct gs1 gs1;                     /* SCAN_GS1 */
	struct scan_weighed label;          /* SCAN_SCALE_LABEL */
	const struct scan_wallet *wallet;   /* SCAN_PAYMENT_CODE; lives as the rules do */
	const char *merchant;               /* SCAN_MERCHANT_QR: whose, untranslated */
	struct ident ident;                 /* SCAN_MEMBER, _COUPON, _RECEIPT, _BADGE */
};

/* Classifies bytes[0..n) (no NUL needed at the end). Refused, *ret untouched:
 * FAULT_SCAN_EMPTY, FAULT_SCAN_TOO_LONG (more than SCAN_BYTES_MAX, or a plain
 * code of more than SCAN_PLAIN_MAX), FAULT_SCAN_BAD_GS1 (the symbol says it is
 * GS1 and it cannot be read). */
enum fault_code scan_read(const void *bytes, size_t n, enum scan_way way,
			  const struct scan_rules *rules, struct scan *ret, struct fault *fault);

/* A code to look up in the catalogue, and the reading it answers for. */
struct scan_key {
	enum scan_kind kind;
	char code[SCAN_PLAIN_MAX + 1];
};

enum { SCAN_KEYS_MAX = 6 };

/* What to ask the catalogue, in order: the code byte for byte, its GTIN, the
 * item of a label (as printed, without leading zeros, with its flag). Returns
 * how many; 0 when no product can be meant. */
size_t scan_keys(const struct scan *scan, struct scan_key keys[SCAN_KEYS_MAX]);

/* What the caller knows when it decides. */
struct scan_context {
	bool tender;             /* the tender screen is open */
	unsigned known;          /* SCAN_SET of the kinds whose key the catalogue has */
	bool label_price_fits;   /* scan_label_price_fits() with the product's price */
};

/* The one kind that is meant; SCAN_UNDECIDED when the cashier must say. On the
 * tender screen a payment code wins. Elsewhere: a code the catalogue has as it
 * is; a label whose item it has — which, when it could be a payment code too,
 * must also have a price that fits its weight, else the cashier is asked; a
 * GS1 code likewise; a card; a payment code; what is left. */
enum scan_kind scan_resolve(const struct scan *scan, const struct scan_context *context);

/* "member card": for people, untranslated; "" for SCAN_UNDECIDED. */
const char *scan_kind_words(enum scan_kind kind);

/* "SCAN_MEMBER" without its SCAN_: for logs and tests. */
const char *scan_kind_name(enum scan_kind kind);

/* Overwrites the whole scan, so that no payment code stays in memory. */
void scan_forget(struct scan *scan);

#endif
