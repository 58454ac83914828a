/* The settings in force: typed fields, one for each row of settings.def, with
 * the file and line they came from. */
#ifndef SETTINGS_SETTINGS_H
#define SETTINGS_SETTINGS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/fault.h"
#include "money/currency.h"
#include "money/money.h"

enum {
	SETTING_AMOUNTS_MAX = 12,
	SETTING_LIST_MAX = 16,
	SETTING_PAIRS_MAX = 128,
	SETTING_LINE_MAX = 96,        /* bytes of one item of a list, one value of a pair */
	SETTING_NAME_MAX = 24,        /* bytes of a tender's name */
	SETTING_FILE_MAX = 256 * 1024 /* bytes of a configuration file */
};

enum setting_type {
	SETTING_TYPE_bool,
	SETTING_TYPE_int,
	SETTING_TYPE_choice,
	SETTING_TYPE_text,
	SETTING_TYPE_bytes,
	SETTING_TYPE_path,
	SETTING_TYPE_amount,
	SETTING_TYPE_amounts,
	SETTING_TYPE_list,
	SETTING_TYPE_currency,
	SETTING_TYPE_rounding,
	SETTING_TYPE_tenders,
	SETTING_TYPE_pairs,
};

enum setting_id {
#define SETTING(type, name, ...) SETTING_##name,
#include "settings/settings.def"
#undef SETTING
	SETTING_COUNT
};

/* Amounts of the setting `currency`, in minor units. */
struct setting_amounts {
	int64_t minor[SETTING_AMOUNTS_MAX];
	size_t n;
};

/* UTF-8 without control characters, each at most SETTING_LINE_MAX bytes. */
struct setting_list {
	const char *items[SETTING_LIST_MAX];
	size_t n;
};

/* Cash rounding: step_minor is 0 when it is off. */
struct setting_rounding {
	int64_t step_minor;
	enum rounding how;
};

/* A way to pay that is only recorded. `label` is what people read: the
 * file's own, or the standard one of that name, which the reader translates
 * with gettext, or the name itself. */
struct setting_tender {
	const char *name;
	const char *label;
};

struct setting_tenders {
	struct setting_tender items[SETTING_LIST_MAX];
	size_t n;
};

struct setting_pair {
	const char *name;
	const char *value;
};

struct setting_pairs {
	struct setting_pair items[SETTING_PAIRS_MAX];
	size_t n;
};

typedef bool setting_bool;
typedef int setting_int;
typedef const char *setting_choice;
typedef const char *setting_text;
typedef const char *setting_bytes;
typedef const char *setting_path;
typedef int64_t setting_amount;  /* minor units */
typedef struct setting_amounts setting_amounts;
typedef struct setting_list setting_list;
typedef enum currency setting_currency;
typedef struct setting_rounding setting_rounding;
typedef struct setting_tenders setting_tenders;
typedef struct setting_pairs setting_pairs;

/* Texts are never NULL; they belong to the struct. */
struct settings {
#define SETTING(type, name, ...) setting_##type name;
#include "settings/settings.def"
#undef SETTING
	const char *file;            /* the file that was read, "" when there was none */
	int line[SETTING_COUNT];     /* where the setting stands there, 0 for the default */
	struct setting_memory *memory;
};

/* One row of settings.def. */
struct setting_row {
	enum setting_type type;
	const char *name;
	int64_t low, high;
	const char *choices;
	const char *standard;  /* the default as it would be typed, items separated by | */
	const char *unit;      /* "" when it has none; marked for translation */
	const char *help;      /* marked for translation */
	size_t offset;         /* of its field in struct settings */
};

/* All rows in the order of settings.def; *ret_n is their count. */
const struct setting_row *setting_rows(size_t *ret_n);

/* What the setting takes, as the end of "the setting takes …", translated. */
void setting_allowed(const struct setting_row *row, char *out, size_t size);

/* The value in force as it would be typed, lists as "a, b" and pairs as
 * "name = value, …"; cut to the size given. */
void setting_shown(const struct settings *s, const struct setting_row *row, char *out, size_t size);

/* Every setting at its default. */
void settings_init(struct settings *s);

/* Frees what the struct holds; accepts NULL and what settings_init made. */
void settings_release(struct settings *s);

/* Reads the configuration into an initialised struct: `file` when not NULL,
 * else the first that exists of $XDG_CONFIG_HOME/guitai/guitai.conf (or
 * $HOME/.config/…) and /etc/guitai/guitai.conf.
 * Having none is no error. FAULT_SETTING_UNKNOWN, _BAD_VALUE, _FILE. */
enum fault_code settings_read(struct settings *s, const char *file, struct fault *fault);

/* The same from text[0..n) that came from the file of that name. */
enum fault_code settings_read_text(struct settings *s, const char *file, const char *text,
				   size_t n, struct fault *fault);

/* Refuses a value that only its user could judge (a key of an unknown action,
 * a label pattern that is none): FAULT_SETTING_REFUSED with file, line, name
 * and value. `why` is a clause without its full stop, translated. */
enum fault_code settings_refuse(const struct settings *s, enum setting_id id, const char *value,
				const char *why, struct fault *fault);

#endif
