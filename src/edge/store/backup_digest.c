/* The digest of what a journal keeps beside its chain. */
#include "store/backup_file.h"

static const char *const selects[] = {
	"SELECT * FROM outbox ORDER BY seq",
	"SELECT * FROM snapshot ORDER BY seq",
	"SELECT * FROM closed_order ORDER BY number",
	"SELECT * FROM pin ORDER BY cashier",
};

/* Each value with its type and length before it: no two rows look alike. */
static void add_row(struct hasher *hasher, sqlite3_stmt *row)
{
	for (int i = 0; i < sqlite3_column_count(row); i++) {
		int type = sqlite3_column_type(row, i);
		const void *bytes = type == SQLITE_BLOB ? sqlite3_column_blob(row, i)
							: sqlite3_column_text(row, i);
		uint32_t n = (uint32_t)sqlite3_column_bytes(row, i);
		uint8_t head[] = { (uint8_t)type, (uint8_t)n, (uint8_t)(n >> 8), (uint8_t)(n >> 16),
				   (uint8_t)(n >> 24) };

		hasher_add(hasher, head, sizeof head);
		hasher_add(hasher, bytes, n);
	}
}

static enum fault_code add_rows(struct hasher *hasher, sqlite3 *db, const char *select,
				const char *path, struct fault *fault)
{
	sqlite3_stmt *stmt = NULL;
	enum fault_code code = sqlite_prepare(db, select, &stmt, path, fault);
	int result;

	if (code)
		return code;
	while ((result = sqlite3_step(stmt)) == SQLITE_ROW)
		add_row(hasher, stmt);
	code = sqlite_fault(db, result, path, fault);
	sqlite3_finalize(stmt);
	return code;
}

enum fault_code backup_digest_tables(sqlite3 *db, const char *path, uint8_t ret[DIGEST_SIZE],
				     struct fault *fault)
{
	struct hasher *hasher = hasher_new();
	enum fault_code code = FAULT_NONE;

	if (!hasher)
		return fault_set(fault, FAULT_OUT_OF_MEMORY, NULL, NULL);
	hasher_begin(hasher);
	for (size_t i = 0; i < sizeof selects / sizeof selects[0] && !code; i++)
		code = add_rows(hasher, db, selects[i], path, fault);
	if (!code && hasher_end(hasher, ret))
		code = fault_set(fault, FAULT_OUT_OF_MEMORY, NULL, NULL);
	hasher_free(hasher);
	return code;
}
