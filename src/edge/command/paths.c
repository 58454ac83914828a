/* Finding our folders, from a build or installed. */
#include "command/paths.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static bool is_below(const char *path, const char *folder)
{
	size_t n = strlen(folder);

	return strncmp(path, folder, n) == 0 && path[n] == '/';
}

static void paths_of_build(struct paths *p)
{
	p->from_build = true;
	snprintf(p->data, sizeof p->data, "%s", GUITAI_SRCDIR "/data");
	snprintf(p->libexec, sizeof p->libexec, "%s", GUITAI_BUILDDIR);
	snprintf(p->locale, sizeof p->locale, "%s", GUITAI_BUILDDIR "/po");
}

/* How many bytes of exe stand before the folder it was to be installed in. */
static int root_length(const char *exe)
{
	const char *name = strrchr(exe, '/');
	size_t n = name ? (size_t)(name - exe) : 0, bin = strlen(GUITAI_BINDIR);

	if (n > bin && memcmp(exe + n - bin, GUITAI_BINDIR, bin) == 0)
		return (int)(n - bin);
	return 0;
}

static void paths_of_install(struct paths *p, const char *exe)
{
	int root = root_length(exe);

	p->from_build = false;
	snprintf(p->data, sizeof p->data, "%.*s%s", root, exe, GUITAI_PKGDATADIR);
	snprintf(p->libexec, sizeof p->libexec, "%.*s%s", root, exe, GUITAI_PKGLIBEXECDIR);
	snprintf(p->locale, sizeof p->locale, "%.*s%s", root, exe, GUITAI_LOCALEDIR);
}

void paths_find_for(const char *exe, struct paths *ret)
{
	if (is_below(exe, GUITAI_BUILDDIR))
		paths_of_build(ret);
	else
		paths_of_install(ret, exe);
}

void paths_find(struct paths *ret)
{
	char exe[PATH_MAX];
	ssize_t n = readlink("/proc/self/exe", exe, sizeof exe - 1);

	exe[n > 0 ? n : 0] = '\0';
	paths_find_for(exe, ret);
}

enum fault_code paths_data_dir(const char *given, const char *program, const char *option, char *out,
			       size_t size, struct fault *fault)
{
	const char *base = getenv("XDG_DATA_HOME"), *home = getenv("HOME");
	int n;

	if (given)
		n = snprintf(out, size, "%s", given);
	else if (base && base[0] == '/')
		n = snprintf(out, size, "%s/%s", base, program);
	else if (home && home[0] == '/')
		n = snprintf(out, size, "%s/.local/share/%s", home, program);
	else
		return fault_set(fault, FAULT_NO_DATA_DIRECTORY, option, NULL);
	if (n <= 0 || (size_t)n >= size)
		return fault_set(fault, FAULT_INPUT_BAD_TEXT, option, "4000");
	return FAULT_NONE;
}
