/* The least a batch needs: a line of stdin, one durable commit, a line of
 * stdout; five lines and a cash payment are six commits.
 *
 * usage: batch DATABASE < COMMANDS */
#include <stdio.h>
#include <string.h>

#include "floor.h"

int main(int argc, char **argv)
{
	sqlite3 *db = floor_open(argc > 1 ? argv[1] : ":memory:");
	sqlite3_stmt *begin = floor_prepare(db, "BEGIN IMMEDIATE");
	sqlite3_stmt *commit = floor_prepare(db, "COMMIT");
	sqlite3_stmt *insert =
		floor_prepare(db, "INSERT INTO sale (code, amount) VALUES (?1, 350)");
	char line[512];

	while (fgets(line, sizeof line, stdin)) {
		line[strcspn(line, "\n")] = '\0';
		sqlite3_step(begin);
		sqlite3_reset(begin);
		sqlite3_bind_text(insert, 1, line, -1, SQLITE_STATIC);
		sqlite3_step(insert);
		sqlite3_reset(insert);
		if (sqlite3_step(commit) != SQLITE_DONE)
			return 1;
		sqlite3_reset(commit);
		printf("{\"ok\":true,\"cmd\":\"%s\"}\n", line);
		fflush(stdout);
	}
	sqlite3_finalize(begin);
	sqlite3_finalize(commit);
	sqlite3_finalize(insert);
	sqlite3_close(db);
	return 0;
}
