/* guitai-hub init: keys, certificate, database, a first merchant. */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "base/utf8.h"
#include "command/speech.h"
#include "server/command.h"
#include "server/desk.h"

static const char *option(const struct invocation *in, const char *name, const char *standard)
{
	const char *given = invocation_option(in, name);

	return given ? given : standard;
}

/* The directory and those above it that are not there. */
static enum fault_code make_dir(const char *dir, struct fault *fault)
{
	char path[PATH_MAX];

	utf8_copy(path, sizeof path, dir);
	for (char *p = path + 1; *p; p++) {
		if (*p != '/')
			continue;
		*p = '\0';
		mkdir(path, 0755);
		*p = '/';
	}
	if (mkdir(path, 0700) < 0 && errno != EEXIST)
		return fault_set(fault, FAULT_FILE_NOT_WRITABLE, dir, strerror(errno));
	return FAULT_NONE;
}

/* Where the hub is reached: what was given, and this machine. */
static enum fault_code make_identity(const struct invocation *in, struct fault *fault)
{
	const char *names[CERTIFICATE_NAMES_MAX];
	char given[1024], *rest = given;
	size_t n = 0;

	utf8_copy(given, sizeof given, option(in, "host", ""));
	while (rest && *rest && n < CERTIFICATE_NAMES_MAX - 3) {
		char *name = rest;

		rest = strchr(rest, ',');
		if (rest)
			*rest++ = '\0';
		if (*name)
			names[n++] = name;
	}
	names[n++] = "127.0.0.1";
	names[n++] = "::1";
	names[n++] = "localhost";
	return identity_make(in->dir, names, n, fault);
}

static enum fault_code add_first(const struct invocation *in, struct desk *desk, struct fault *fault)
{
	const char *letters = option(in, "currency", "CNY"), *store = option(in, "store", "001");
	const char *name = option(in, "name", _("Shop"));
	enum currency currency;
	struct ident merchant, made;
	enum fault_code code;

	if (!currency_parse(letters, &currency))
		return fault_set(fault, FAULT_INPUT_BAD_FIELD, "--currency", letters);
	code = hub_add_merchant(desk->hub, name, currency, &merchant, fault);
	if (!code)
		code = hub_add_store(desk->hub, &merchant, store, name, &made, fault);
	if (!code)
		code = hub_add_till(desk->hub, &merchant, store, option(in, "till", "01"), &made, fault);
	return code;
}

int init_command(const struct invocation *in, struct fault *fault)
{
	const char *store = option(in, "store", "001"), *till = option(in, "till", "01");
	struct desk desk = { .hub = NULL };

	if (!make_dir(in->dir, fault) && !make_identity(in, fault) && !desk_open(in, &desk, fault))
		add_first(in, &desk, fault);
	if (desk_close(&desk, fault) != EXIT_DONE)
		return EXIT_REFUSED;
	printf(_("A new hub is in %s.\n"), in->dir);
	printf(_("Start it with: guitai-hub serve --data %s\n"), in->dir);
	printf(_("Enrol the till %s of store %s with the code of: guitai-hub till code %s %s --data %s\n"),
	       till, store, store, till, in->dir);
	return EXIT_DONE;
}
