/* Options by their table. */
#include "sandbox/options.h"

#include <libintl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mark.h"

#define _(text) gettext(text)
#define PROGRAM "guitai-sandbox"

enum { DAY_MS = 86400000 };

enum option_id {
#define OPTION(id, ...) OPTION_##id,
#define TIME(...)
#include "sandbox/options.def"
#undef TIME
#undef OPTION
	OPTION_TIME,
};

static const struct option_row {
	enum option_id id;
	const char *name, *argument, *standard, *help;  /* argument NULL: none */
	size_t offset;  /* OPTION_TIME: of the int64_t in struct sandbox_times */
} rows[] = {
#define OPTION(id, name, argument, standard, help) { OPTION_##id, name, argument, standard, help, 0 },
#define TIME(member, name, standard, help) \
	{ OPTION_TIME, name, N_("MS"), #standard, help, offsetof(struct sandbox_times, member) },
#include "sandbox/options.def"
#undef TIME
#undef OPTION
};

/* A number of milliseconds, moved over; false when there is none. */
static bool read_ms(const char **at, int64_t *ret_ms)
{
	char *end;
	long long ms;

	if (**at < '0' || **at > '9')
		return false;
	ms = strtoll(*at, &end, 10);
	*at = end;
	*ret_ms = ms;
	return ms >= 0 && ms <= DAY_MS;
}

static bool read_time(struct options *o, const struct option_row *row, const char *value)
{
	int64_t ms;

	if (!read_ms(&value, &ms) || *value)
		return false;
	memcpy((char *)&o->times + row->offset, &ms, sizeof ms);
	return true;
}

static bool read_notices(struct options *o, const char *value)
{
	size_t n = 0;

	for (;;) {
		if (n == SANDBOX_NOTICE_TRIES_MAX || !read_ms(&value, &o->times.notice_ms[n]))
			return false;
		n++;
		if (!*value)
			break;
		if (*value++ != ',')
			return false;
	}
	o->times.n_notice = n;
	return true;
}

static bool add(const char **list, size_t *n, const char *value)
{
	if (*n == OPTION_LIST_MAX)
		return false;
	list[(*n)++] = value;
	return true;
}

/* False for a value that is none. */
static bool take(struct options *o, const struct option_row *row, const char *value)
{
	switch (row->id) {
	case OPTION_DATA: o->data = value; return value[0];
	case OPTION_LISTEN: o->listen = value; return value[0];
	case OPTION_NOTIFY_CA: o->notify_ca = value; return value[0];
	case OPTION_NAME: return add(o->names, &o->n_names, value);
	case OPTION_MERCHANT: return add(o->merchants, &o->n_merchants, value);
	case OPTION_NOTICES: return read_notices(o, value);
	case OPTION_TIME: return read_time(o, row, value);
	case OPTION_HELP: o->help = true; return true;
	}
	return false;
}

static const struct option_row *find(const char *name, size_t n)
{
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
		if (strlen(rows[i].name) == n && memcmp(rows[i].name, name, n) == 0)
			return &rows[i];
	return NULL;
}

/* One option, with its value behind = or in the next word. */
static enum fault_code read_one(struct options *o, int argc, char **argv, int *at, struct fault *fault)
{
	const char *word = argv[*at], *value = strchr(word, '=');
	size_t n = value ? (size_t)(value - word) : strlen(word);
	const struct option_row *row;

	if (strncmp(word, "--", 2) != 0)
		return fault_set(fault, FAULT_USAGE_EXTRA_WORD, PROGRAM, word);
	row = find(word + 2, n - 2);
	if (!row)
		return fault_set(fault, FAULT_USAGE_UNKNOWN_OPTION, PROGRAM, word);
	if (!row->argument && value)
		return fault_set(fault, FAULT_USAGE_OPTION_ALONE, word, value + 1);
	if (row->argument && !value) {
		if (*at + 1 >= argc)
			return fault_set(fault, FAULT_USAGE_OPTION_NEEDS, word, _(row->argument));
		value = argv[++*at];
	} else if (value) {
		value++;
	}
	return take(o, row, value) ? FAULT_NONE
				   : fault_set(fault, FAULT_USAGE_OPTION_NEEDS, word, _(row->argument));
}

enum fault_code options_read(struct options *ret, int argc, char **argv, struct fault *fault)
{
	enum fault_code code = FAULT_NONE;

	memset(ret, 0, sizeof *ret);
	ret->listen = "127.0.0.1:0";
	sandbox_times_init(&ret->times);
	for (int at = 1; at < argc && !code; at++)
		code = read_one(ret, argc, argv, &at, fault);
	if (!code && !ret->help && !ret->data)
		code = fault_set(fault, FAULT_USAGE_MISSING_WORD, PROGRAM, "--data");
	return code;
}

void options_help(void)
{
	printf(_("Usage: %s --data DIR [option ...]\n"), PROGRAM);
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		char left[64];

		snprintf(left, sizeof left, "--%s %s", rows[i].name, rows[i].argument ? _(rows[i].argument) : "");
		printf("  %-32s %s", left, _(rows[i].help));
		if (rows[i].standard[0])
			printf(" [%s]", rows[i].standard);
		putchar('\n');
	}
}
