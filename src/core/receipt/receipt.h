/* Receipts and reports as documents: a list of typed rows that a layout turns
 * into text, and a device into bytes or dots. All texts of a document are UTF-8
 * without control characters, whatever was handed in. */
#ifndef RECEIPT_RECEIPT_H
#define RECEIPT_RECEIPT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buffer.h"
#include "base/ident.h"
#include "base/instant.h"
#include "money/currency.h"
#include "order/order.h"
#include "shift/shift.h"

/* ---- words --------------------------------------------------------------- */

enum receipt_label {
#define LABEL(id, english) RECEIPT_LABEL_##id,
#include "receipt/labels.def"
#undef LABEL
	RECEIPT_LABELS
};

/* A word for every label, owned by the caller. A program fills each with
 * gettext(receipt_label_english(label)). */
struct receipt_labels {
	const char *text[RECEIPT_LABELS];
};

const char *receipt_label_english(enum receipt_label label);

/* The table of the English words. */
struct receipt_labels receipt_labels_english(void);

/* ---- the document -------------------------------------------------------- */

enum receipt_row_kind {
	RECEIPT_TITLE,   /* LEFT centred, large where the device can */
	RECEIPT_CENTRED, /* LEFT centred */
	RECEIPT_MARK,    /* LEFT centred, to be seen: training, duplicate, not paid */
	RECEIPT_NOTE,    /* LEFT indented, belongs to the row above it */
	RECEIPT_PAIR,    /* LEFT, and RIGHT at the right edge */
	RECEIPT_DETAIL,  /* a pair, indented, belongs to the row above it */
	RECEIPT_TOTAL,   /* a pair, emphasised */
	RECEIPT_HEADING, /* the names of an item's columns, in its places */
	RECEIPT_ITEM,    /* LEFT the name, QUANTITY, PRICE, RIGHT the amount */
	RECEIPT_RULE,    /* a line across */
	RECEIPT_BLANK,
	RECEIPT_SCAN,    /* LEFT is the content of a QR code or Code 128, centred */
};

enum receipt_part {
	RECEIPT_LEFT,
	RECEIPT_RIGHT,
	RECEIPT_QUANTITY,
	RECEIPT_PRICE,
	RECEIPT_PARTS
};

/* Where its texts begin in the document's; 0: none. */
struct receipt_row {
	enum receipt_row_kind kind;
	size_t at[RECEIPT_PARTS];
};

struct receipt_document {
	struct receipt_row *rows;
	size_t n_rows, cap_rows;
	struct buffer texts;  /* each ended by a NUL; begins with an empty one */
	bool failed;          /* a row or a text found no room */
};

void receipt_init(struct receipt_document *doc);
void receipt_release(struct receipt_document *doc);

/* A part of a row; "" when it has none. Valid until the document changes. */
const char *receipt_part(const struct receipt_document *doc, const struct receipt_row *row,
			 enum receipt_part part);

/* ---- what is printed ----------------------------------------------------- */

/* What an order and a shift do not know of themselves. Texts may be NULL or ""
 * where there is nothing to say; only `labels` must be set. */
struct receipt_context {
	const struct receipt_labels *labels;
	const char *shop, *store, *till;
	const char *cashier;            /* a name for people; NULL: the order's cashier number */
	const char *const *header;      /* lines below the shop's name */
	size_t n_header;
	const char *const *footer;      /* lines at the end */
	size_t n_footer;
	enum currency currency;         /* of a shift; an order has its own */
	bool iso_currency;              /* "CNY 15.40", not the fullwidth "￥15.40" */
	bool training;
	uint64_t copy;                  /* 0 the first print, n: DUPLICATE n */
	struct instant printed_at;      /* the time of an X report */
	uint64_t journal_seq;           /* the entry that closed it; 0: left out */
	const uint8_t *journal_hash;    /* its first 4 bytes at least; NULL: left out */
};

/* "GR", the order's id and its check character: scanned to find the order. */
enum { RECEIPT_CODE_LETTERS = 2 + IDENT_LETTERS + 1 };
typedef char receipt_code[RECEIPT_CODE_LETTERS + 1];
void receipt_code_of(const struct ident *order, receipt_code out);

/* Appends the receipt of an order. Voided lines and cancelled tenders are left
 * out; an order that is not closed says NOT PAID and what is still due. False
 * without memory. */
bool receipt_of_order(struct receipt_document *doc, const struct order *order,
		      const struct receipt_context *context);

/* Appends the X report of an open shift, or the Z report of a closed one. The
 * cash counted and its difference stand in the Z report alone. False without
 * memory. */
bool receipt_of_shift(struct receipt_document *doc, const struct shift *shift,
		      const struct receipt_context *context);

/* ---- layout -------------------------------------------------------------- */

/* Whether receipts are laid out for so many columns: 32, 42 and 48. */
bool receipt_columns_known(unsigned columns);

/* Appends the document as lines of text, each at most `columns` wide on a
 * display or a printer where a hanzi takes two, without trailing spaces, ended
 * by LF. Wide texts wrap on a character. False without memory, when the
 * document has failed, or for columns not known. */
bool receipt_layout_text(const struct receipt_document *doc, unsigned columns, struct buffer *out);

#endif
