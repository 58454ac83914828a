/* How long one key of a live search takes: for products picked at random, what a
 * cashier might type is typed key by key, and each key's search is measured.
 *
 * usage: search_keys CATALOG.DB [PRODUCTS]
 * Prints a line a kind: kind, keys, p50, p99 and the longest, in microseconds.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/utf8.h"
#include "store/catalog_store.h"
#include "text/reading.h"

enum { KEYS_MAX = 100000, LIMIT = 50, TYPED = 8, NAME_SIZE = PRODUCT_NAME_MAX + 1 };

struct sample {
	char code[PRODUCT_CODE_MAX + 1];
	char name[NAME_SIZE];
};

struct picking {
	struct sample *samples;
	size_t n, wanted, seen, every;
};

static bool pick(void *context, const struct product *p)
{
	struct picking *k = context;

	if (k->seen++ % k->every == k->every / 2 && k->n < k->wanted) {
		snprintf(k->samples[k->n].code, sizeof k->samples->code, "%s", p->code);
		snprintf(k->samples[k->n].name, sizeof k->samples->name, "%s", p->name);
		k->n++;
	}
	return k->n < k->wanted;
}

static int64_t now_ns(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000000000 + t.tv_nsec;
}

struct kind {
	const char *name;
	size_t n;
	int64_t ns[KEYS_MAX];
};

/* One key: searches and notes the time. */
static void key(struct catalog_store *store, struct kind *kind, const char *typed)
{
	static struct product found[LIMIT];
	size_t n;
	bool more;
	int64_t begin = now_ns();
	struct fault fault;

	if (catalog_store_search(store, typed, found, LIMIT, &n, &more, &fault) != FAULT_NONE)
		exit(1);
	if (kind->n < KEYS_MAX)
		kind->ns[kind->n++] = now_ns() - begin;
}

/* Types the characters of a text from the `from`th on, key by key. */
static void type_text(struct catalog_store *store, struct kind *kind, const char *text, size_t from,
		      size_t least, size_t most)
{
	size_t len = strlen(text), at = 0, chars = 0;
	char typed[TYPED * 4 + 1] = "";
	size_t used = 0;

	while (at < len && chars < from + most) {
		uint32_t cp;
		size_t n = utf8_decode(text + at, len - at, &cp);

		if (chars++ >= from) {
			memcpy(typed + used, text + at, n);
			used += n;
			typed[used] = '\0';
			if (chars - from >= least)
				key(store, kind, typed);
		}
		at += n;
	}
}

/* The initials of a name, the first reading of each hanzi. */
static void initials_of(const char *name, char out[NAME_SIZE])
{
	size_t len = strlen(name), n = 0;

	for (size_t at = 0; at < len;) {
		uint32_t cp, letters;

		at += utf8_decode(name + at, len - at, &cp);
		letters = text_hanzi_initials(cp);
		if (letters)
			out[n++] = (char)('a' + __builtin_ctz(letters));
		else if (cp < 0x80)
			out[n++] = (char)cp;
	}
	out[n] = '\0';
}

static int compare(const void *a, const void *b)
{
	const int64_t *x = a, *y = b;

	return (*x > *y) - (*x < *y);
}

static void print_kind(struct kind *k)
{
	if (k->n == 0)
		return;
	qsort(k->ns, k->n, sizeof *k->ns, compare);
	printf("%-14s %7zu keys  p50 %8.1f  p99 %8.1f  max %8.1f us\n", k->name, k->n,
	       (double)k->ns[k->n / 2] / 1000, (double)k->ns[k->n * 99 / 100] / 1000,
	       (double)k->ns[k->n - 1] / 1000);
}

int main(int argc, char **argv)
{
	static struct kind initials = { .name = "initials" }, fragment = { .name = "two hanzi" },
		code = { .name = "code prefix" }, part = { .name = "code part" }, name = { .name = "name" };
	struct picking k = { .wanted = argc > 2 ? strtoul(argv[2], NULL, 10) : 2000 };
	struct catalog_store *store = NULL;
	struct fault fault;

	if (argc < 2 || catalog_store_open(argv[1], &store, &fault) != FAULT_NONE)
		return 1;
	k.samples = calloc(k.wanted, sizeof *k.samples);
	k.every = (size_t)catalog_store_meta(store).products / k.wanted + 1;
	if (!k.samples || catalog_store_each(store, pick, &k, &fault) != FAULT_NONE)
		return 1;
	for (size_t i = 0; i < k.n; i++) {
		char letters[NAME_SIZE];

		initials_of(k.samples[i].name, letters);
		type_text(store, &initials, letters, i % 3, 1, TYPED);
		type_text(store, &fragment, k.samples[i].name, i % 4, 2, 2);
		type_text(store, &name, k.samples[i].name, 0, 1, TYPED);
		type_text(store, &code, k.samples[i].code, 0, 1, TYPED);
		type_text(store, &part, k.samples[i].code, 7, 4, 6);
	}
	print_kind(&initials);
	print_kind(&fragment);
	print_kind(&name);
	print_kind(&code);
	print_kind(&part);
	catalog_store_close(store);
	free(k.samples);
	return 0;
}
