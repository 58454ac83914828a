/* Imports beside a reader, killed, interrupted, and two at once. The product
 * file is a FIFO: what the program has read so far is then known exactly. */
#include "suite.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "load_run.h"
#include "load_test.h"

/* Far more than the program's head of a file and a pipe hold together: when all
 * is written the import is under way. */
enum { ROWS = 20000 };

static void import_old(void)
{
	struct load_result r;

	load_write_text("old", "code,name\n1,old\n");
	load_run("old", &r);
	ASSERT_NUMBER(r.status, 0);
	ASSERT_NUMBER(mkfifo("fifo", 0600), 0);
}

/* Starts an import of the FIFO and writes rows until it is in the middle. */
static int begin_import(pid_t *ret_child)
{
	char row[64];
	int fd;

	/* A program that ends too early fails the test, it does not end it. */
	signal(SIGPIPE, SIG_IGN);
	*ret_child = load_start("import --catalog-db catalog.db fifo", 0);
	fd = open("fifo", O_WRONLY);
	CU_ASSERT_FATAL(fd >= 0);
	ASSERT_NUMBER(write(fd, "code,name\n", 10), 10);
	for (int i = 1; i <= ROWS; i++) {
		int n = snprintf(row, sizeof row, "%d,new name of product %d\n", i, i);

		if (write(fd, row, (size_t)n) != n)
			break;
	}
	return fd;
}

void a_reader_sells_on_while_a_catalogue_is_swapped(void)
{
	struct catalog_store *store;
	struct product p;
	struct load_result r;
	pid_t child;
	bool swapped = true;
	int fd;

	load_begin();
	import_old();
	store = load_catalog();
	fd = begin_import(&child);
	ASSERT_NUMBER(access("catalog.db.new", F_OK), 0);
	ASSERT_NUMBER(catalog_store_refresh(store, &swapped, NULL), FAULT_NONE);
	CU_ASSERT(!swapped);
	ASSERT_NUMBER(catalog_store_find(store, "1", &p, NULL), FAULT_NONE);
	ASSERT_TEXT(p.name, "old");
	close(fd);
	load_wait(child, &r);
	ASSERT_NUMBER(r.status, 0);
	ASSERT_NUMBER(catalog_store_find(store, "1", &p, NULL), FAULT_NONE);
	ASSERT_TEXT(p.name, "old");
	ASSERT_NUMBER(catalog_store_refresh(store, &swapped, NULL), FAULT_NONE);
	CU_ASSERT(swapped);
	ASSERT_NUMBER(catalog_store_find(store, "1", &p, NULL), FAULT_NONE);
	ASSERT_TEXT(p.name, "new name of product 1");
	ASSERT_NUMBER(catalog_store_meta(store).products, ROWS);
	catalog_store_close(store);
	load_end();
}

void a_killed_import_leaves_the_old_catalogue(void)
{
	struct load_result r;
	pid_t child;
	int fd;

	load_begin();
	import_old();
	fd = begin_import(&child);
	ASSERT_NUMBER(kill(child, SIGKILL), 0);
	load_wait(child, &r);
	close(fd);
	ASSERT_NUMBER(r.status, -1);
	ASSERT_TEXT(load_name("1"), "old");
	ASSERT_NUMBER(load_count(), 1);
	/* What it left does not stand in the way of the next one. */
	load_write_text("next", "code,name\n2,next\n");
	load_run("next", &r);
	ASSERT_NUMBER(r.status, 0);
	ASSERT_NUMBER(load_count(), 2);
	ASSERT_NUMBER(access("catalog.db.new", F_OK), -1);
	load_end();
}

void an_interrupted_import_says_so(void)
{
	static const int signals[] = { SIGINT, SIGTERM, SIGHUP };
	struct load_result r;

	load_begin();
	import_old();
	for (size_t i = 0; i < sizeof signals / sizeof signals[0]; i++) {
		pid_t child;
		int fd = begin_import(&child);

		ASSERT_NUMBER(kill(child, signals[i]), 0);
		load_wait(child, &r);
		close(fd);
		ASSERT_NUMBER(r.status, 1);
		CU_ASSERT_PTR_NOT_NULL(strstr(r.err, "was interrupted"));
		ASSERT_TEXT(load_name("1"), "old");
		ASSERT_NUMBER(access("catalog.db.new", F_OK), -1);
	}
	load_end();
}

void a_second_import_is_refused(void)
{
	struct load_result r;
	pid_t child;
	char pid[32];
	int fd;

	load_begin();
	import_old();
	fd = begin_import(&child);
	load_run("old", &r);
	ASSERT_NUMBER(r.status, 1);
	snprintf(pid, sizeof pid, "process %ld", (long)child);
	CU_ASSERT_PTR_NOT_NULL(strstr(r.err, pid));
	close(fd);
	load_wait(child, &r);
	ASSERT_NUMBER(r.status, 0);
	ASSERT_NUMBER(load_count(), ROWS);
	load_end();
}
