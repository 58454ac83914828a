/* Turns grams that come product by product into lists of products gram by
 * gram, in bounded memory: sorted runs are spilled to a file and merged. */
#ifndef STORE_CATALOG_GRAM_SORT_H
#define STORE_CATALOG_GRAM_SORT_H

#include <stddef.h>
#include <stdint.h>

#include "base/fault.h"
#include "catalog/search_gram.h"

struct gram_sort;

/* `spill_path` is made and removed at once: nothing is left when the program
 * is killed. FAULT_FILE_NOT_WRITABLE, FAULT_STORE_FULL, FAULT_OUT_OF_MEMORY. */
enum fault_code gram_sort_new(const char *spill_path, struct gram_sort **ret, struct fault *fault);
void gram_sort_free(struct gram_sort *sort);

/* Notes a product under a gram; ids must never fall. A failure is kept until
 * gram_sort_merge. */
void gram_sort_add(struct gram_sort *sort, struct search_gram gram, uint32_t id);

/* Hands over every list in ascending order of grams, in chunks. */
typedef enum fault_code gram_sort_sink(void *context, uint32_t gram, uint32_t last,
				       const unsigned char *bytes, size_t n, struct fault *fault);
enum fault_code gram_sort_merge(struct gram_sort *sort, gram_sort_sink *sink, void *context,
				struct fault *fault);

#endif
