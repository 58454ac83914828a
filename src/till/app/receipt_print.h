/* Receipts that come out by themselves, to where the setting receipt_to says. */
#ifndef APP_RECEIPT_PRINT_H
#define APP_RECEIPT_PRINT_H

#include "agent/agent.h"

/* The agent's print port; ctx is the struct settings. */
enum print_outcome receipt_port(void *ctx, const struct counter *counter, const struct order *order,
				 const struct print_job *job,
				 const uint8_t hash[JOURNAL_HASH_BYTES]);

/* Writes a receipt to a file (appended), a device or pipe, or into a folder,
 * where it becomes NUMBER.txt, its n-th duplicate NUMBER-<n+1>.txt. Never waits
 * for a device. What reached a file is on the disk when this returns.
 * PRINT_FAILED when nothing was written (errno says why), PRINT_DOUBTFUL when
 * only a part may have been. */
enum print_outcome receipt_write(const char *path, uint64_t number, uint64_t copy,
				 const struct buffer *text);

#endif
