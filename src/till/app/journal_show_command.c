/* guitai journal show: what happened to one order, step by step. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "app/batch.h"
#include "app/command.h"
#include "app/entry_text.h"
#include "command/speech.h"
#include "store/journal_store.h"

enum { ENTRY_TEXT_MAX = 1024 * 1024 };

/* The order looked for, and where its entries begin. */
struct wanted {
	uint64_t number;
	struct ident id;
	uint64_t opened;
};

static bool match_opened(void *ctx, uint64_t seq, const struct entry *entry, const void *body,
			 size_t n, const uint8_t hash[JOURNAL_HASH_BYTES])
{
	struct wanted *wanted = ctx;

	(void)body;
	(void)n;
	(void)hash;
	if (!entry || entry->kind != ENTRY_ORDER_OPENED)
		return true;
	if (wanted->number ? (uint64_t)entry->of.order_opened.number != wanted->number
			   : !ident_equal(&entry->order, &wanted->id))
		return true;
	wanted->number = (uint64_t)entry->of.order_opened.number;
	wanted->id = entry->order;
	wanted->opened = seq;
	return false;
}

/* Closed orders have an index; others are looked for from the beginning. */
static enum fault_code find(struct journal_store *journal, const char *word, struct wanted *ret,
			    struct fault *fault)
{
	struct closed_order closed;
	enum fault_code code = batch_order(word, &ret->number, &ret->id, fault);

	ret->opened = 0;
	if (code)
		return code;
	code = journal_find_order(journal, ret->number, ret->number ? NULL : &ret->id, &closed, fault);
	if (!code) {
		*ret = (struct wanted){ closed.number, closed.id, closed.opened };
		return FAULT_NONE;
	}
	if (code != FAULT_ORDER_NO_SUCH_ORDER)
		return code;
	code = journal_each(journal, 1, 0, match_opened, ret, fault);
	if (!code && !ret->opened)
		code = fault_set(fault, FAULT_ORDER_NO_SUCH_ORDER, word, NULL);
	return code;
}

struct shown {
	struct ident order;
	enum currency currency;
	struct buffer text;
};

static bool show_entry(void *ctx, uint64_t seq, const struct entry *entry, const void *body, size_t n,
		       const uint8_t hash[JOURNAL_HASH_BYTES])
{
	struct shown *shown = ctx;

	(void)seq;
	(void)body;
	(void)n;
	if (!entry || !ident_equal(&entry->order, &shown->order))
		return true;
	buffer_reset(&shown->text);
	entry_text(&shown->text, entry, shown->currency, hash);
	fputs(buffer_text(&shown->text), stdout);
	return !ferror(stdout);
}

static enum fault_code show(struct journal_store *journal, const char *word, struct fault *fault)
{
	struct wanted wanted;
	struct shown shown = { .text = BUFFER_INIT(ENTRY_TEXT_MAX) };
	ident_text id;
	enum fault_code code = find(journal, word, &wanted, fault);

	if (!code)
		code = journal_currency(journal, &shown.currency, fault);
	if (code)
		return code;
	fault->code = FAULT_NONE;
	shown.order = wanted.id;
	ident_format(&wanted.id, id);
	printf(_("Order %llu, %s\n"), (unsigned long long)wanted.number, id);
	code = journal_each_holding(journal, wanted.opened, wanted.id.bytes, IDENT_BYTES, show_entry,
				    &shown, fault);
	buffer_release(&shown.text);
	return code;
}

int journal_show_command(const struct invocation *in, struct fault *fault)
{
	struct journal_store *journal = NULL;
	enum fault_code code = journal_open(in->dir, JOURNAL_READ, &journal, fault);

	if (!code)
		code = show(journal, in->words[0], fault);
	journal_close(journal);
	return code ? EXIT_REFUSED : EXIT_DONE;
}
