/* The document: its rows, its texts, and the rows all documents share. */
#include "receipt/document.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"

enum {
	ROWS_MAX = 4 * ORDER_LINES_MAX + 1024,
	TEXTS_MAX = 8 * 1024 * 1024,
	WORDS_MAX = 160,  /* a label with a figure behind it, bytes */
};

void receipt_init(struct receipt_document *doc)
{
	memset(doc, 0, sizeof *doc);
	buffer_init(&doc->texts, TEXTS_MAX);
}

void receipt_release(struct receipt_document *doc)
{
	if (!doc)
		return;
	free(doc->rows);
	buffer_release(&doc->texts);
	receipt_init(doc);
}

const char *receipt_part(const struct receipt_document *doc, const struct receipt_row *row,
			 enum receipt_part part)
{
	return row->at[part] ? doc->texts.data + row->at[part] : "";
}

const char *receipt_word(const struct receipt_writer *w, enum receipt_label label)
{
	return w->context->labels->text[label];
}

/* Keeps a text without control characters and malformed bytes: a name may not
 * command the printer. */
static size_t keep(struct receipt_document *doc, const char *text)
{
	size_t n = text ? strlen(text) : 0, at;

	if (n == 0)
		return 0;
	if (doc->texts.len == 0)
		buffer_add_byte(&doc->texts, '\0');
	at = doc->texts.len;
	for (size_t i = 0; i < n;) {
		uint32_t cp;
		size_t len = utf8_decode(text + i, n - i, &cp);

		if (utf8_is_control(cp) || cp == UTF8_REPLACEMENT)
			buffer_add_byte(&doc->texts, '?');
		else
			buffer_add(&doc->texts, text + i, len);
		i += len;
	}
	buffer_add_byte(&doc->texts, '\0');
	doc->failed = doc->failed || doc->texts.failed;
	return doc->failed ? 0 : at;
}

void receipt_add_item(struct receipt_writer *w, enum receipt_row_kind kind, const char *name,
		      const char *count, const char *price, const char *amount)
{
	struct receipt_document *doc = w->doc;
	void *rows = doc->rows;
	struct receipt_row *row;

	if (doc->failed || !vector_reserve(&rows, &doc->cap_rows, doc->n_rows + 1, sizeof *row,
					   ROWS_MAX)) {
		doc->failed = true;
		return;
	}
	doc->rows = rows;
	row = &doc->rows[doc->n_rows++];
	row->kind = kind;
	row->at[RECEIPT_LEFT] = keep(doc, name);
	row->at[RECEIPT_QUANTITY] = keep(doc, count);
	row->at[RECEIPT_PRICE] = keep(doc, price);
	row->at[RECEIPT_RIGHT] = keep(doc, amount);
}

void receipt_add(struct receipt_writer *w, enum receipt_row_kind kind, const char *left,
		 const char *right)
{
	receipt_add_item(w, kind, left, NULL, NULL, right);
}

void receipt_add_pair(struct receipt_writer *w, enum receipt_label label, const char *text)
{
	receipt_add(w, RECEIPT_PAIR, receipt_word(w, label), text);
}

void receipt_add_amount(struct receipt_writer *w, enum receipt_label label, int64_t minor)
{
	money_text amount;

	money_format(money_make(minor, w->currency), amount);
	receipt_add_pair(w, label, amount);
}

void receipt_add_counted(struct receipt_writer *w, enum receipt_label label, uint64_t count,
			 int64_t minor)
{
	char left[WORDS_MAX];
	money_text amount;

	snprintf(left, sizeof left, "%s (%llu)", receipt_word(w, label), (unsigned long long)count);
	money_format(money_make(minor, w->currency), amount);
	receipt_add(w, RECEIPT_PAIR, left, amount);
}

void receipt_add_count(struct receipt_writer *w, enum receipt_label label, uint64_t count)
{
	char text[24];

	snprintf(text, sizeof text, "%llu", (unsigned long long)count);
	receipt_add_pair(w, label, text);
}

void receipt_add_time(struct receipt_writer *w, enum receipt_label label, struct instant at)
{
	instant_text text;

	instant_format(at, text);
	receipt_add_pair(w, label, text);
}

static void add_said(struct receipt_writer *w, enum receipt_label label, const char *text)
{
	if (text && text[0])
		receipt_add_pair(w, label, text);
}

/* The marks are the same words in every language: whoever checks a receipt
 * must know a training one and a second one at sight. */
static void add_marks(struct receipt_writer *w)
{
	char duplicate[64];

	if (w->context->training)
		receipt_add(w, RECEIPT_MARK, "*** TRAINING / 培训 ***", NULL);
	if (w->context->copy == 0)
		return;
	snprintf(duplicate, sizeof duplicate, "*** 重打 DUPLICATE %llu ***",
		 (unsigned long long)w->context->copy);
	receipt_add(w, RECEIPT_MARK, duplicate, NULL);
}

void receipt_add_head(struct receipt_writer *w)
{
	const struct receipt_context *context = w->context;

	if (context->shop && context->shop[0])
		receipt_add(w, RECEIPT_TITLE, context->shop, NULL);
	for (size_t i = 0; i < context->n_header; i++)
		receipt_add(w, RECEIPT_CENTRED, context->header[i], NULL);
	add_marks(w);
	receipt_add(w, RECEIPT_RULE, NULL, NULL);
	add_said(w, RECEIPT_LABEL_STORE, context->store);
	add_said(w, RECEIPT_LABEL_TILL, context->till);
}

void receipt_add_foot(struct receipt_writer *w)
{
	const struct receipt_context *context = w->context;
	const uint8_t *hash = context->journal_hash;
	char text[40];

	if (context->journal_seq) {
		snprintf(text, sizeof text, "%llu", (unsigned long long)context->journal_seq);
		if (hash)
			snprintf(text, sizeof text, "%llu %02x%02x%02x%02x",
				 (unsigned long long)context->journal_seq, (unsigned)hash[0],
				 (unsigned)hash[1], (unsigned)hash[2], (unsigned)hash[3]);
		receipt_add_pair(w, RECEIPT_LABEL_JOURNAL, text);
	}
	for (size_t i = 0; i < context->n_footer; i++)
		receipt_add(w, RECEIPT_CENTRED, context->footer[i], NULL);
}
