/* A new till: its key, its journal, its first supervisor. The journal is made
 * in a folder beside its place, DIR/new, and moved in when the till is whole: a
 * kill or a power cut on the way leaves no half of one. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "agent/agent_own.h"
#include "base/utf8.h"
#include "crypt/crypt.h"

static const char *const files[] = {
	"new/journal.db", "new/journal.db-wal", "new/journal.db-shm", "new/journal.db-journal",
};

/* Takes away what a creation that was cut short left. */
static void clear_new(const struct agent *agent)
{
	char path[AGENT_PATH_MAX];

	for (size_t i = 0; i < sizeof files / sizeof files[0]; i++)
		if (!agent_path(agent, files[i], path, NULL))
			unlink(path);
	if (!agent_path(agent, "new", path, NULL))
		rmdir(path);
}

/* Opens a journal in DIR/new; refuses when the till has one already. */
static enum fault_code open_new(struct agent *agent, struct fault *fault)
{
	char path[AGENT_PATH_MAX];
	struct stat st;
	enum fault_code code = agent_path(agent, "journal.db", path, fault);

	if (code)
		return code;
	if (stat(path, &st) == 0)
		return fault_set(fault, FAULT_STORE_EXISTS, agent->dir, NULL);
	code = agent_path(agent, "new", path, fault);
	if (code)
		return code;
	clear_new(agent);
	if (mkdir(path, 0700) != 0)
		return fault_set(fault, FAULT_FILE_NOT_WRITABLE, path, strerror(errno));
	return journal_open(path, JOURNAL_CREATE, &agent->journal, fault);
}

static bool sync_directory(const char *path)
{
	int fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	bool good = fd >= 0 && fsync(fd) == 0;
	int error = errno;

	if (fd >= 0)
		close(fd);
	errno = error;
	return good;
}

/* The journal is closed, so all of it stands in the one file. */
static enum fault_code move_in(const struct agent *agent, struct fault *fault)
{
	char from[AGENT_PATH_MAX], log[AGENT_PATH_MAX], to[AGENT_PATH_MAX];
	struct stat st;
	enum fault_code code = agent_path(agent, files[0], from, fault);

	if (!code)
		code = agent_path(agent, files[1], log, fault);
	if (!code)
		code = agent_path(agent, "journal.db", to, fault);
	if (code)
		return code;
	errno = EIO;
	if (stat(log, &st) == 0 || rename(from, to) != 0 || !sync_directory(agent->dir))
		return fault_set(fault, FAULT_FILE_NOT_WRITABLE, to, strerror(errno));
	return FAULT_NONE;
}

/* What was made before stays: a key without a journal is used again. */
static enum fault_code make_key(struct agent *agent, struct sign_key **ret, struct fault *fault)
{
	char path[AGENT_PATH_MAX];
	struct stat st;
	enum fault_code code = agent_path(agent, "till.key", path, fault);

	if (code)
		return code;
	if (stat(path, &st) == 0)
		return sign_key_load(path, ret, fault);
	code = sign_key_make(ret);
	return code ? fault_set(fault, code, NULL, NULL) : sign_key_save(*ret, path, fault);
}

static enum fault_code initialise(struct agent *agent, const struct agent_birth *birth,
				  const struct sign_key *key, struct fault *fault)
{
	struct counter_event ev = { .kind = EVENT_INITIALISE };
	uint8_t digest[DIGEST_SIZE];
	enum fault_code code;

	utf8_copy_plain(ev.of.initialise.shop, sizeof ev.of.initialise.shop, birth->shop);
	utf8_copy_plain(ev.of.initialise.store, sizeof ev.of.initialise.store, birth->store);
	utf8_copy_plain(ev.of.initialise.till, sizeof ev.of.initialise.till, birth->till);
	ev.of.initialise.currency = birth->currency;
	memcpy(ev.of.initialise.public_key, sign_key_public(key), SIGN_PUBLIC_SIZE);
	code = digest_sha256(sign_key_public(key), SIGN_PUBLIC_SIZE, digest);
	if (code)
		return fault_set(fault, code, NULL, NULL);
	memcpy(ev.of.initialise.device_key.bytes, digest, IDENT_BYTES);
	return agent_do(agent, &ev, fault);
}

static enum fault_code make(struct agent *agent, const struct agent_birth *birth,
			    struct fault *fault)
{
	struct sign_key *key = NULL;
	enum fault_code code = make_key(agent, &key, fault);

	if (!code)
		code = initialise(agent, birth, key, fault);
	if (!code && birth->first.id[0])
		code = agent_add_cashier(agent, &birth->first, birth->pin, fault);
	/* A till of training says so from its birth: by that it is known. */
	if (!code && agent->options.training)
		code = agent_record_start(agent, fault);
	sign_key_free(key);
	return code;
}

enum fault_code agent_create(const struct agent_options *options, const struct agent_birth *birth,
			     struct fault *fault)
{
	struct agent *agent = malloc(sizeof *agent);
	enum fault_code code;

	if (!agent)
		return fault_set(fault, FAULT_OUT_OF_MEMORY, NULL, NULL);
	agent_init(agent, options);
	agent->begun = true;  /* a till is made before it is started */
	code = birth->first.id[0] ? agent_check_pin(birth->pin, fault) : FAULT_NONE;
	if (!code)
		code = agent_lock(agent, fault);
	if (!code)
		code = open_new(agent, fault);
	if (!code)
		code = make(agent, birth, fault);
	if (agent->journal) {
		journal_close(agent->journal);
		agent->journal = NULL;
		if (!code)
			code = move_in(agent, fault);
		clear_new(agent);
	}
	agent_close(agent);
	return code;
}
