/* Makes the till of an enrolment, or takes the one that is there. */
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "app/enrolment.h"
#include "app/till_hub.h"
#include "app/till_open.h"
#include "crypt/crypt.h"
#include "store/dir_lock.h"

enum { PEOPLE_MS = 3000 };

/* The key of the till that is there, or the one it will have: what stays of an
 * enrolment that was refused. */
static enum fault_code find_key(const char *dir, uint8_t ret_public[SIGN_PUBLIC_SIZE],
				struct fault *fault)
{
	struct sign_key *key = NULL;
	char path[PATH_MAX];
	struct stat st;
	bool there;
	enum fault_code code;

	snprintf(path, sizeof path, "%s/till.key", dir);
	there = stat(path, &st) == 0;
	code = there ? sign_key_load(path, &key, fault) : sign_key_make(&key);
	if (!code && !there)
		code = sign_key_save(key, path, fault);
	else if (code && !there)
		fault_set(fault, code, NULL, NULL);
	if (!code)
		memcpy(ret_public, sign_key_public(key), SIGN_PUBLIC_SIZE);
	sign_key_free(key);
	return code;
}

/* Who is to be enrolled, and where. */
struct wish {
	const struct invocation *in;
	const char *dir;
	bool training;
	const char *url;
	const struct wire_enrol_code *code;
};

static enum fault_code ask(const struct wish *w, const char *previous_head, struct enrolment *ret,
			   struct fault *fault)
{
	uint8_t public_key[SIGN_PUBLIC_SIZE];
	enum fault_code code = find_key(w->dir, public_key, fault);

	return code ? code : enrolment_ask(w->url, w->code, public_key, previous_head, ret, fault);
}

/* A till that never was: made once the hub has said whose it is. Its cashiers
 * come from the hub. */
static enum fault_code enrol_new(const struct wish *w, struct enrolment *e, struct agent **ret,
				 struct fault *fault)
{
	struct dir_lock lock = DIR_LOCK_INIT;
	struct agent_options options;
	struct agent_birth birth = { .pin = "" };
	enum fault_code code = dir_lock_take(&lock, w->dir, fault);

	if (!code)
		code = ask(w, "", e, fault);
	dir_lock_release(&lock);
	if (!code)
		code = till_options(w->in, w->dir, w->training, &options, fault);
	if (code)
		return code;
	birth.shop = e->reply.store_name;
	birth.store = e->reply.store_number;
	birth.till = e->reply.till_number;
	birth.currency = e->currency;
	code = agent_create(&options, &birth, fault);
	return code ? code : agent_open(&options, ret, fault);
}

static enum fault_code enrol_again(const struct wish *w, struct agent *agent, struct enrolment *e,
				   struct fault *fault)
{
	uint8_t hash[JOURNAL_HASH_BYTES];
	digest_text head;

	journal_head(agent_journal(agent), hash);
	digest_format(hash, head);
	return ask(w, head, e, fault);
}

/* Takes the cashiers over, so that one can log in at once. A hub that has none
 * is not waited for. */
static void fetch_people(const char *dir, struct agent *agent)
{
	struct till_hub *hub = NULL;
	struct pollfd fd = { .events = POLLIN };
	int64_t begun_ms = agent_now(agent).utc_ms, waited_ms = 0;

	if (till_hub_open(dir, agent, &hub, NULL))
		return;
	fd.fd = till_hub_fd(hub);
	while (agent_counter(agent)->hub_events == 0 && waited_ms >= 0 && waited_ms < PEOPLE_MS) {
		if (poll(&fd, 1, PEOPLE_MS - (int)waited_ms) > 0)
			till_hub_work(hub);
		waited_ms = agent_now(agent).utc_ms - begun_ms;
	}
	till_hub_close(hub);
}

enum fault_code enrolment_make_till(const struct invocation *in, const char *dir, bool training,
				    const char *url, const struct wire_enrol_code *code,
				    struct agent **ret, struct fault *fault)
{
	const struct wish wish = { in, dir, training, url, code };
	struct enrolment *e = malloc(sizeof *e);
	struct agent *agent = NULL;
	enum fault_code failed;

	if (!e)
		return fault_set(fault, FAULT_OUT_OF_MEMORY, NULL, NULL);
	failed = till_open(in, dir, &agent, fault);
	if (!failed)
		failed = enrol_again(&wish, agent, e, fault);
	else if (failed == FAULT_STORE_NOT_FOUND)
		failed = enrol_new(&wish, e, &agent, fault);
	if (!failed)
		failed = enrolment_record(e, dir, agent, fault);
	free(e);
	if (failed) {
		agent_close(agent);
		return failed;
	}
	fetch_people(dir, agent);
	fault->code = FAULT_NONE;
	*ret = agent;
	return FAULT_NONE;
}
