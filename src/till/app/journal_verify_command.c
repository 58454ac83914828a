/* guitai journal verify: the whole chain, entry by entry. */
#include <inttypes.h>
#include <stdio.h>
#include <unistd.h>

#include "app/command.h"
#include "command/speech.h"
#include "crypt/crypt.h"
#include "store/journal_store.h"

/* Told on a terminal only: in a log it would be noise. */
static void show_progress(void *ctx, uint64_t done, uint64_t of)
{
	bool *shown = ctx;

	*shown = true;
	fprintf(stderr, "\r%" PRIu64 " / %" PRIu64 " (%d %%)", done, of, (int)(of ? done * 100 / of : 0));
}

static enum fault_code verify(struct journal_store *journal, struct fault *fault)
{
	bool shown = false;
	journal_progress_fn *progress = isatty(STDERR_FILENO) ? show_progress : NULL;
	uint8_t hash[JOURNAL_HASH_BYTES];
	digest_text head;
	uint64_t entries = 0;
	enum fault_code code = journal_verify(journal, progress, &shown, &entries, fault);

	if (shown)
		fprintf(stderr, "\r\033[K");
	if (code)
		return code;
	journal_head(journal, hash);
	digest_format(hash, head);
	printf(_("The journal verifies: %llu entries, the last with hash %s.\n"),
	       (unsigned long long)entries, head);
	return FAULT_NONE;
}

int journal_verify_command(const struct invocation *in, struct fault *fault)
{
	const char *file = invocation_option(in, "file");
	struct journal_store *journal = NULL;
	enum fault_code code = file ? journal_open_file(file, &journal, fault)
				    : journal_open(in->dir, JOURNAL_READ, &journal, fault);

	if (!code)
		code = verify(journal, fault);
	journal_close(journal);
	return code ? EXIT_REFUSED : EXIT_DONE;
}
