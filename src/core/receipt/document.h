/* How the documents of this room are put together; inside this room only. */
#ifndef RECEIPT_DOCUMENT_H
#define RECEIPT_DOCUMENT_H

#include "receipt/receipt.h"

/* A document under way and what it is made with. */
struct receipt_writer {
	struct receipt_document *doc;
	const struct receipt_context *context;
	enum currency currency;
};

/* The word of a label. */
const char *receipt_word(const struct receipt_writer *w, enum receipt_label label);

/* Appends a row; parts are NULL where there is none. */
void receipt_add(struct receipt_writer *w, enum receipt_row_kind kind, const char *left,
		 const char *right);
void receipt_add_item(struct receipt_writer *w, enum receipt_row_kind kind, const char *name,
		      const char *count, const char *price, const char *amount);

/* A pair with a label on the left, and a text, an amount, a count or a time;
 * with `count` the label is followed by it in parentheses. */
void receipt_add_pair(struct receipt_writer *w, enum receipt_label label, const char *text);
void receipt_add_amount(struct receipt_writer *w, enum receipt_label label, int64_t minor);
void receipt_add_counted(struct receipt_writer *w, enum receipt_label label, uint64_t count,
			 int64_t minor);
void receipt_add_count(struct receipt_writer *w, enum receipt_label label, uint64_t count);
void receipt_add_time(struct receipt_writer *w, enum receipt_label label, struct instant at);

/* What every document begins and ends with: shop, marks, store and till;
 * journal number, the shop's last lines. */
void receipt_add_head(struct receipt_writer *w);
void receipt_add_foot(struct receipt_writer *w);

#endif
