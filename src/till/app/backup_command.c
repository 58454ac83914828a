/* guitai backup and restore: the till as one file, and back. */
#include <stdio.h>

#include "app/command.h"
#include "command/speech.h"
#include "crypt/crypt.h"
#include "store/backup_store.h"
#include "store/dir_lock.h"

static void tell_catalog(const struct backup_info *info)
{
	if (!info->catalog)
		printf("%s\n", _("There is no catalogue in it."));
}

int backup_command(const struct invocation *in, struct fault *fault)
{
	struct backup_info info;
	digest_text head;

	if (backup_make(in->dir, in->words[0], invocation_has(in, "force"), &info, fault))
		return EXIT_REFUSED;
	digest_format(info.hash, head);
	printf(_("The backup %s holds %llu entries, the last with hash %s.\n"), in->words[0],
	       (unsigned long long)info.entries, head);
	tell_catalog(&info);
	return EXIT_DONE;
}

int restore_command(const struct invocation *in, struct fault *fault)
{
	struct dir_lock lock = DIR_LOCK_INIT;
	struct backup_info info;
	digest_text head;
	enum fault_code code = dir_lock_take(&lock, in->dir, fault);

	if (!code)
		code = backup_restore(in->words[0], in->dir, invocation_has(in, "force"), &info, fault);
	dir_lock_release(&lock);
	if (code)
		return EXIT_REFUSED;
	digest_format(info.hash, head);
	printf(_("The till in %s has %llu entries again, the last with hash %s.\n"), in->dir,
	       (unsigned long long)info.entries, head);
	tell_catalog(&info);
	if (info.kept[0])
		printf(_("What was there before is kept in %s.\n"), info.kept);
	return EXIT_DONE;
}
