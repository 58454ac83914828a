/* A build under way, as the files of this room see it. */
#ifndef STORE_CATALOG_BUILDING_H
#define STORE_CATALOG_BUILDING_H

#include <sqlite3.h>

#include "store/catalog_build.h"

struct catalog_build {
	char *path;
	char *new_path;
	int lock;
	bool finished;
	struct catalog_build_options options;
	sqlite3 *db;
	sqlite3_stmt *insert, *update, *find, *gram;
	int64_t generation;  /* of the old catalogue */
	uint32_t last_id;
	uint32_t *line_of;   /* by id: where this import had the product */
	size_t lines_cap;
};

/* path and ending joined, to be freed; NULL without memory or when too long. */
char *catalog_path_with(const char *path, const char *ending);

/* Fills the table of grams from the products. As catalog_build_finish. */
enum fault_code catalog_build_index(struct catalog_build *b, catalog_build_tick *tick,
				    void *context, struct fault *fault);

#endif
