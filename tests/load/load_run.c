/* The runner of guitai-load for tests. */
#include "load_run.h"

#include <dirent.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "suite.h"

enum { WORDS_MAX = 32 };

static char directory[PATH_MAX], before[PATH_MAX], program[PATH_MAX + 32];

void load_begin(void)
{
	const char *base = getenv("TMPDIR"), *build = getenv("top_builddir");

	if (!program[0]) {
		char absolute[PATH_MAX];

		CU_ASSERT_PTR_NOT_NULL_FATAL(realpath(build ? build : ".", absolute));
		snprintf(program, sizeof program, "%s/guitai-load", absolute);
	}
	CU_ASSERT_PTR_NOT_NULL_FATAL(getcwd(before, sizeof before));
	snprintf(directory, sizeof directory, "%s/load-test-XXXXXX", base ? base : "/tmp");
	CU_ASSERT_PTR_NOT_NULL_FATAL(mkdtemp(directory));
	ASSERT_NUMBER(chdir(directory), 0);
}

void load_end(void)
{
	DIR *d = opendir(".");
	struct dirent *entry;

	while (d && (entry = readdir(d)))
		if (entry->d_name[0] != '.')
			unlink(entry->d_name);
	if (d)
		closedir(d);
	ASSERT_NUMBER(chdir(before), 0);
	ASSERT_NUMBER(rmdir(directory), 0);
}

void load_write(const char *name, const void *bytes, size_t n)
{
	FILE *f = fopen(name, "wb");

	CU_ASSERT_PTR_NOT_NULL_FATAL(f);
	ASSERT_NUMBER(fwrite(bytes, 1, n, f), n);
	ASSERT_NUMBER(fclose(f), 0);
}

void load_write_text(const char *name, const char *text)
{
	load_write(name, text, strlen(text));
}

/* In the child: stdout and stderr to files, then the program. */
static void run_child(char *words, size_t file_limit)
{
	char *argv[WORDS_MAX + 1] = { program };
	size_t n = 1;
	struct rlimit limit = { file_limit, file_limit };

	for (char *word = words; *word && n < WORDS_MAX; n++) {
		argv[n] = word;
		word += strcspn(word, " ");
		if (*word)
			*word++ = '\0';
	}
	if (!freopen("stdout", "w", stdout) || !freopen("stderr", "w", stderr))
		_exit(99);
	if (file_limit && setrlimit(RLIMIT_FSIZE, &limit) != 0)
		_exit(99);
	setenv("LANGUAGE", "en", 1);
	execv(program, argv);
	_exit(98);
}

pid_t load_start(const char *words, size_t file_limit)
{
	char copy[512];
	pid_t child;

	snprintf(copy, sizeof copy, "%s", words);
	fflush(NULL);
	child = fork();
	if (child == 0)
		run_child(copy, file_limit);
	CU_ASSERT_FATAL(child > 0);
	return child;
}

static void read_file(const char *name, char *out, size_t size)
{
	FILE *f = fopen(name, "rb");
	size_t n = f ? fread(out, 1, size - 1, f) : 0;

	out[n] = '\0';
	if (f)
		fclose(f);
}

void load_wait(pid_t child, struct load_result *ret)
{
	int status;

	ASSERT_NUMBER(waitpid(child, &status, 0), child);
	ret->status = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
	read_file("stdout", ret->out, sizeof ret->out);
	read_file("stderr", ret->err, sizeof ret->err);
}

void load_run(const char *words, struct load_result *ret)
{
	char all[512];

	snprintf(all, sizeof all, "import --catalog-db catalog.db %s", words);
	load_wait(load_start(all, 0), ret);
}

struct catalog_store *load_catalog(void)
{
	struct catalog_store *store = NULL;
	struct fault fault;

	ASSERT_NUMBER(catalog_store_open("catalog.db", &store, &fault), FAULT_NONE);
	CU_ASSERT_PTR_NOT_NULL_FATAL(store);
	return store;
}

const char *load_name(const char *code)
{
	static struct product p;
	struct catalog_store *store = load_catalog();
	enum fault_code found = catalog_store_find(store, code, &p, NULL);

	catalog_store_close(store);
	return found == FAULT_NONE ? p.name : NULL;
}

long long load_count(void)
{
	struct catalog_store *store = load_catalog();
	long long n = catalog_store_meta(store).products;

	catalog_store_close(store);
	return n;
}
