/* One product by its code, and all of them. */
#include "store/catalog_reader.h"

#include <string.h>

#include "store/catalog_sql.h"

enum fault_code catalog_store_find(struct catalog_store *store, const char *code,
				   struct product *ret, struct fault *fault)
{
	sqlite3_stmt *find;
	product_key key;
	int rc;

	if (!store->db || strlen(code) > PRODUCT_CODE_MAX)
		return fault_set(fault, FAULT_CATALOG_UNKNOWN_CODE, code, NULL);
	find = catalog_statement(store, &store->find,
				 "SELECT " CATALOG_COLUMNS " FROM product WHERE key = ?1");
	if (!find)
		return catalog_unreadable(store, fault);
	product_key_of(code, key);
	sqlite3_bind_text(find, 1, key, -1, SQLITE_STATIC);
	rc = sqlite3_step(find);
	if (rc == SQLITE_ROW)
		catalog_sql_product(find, ret);
	sqlite3_reset(find);
	if (rc == SQLITE_ROW)
		return FAULT_NONE;
	if (rc == SQLITE_DONE)
		return fault_set(fault, FAULT_CATALOG_UNKNOWN_CODE, code, NULL);
	return catalog_unreadable(store, fault);
}

enum fault_code catalog_store_each(struct catalog_store *store, catalog_store_each_fn *each,
				   void *context, struct fault *fault)
{
	sqlite3_stmt *row = NULL;
	struct product product;
	int rc;

	if (!store->db)
		return FAULT_NONE;
	rc = sqlite3_prepare_v2(store->db, "SELECT " CATALOG_COLUMNS " FROM product ORDER BY id",
				-1, &row, NULL);
	if (rc == SQLITE_OK)
		while ((rc = sqlite3_step(row)) == SQLITE_ROW) {
			catalog_sql_product(row, &product);
			if (!each(context, &product)) {
				rc = SQLITE_DONE;
				break;
			}
		}
	sqlite3_finalize(row);
	return rc == SQLITE_DONE ? FAULT_NONE : catalog_unreadable(store, fault);
}
