/* The least an import needs: the rows of a file, inserted in bulk in one
 * transaction and indexed by code, no search keys.
 *
 * usage: import DATABASE FILE.csv[.gz]   (first column code, then the name) */
#include <stdio.h>
#include <string.h>
#include <zlib.h>

#include "floor.h"

static void insert_line(sqlite3_stmt *insert, char *line)
{
	char *name = strchr(line, ',');

	if (!name)
		return;
	*name++ = '\0';
	sqlite3_bind_text(insert, 1, line, -1, SQLITE_STATIC);
	sqlite3_bind_text(insert, 2, name, (int)strcspn(name, "\r\n"), SQLITE_STATIC);
	sqlite3_step(insert);
	sqlite3_reset(insert);
}

int main(int argc, char **argv)
{
	char line[8192];
	sqlite3_stmt *insert;
	sqlite3 *db;
	gzFile in;

	if (argc != 3 || !(in = gzopen(argv[2], "rb"))) {
		fprintf(stderr, "usage: import DATABASE FILE.csv[.gz]\n");
		return 2;
	}
	db = floor_open(argv[1]);
	floor_run(db, "BEGIN; CREATE TABLE item (code TEXT, name TEXT)");
	insert = floor_prepare(db, "INSERT INTO item VALUES (?1, ?2)");
	while (gzgets(in, line, sizeof line))
		insert_line(insert, line);
	sqlite3_finalize(insert);
	floor_run(db, "CREATE INDEX item_code ON item (code); COMMIT");
	gzclose(in);
	return sqlite3_close(db) == SQLITE_OK ? 0 : 1;
}
