/* guitai catalog import, export and search: the catalogue without the till. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/command.h"
#include "app/load_process.h"
#include "command/speech.h"
#include "base/buffer.h"
#include "csv/csv.h"
#include "money/quantity.h"
#include "store/catalog_store.h"

enum { WORDS = 56, SHOWN = 50, LINE_LIMIT = 1 << 20, TYPED_LIMIT = 1024 };

int catalog_import_command(const struct invocation *in, struct fault *fault)
{
	const char *words[WORDS];
	size_t n = 0;
	int status = EXIT_REFUSED;

	words[n++] = "import";
	words[n++] = "--dir";
	words[n++] = in->dir;
	words[n++] = "--currency";
	words[n++] = currency_letters(in->settings->currency);
	words[n++] = "--locale-dir";
	words[n++] = in->paths->locale;
	if (invocation_has(in, "strict"))
		words[n++] = "--strict";
	if (invocation_has(in, "replace"))
		words[n++] = "--replace";
	words[n++] = "--";
	for (size_t i = 0; i < in->n_words && n < WORDS - 1; i++)
		words[n++] = in->words[i];
	words[n] = NULL;
	if (load_process_run(in->paths, words, LOAD_SHOWN, &status, fault) != FAULT_NONE)
		return EXIT_REFUSED;
	return status;
}

static enum fault_code open_catalog(const struct invocation *in, struct catalog_store **ret,
				    struct fault *fault)
{
	char path[PATH_MAX];

	if (snprintf(path, sizeof path, "%s/catalog.db", in->dir) >= (int)sizeof path)
		return fault_set(fault, FAULT_INPUT_BAD_TEXT, "--dir", "4000");
	return catalog_store_open(path, ret, fault);
}

static void write_amount(struct buffer *line, bool has, struct money amount)
{
	money_text text = "";

	if (has)
		money_format(amount, text);
	csv_write_field(line, text, false);
}

static bool export_product(void *context, const struct product *p)
{
	struct buffer *line = context;
	quantity_text tax = "";

	buffer_reset(line);
	csv_write_field(line, p->code, true);
	csv_write_field(line, p->name, false);
	write_amount(line, p->has_price, p->price);
	csv_write_field(line, p->unit, false);
	csv_write_field(line, p->spec, false);
	csv_write_field(line, p->category, false);
	/* With its sign, so that a rate under one percent reads back as it is. */
	if (p->tax_bp >= 0)
		percent_format(p->tax_bp, tax);
	if (p->tax_bp >= 0)
		strncat(tax, "%", sizeof tax - strlen(tax) - 1);
	csv_write_field(line, tax, false);
	write_amount(line, p->has_member_price, p->member_price);
	csv_write_end(line);
	return fwrite(line->data, 1, line->len, stdout) == line->len;
}

int catalog_export_command(const struct invocation *in, struct fault *fault)
{
	struct buffer line = BUFFER_INIT(LINE_LIMIT);
	struct catalog_store *store = NULL;

	if (open_catalog(in, &store, fault) != FAULT_NONE)
		return EXIT_REFUSED;
	fputs("code,name,price,unit,spec,category,tax,member_price\r\n", stdout);
	catalog_store_each(store, export_product, &line, fault);
	catalog_store_close(store);
	buffer_release(&line);
	return fault->code == FAULT_NONE ? EXIT_DONE : EXIT_REFUSED;
}

/* The most products to show; false when --limit is no number from 1 to 200. */
static bool read_limit(const struct invocation *in, size_t *ret, struct fault *fault)
{
	const char *text = invocation_option(in, "limit");
	char *end;
	long limit;

	*ret = SHOWN;
	if (!text)
		return true;
	limit = strtol(text, &end, 10);
	*ret = (size_t)limit;
	if (*text && !*end && limit >= 1 && limit <= CATALOG_SEARCH_MAX)
		return true;
	fault_set(fault, FAULT_INPUT_BAD_NUMBER, text, NULL);
	return false;
}

static void show_found(const struct product *found, size_t n, bool more)
{
	for (size_t i = 0; i < n; i++) {
		money_text price = "";

		if (found[i].has_price)
			money_format(found[i].price, price);
		printf("%s\t%s\t%s\n", found[i].code, found[i].name, price);
	}
	if (more)
		fprintf(stderr, _("There may be more products; only the best %zu are shown.\n"), n);
}

/* The words of the query with a blank between them. */
static void join_words(const struct invocation *in, struct buffer *out)
{
	for (size_t i = 0; i < in->n_words; i++) {
		if (i)
			buffer_add_byte(out, ' ');
		buffer_add_text(out, in->words[i]);
	}
}

int catalog_search_command(const struct invocation *in, struct fault *fault)
{
	static struct product found[CATALOG_SEARCH_MAX];
	struct buffer typed = BUFFER_INIT(TYPED_LIMIT);
	struct catalog_store *store = NULL;
	size_t n = 0, limit;
	bool more = false;

	if (!read_limit(in, &limit, fault))
		return EXIT_WRONG_USAGE;
	join_words(in, &typed);
	if (open_catalog(in, &store, fault) == FAULT_NONE &&
	    catalog_store_search(store, buffer_text(&typed), found, limit, &n, &more, fault) == FAULT_NONE)
		show_found(found, n, more);
	catalog_store_close(store);
	buffer_release(&typed);
	return fault->code == FAULT_NONE ? EXIT_DONE : EXIT_REFUSED;
}
