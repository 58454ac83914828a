/* A configuration file becomes settings: the one file that knows libconfuse.
 * Every value reaches us as words; what they may be is settings_value.c's. */
#include "settings/settings_value.h"

#include <confuse.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"

enum { STANDARD_MAX = 128 };

/* libconfuse hands no context to its callbacks, so the reading in hand is
 * found here; one thread reads settings, once. */
static struct reading {
	struct settings *s;
	struct fault *fault;
	enum fault_code code;
} reading;

static void remember(enum fault_code code)
{
	if (reading.code == FAULT_NONE)
		reading.code = code;
}

/* libconfuse's own refusals: a name it was not told of, or its grammar. */
static void hear_error(cfg_t *cfg, const char *format, va_list args)
{
	char place[96], text[128];
	bool unknown = strncmp(format, "no such option", 14) == 0;

	if (reading.code != FAULT_NONE)
		return;
	/* libconfuse 3.3 complains of each free name of a section, and takes it. */
	if (unknown && (cfg->flags & CFGF_KEYSTRVAL))
		return;
	settings_place(reading.s->file, cfg->line, place, sizeof place);
	if (unknown) {
		const char *name = va_arg(args, const char *);

		remember(fault_set(reading.fault, FAULT_SETTING_UNKNOWN, place, name));
		return;
	}
	vsnprintf(text, sizeof text, format, args);
	remember(fault_set(reading.fault, FAULT_SETTING_FILE, place, text));
}

static const struct setting_row *row_named(const char *name)
{
	size_t n;
	const struct setting_row *rows = setting_rows(&n);

	for (size_t i = 0; i < n; i++)
		if (strcmp(rows[i].name, name) == 0)
			return &rows[i];
	return NULL;
}

static size_t row_number(const struct setting_row *row)
{
	size_t n;

	return (size_t)(row - setting_rows(&n));
}

/* Called after each value with cfg->line still on it. A list is taken whole
 * again with each item that joins it. */
static int hear_value(cfg_t *cfg, cfg_opt_t *opt)
{
	const struct setting_row *row = row_named(opt->name);
	const char *words[SETTING_LIST_MAX + 1];
	size_t n = opt->nvalues;

	if (n > SETTING_LIST_MAX + 1)
		n = SETTING_LIST_MAX + 1;
	for (size_t i = 0; i < n; i++)
		words[i] = cfg_opt_getnstr(opt, (unsigned)i);
	reading.s->line[row_number(row)] = cfg->line;
	remember(setting_take(reading.s, row, words, n, cfg->line, reading.fault));
	return reading.code == FAULT_NONE ? 0 : -1;
}

static int hear_section(cfg_t *cfg, cfg_opt_t *opt)
{
	const struct setting_row *row = row_named(opt->name);
	cfg_t *section = cfg_opt_getnsec(opt, 0);

	reading.s->line[row_number(row)] = cfg->line;
	for (unsigned i = 0; reading.code == FAULT_NONE && i < cfg_num(section); i++) {
		cfg_opt_t *pair = cfg_getnopt(section, i);

		remember(setting_take_pair(reading.s, row, pair->name, cfg_opt_getstr(pair), cfg->line,
					   reading.fault));
	}
	return reading.code == FAULT_NONE ? 0 : -1;
}

static bool is_list(enum setting_type type)
{
	return type == SETTING_TYPE_amounts || type == SETTING_TYPE_list || type == SETTING_TYPE_tenders;
}

/* A list's default as a file would give it: {"100","50"}. */
static void write_standard(const struct setting_row *row, char *out, size_t size)
{
	size_t used = (size_t)snprintf(out, size, row->standard[0] ? "{\"" : "{");

	for (const char *p = row->standard; *p && used < size; p++)
		used += (size_t)snprintf(out + used, size - used, "%.*s", *p == '|' ? 3 : 1,
					 *p == '|' ? "\",\"" : p);
	if (used < size)
		snprintf(out + used, size - used, row->standard[0] ? "\"}" : "}");
}

/* libconfuse's table from ours; `pairs` is the empty table of a section. It
 * knows the defaults of lists, so that += adds to them. */
static cfg_t *make_reader(cfg_opt_t *pairs)
{
	cfg_opt_t options[SETTING_COUNT + 1];
	char standards[SETTING_COUNT][STANDARD_MAX];
	size_t n;
	const struct setting_row *rows = setting_rows(&n);
	const cfg_opt_t end = CFG_END();

	for (size_t i = 0; i < n; i++) {
		cfg_opt_t section = CFG_SEC(rows[i].name, pairs, CFGF_KEYSTRVAL);
		cfg_opt_t list = CFG_STR_LIST(rows[i].name, standards[i], CFGF_NONE);
		cfg_opt_t one = CFG_STR(rows[i].name, NULL, CFGF_NODEFAULT);

		write_standard(&rows[i], standards[i], sizeof standards[i]);
		options[i] = rows[i].type == SETTING_TYPE_pairs ? section : is_list(rows[i].type) ? list : one;
	}
	options[n] = end;
	return cfg_init(options, CFGF_NONE);
}

/* The line that sets `name`, 1 when it is hidden behind another setting. */
static int line_of(const char *text, const char *name)
{
	size_t len = strlen(name);
	int line = 1, found = 1;

	for (const char *p = text; *p; line++) {
		const char *word = p + strspn(p, " \t");

		if (strncmp(word, name, len) == 0 && strchr(" \t=", word[len]))
			found = line;
		p += strcspn(p, "\n");
		p += *p == '\n';
	}
	return found;
}

/* An empty list has no value to call us for. */
static void take_empty_lists(cfg_t *cfg, const char *text)
{
	size_t n;
	const struct setting_row *rows = setting_rows(&n);

	for (size_t i = 0; i < n && reading.code == FAULT_NONE; i++) {
		if (!is_list(rows[i].type) || !rows[i].standard[0] || cfg_size(cfg, rows[i].name) > 0)
			continue;
		reading.s->line[i] = line_of(text, rows[i].name);
		remember(setting_take(reading.s, &rows[i], NULL, 0, reading.s->line[i], reading.fault));
	}
}

static enum fault_code parse(struct settings *s, const char *text, struct fault *fault)
{
	cfg_opt_t pairs[] = { CFG_END() };
	size_t n;
	const struct setting_row *rows = setting_rows(&n);
	cfg_t *cfg = make_reader(pairs);
	int result;

	if (!cfg)
		return fault_set(fault, FAULT_OUT_OF_MEMORY, NULL, NULL);
	for (size_t i = 0; i < n; i++)
		cfg_set_validate_func(cfg, rows[i].name,
				      rows[i].type == SETTING_TYPE_pairs ? hear_section : hear_value);
	reading = (struct reading){ s, fault, FAULT_NONE };
	cfg_set_error_function(cfg, hear_error);
	result = cfg_parse_buf(cfg, text);
	if (result == CFG_SUCCESS)
		take_empty_lists(cfg, text);
	cfg_free(cfg);
	if (result != CFG_SUCCESS && reading.code == FAULT_NONE)
		reading.code = fault_set(fault, FAULT_SETTING_FILE, s->file, "?");
	return reading.code;
}

enum fault_code settings_read_text(struct settings *s, const char *file, const char *text,
				   size_t n, struct fault *fault)
{
	char *copy, *kept = settings_keep(s, file);
	enum fault_code code;
	char place[96];
	int open_line;

	if (!kept)
		return fault_set(fault, FAULT_OUT_OF_MEMORY, NULL, NULL);
	s->file = kept;
	if (memchr(text, '\0', n) || !utf8_valid(text, n))
		return fault_set(fault, FAULT_SETTING_FILE, file, "it is not UTF-8 text");
	copy = malloc(n + 1);
	if (!copy)
		return fault_set(fault, FAULT_OUT_OF_MEMORY, NULL, NULL);
	memcpy(copy, text, n);
	copy[n] = '\0';
	open_line = settings_blank_comments(copy);
	settings_place(s->file, open_line, place, sizeof place);
	if (open_line)
		code = fault_set(fault, FAULT_SETTING_FILE, place, "the comment is not closed");
	else
		code = n ? parse(s, copy, fault) : FAULT_NONE;
	free(copy);
	return code;
}
