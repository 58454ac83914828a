/* docgen TEMPLATE: prints a page with the tables of the program in it, so that
 * manual, completions and program cannot differ. A line @NAME@ is replaced by
 * a table, @VERSION@ within a line by the version. */
#include "tools/docgen.h"

#include <config.h>
#include <stdio.h>
#include <string.h>

static const struct mark {
	const char *name;
	void (*print)(void);
} marks[] = {
	{ "@COMMANDS@", docgen_commands },
	{ "@COMMON_OPTIONS@", docgen_common_options },
	{ "@HUB_COMMANDS@", docgen_hub_commands },
	{ "@HUB_COMMON_OPTIONS@", docgen_hub_common_options },
	{ "@BATCH_WORDS@", docgen_batch_words },
	{ "@ACTIONS@", docgen_actions },
	{ "@ERRORS@", docgen_errors },
	{ "@SETTINGS@", docgen_settings },
	{ "@SAMPLE@", docgen_sample },
	{ "@COMPLETION@", docgen_completion },
	{ "@SANDBOX_OPTIONS@", docgen_sandbox_options },
	{ "@SANDBOX_CUSTOMERS@", docgen_sandbox_customers },
	{ "@SANDBOX_REFUSALS@", docgen_sandbox_refusals },
	{ "@HUB_COMPLETION@", docgen_hub_completion },
	{ "@TIMINGS@", docgen_timings },
	{ "@API_ROUTES@", docgen_api_routes },
	{ "@API_MESSAGES@", docgen_api_messages },
	{ "@API_ERRORS@", docgen_api_errors },
	{ "@OPENAPI_PATHS@", docgen_openapi_paths },
	{ "@OPENAPI_SCHEMAS@", docgen_openapi_schemas },
};

static const struct mark *find_mark(const char *line)
{
	size_t n = strcspn(line, "\n");

	for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++)
		if (strlen(marks[i].name) == n && memcmp(marks[i].name, line, n) == 0)
			return &marks[i];
	return NULL;
}

static void print_line(const char *line)
{
	static const char version[] = "@VERSION@";
	const char *at;

	while ((at = strstr(line, version))) {
		printf("%.*s%s", (int)(at - line), line, PACKAGE_VERSION);
		line = at + strlen(version);
	}
	fputs(line, stdout);
}

static int print_page(const char *path)
{
	FILE *in = fopen(path, "r");
	char line[1024];

	if (!in) {
		perror(path);
		return 1;
	}
	while (fgets(line, sizeof line, in)) {
		const struct mark *mark = find_mark(line);

		if (mark)
			mark->print();
		else
			print_line(line);
	}
	fclose(in);
	return fflush(stdout) == 0 && !ferror(stdout) ? 0 : 1;
}

int main(int argc, char **argv)
{
	if (argc != 2) {
		fputs("usage: docgen TEMPLATE\n", stderr);
		return 2;
	}
	return print_page(argv[1]);
}
