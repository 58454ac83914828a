/* guitai enrol: this machine becomes a till of a hub. */
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "app/enrolment.h"
#include "command/speech.h"
#include "app/till_hub.h"
#include "app/till_open.h"
#include "base/utf8.h"
#include "store/dir_lock.h"

enum { PEOPLE_MS = 3000, TURN_MS = 100 };

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

static enum fault_code ask(const struct invocation *in, const char *url,
			   const struct wire_enrol_code *code, const char *previous_head,
			   struct enrolment *ret, struct fault *fault)
{
	uint8_t public_key[SIGN_PUBLIC_SIZE];
	enum fault_code failed = find_key(in->dir, public_key, fault);

	return failed ? failed : enrolment_ask(url, code, public_key, previous_head, ret, fault);
}

/* A till that never was: made once the hub has said whose it is. Its cashiers
 * come from the hub. */
static enum fault_code enrol_new(const struct invocation *in, const char *url,
				 const struct wire_enrol_code *code, struct enrolment *e,
				 struct agent **ret, struct fault *fault)
{
	struct dir_lock lock = DIR_LOCK_INIT;
	struct agent_options options;
	struct agent_birth birth = { .pin = "" };
	enum fault_code failed = dir_lock_take(&lock, in->dir, fault);

	if (!failed)
		failed = ask(in, url, code, "", e, fault);
	dir_lock_release(&lock);
	if (!failed)
		failed = till_options(in, in->dir, false, &options, fault);
	if (failed)
		return failed;
	birth.shop = e->reply.store_name;
	birth.store = e->reply.store_number;
	birth.till = e->reply.till_number;
	birth.currency = e->currency;
	failed = agent_create(&options, &birth, fault);
	return failed ? failed : agent_open(&options, ret, fault);
}

static enum fault_code enrol_again(const struct invocation *in, const char *url,
				   const struct wire_enrol_code *code, struct agent *agent,
				   struct enrolment *e, struct fault *fault)
{
	uint8_t hash[JOURNAL_HASH_BYTES];
	digest_text head;

	journal_head(agent_journal(agent), hash);
	digest_format(hash, head);
	return ask(in, url, code, head, e, fault);
}

static enum fault_code enrol(const struct invocation *in, const char *url,
			     const struct wire_enrol_code *code, struct agent **ret,
			     struct fault *fault)
{
	struct enrolment *e = malloc(sizeof *e);
	enum fault_code failed;

	if (!e)
		return fault_set(fault, FAULT_OUT_OF_MEMORY, NULL, NULL);
	failed = till_open(in, in->dir, ret, fault);
	if (!failed)
		failed = enrol_again(in, url, code, *ret, e, fault);
	else if (failed == FAULT_STORE_NOT_FOUND)
		failed = enrol_new(in, url, code, e, ret, fault);
	if (!failed)
		failed = enrolment_record(e, in->dir, *ret, fault);
	free(e);
	if (!failed && fault)
		fault->code = FAULT_NONE;
	return failed;
}

/* Takes the cashiers over, so that one can log in at once. A hub that has none
 * is not waited for. */
static void fetch_people(const char *dir, struct agent *agent)
{
	struct till_hub *hub = NULL;
	struct pollfd fd = { .events = POLLIN };

	if (till_hub_open(dir, agent, &hub, NULL))
		return;
	fd.fd = till_hub_fd(hub);
	for (int ms = 0; ms < PEOPLE_MS && agent_counter(agent)->hub_events == 0; ms += TURN_MS)
		while (poll(&fd, 1, TURN_MS) > 0 && agent_counter(agent)->hub_events == 0)
			till_hub_work(hub);
	till_hub_close(hub);
}

static void tell(const struct agent *agent)
{
	const struct counter *c = agent_counter(agent);

	printf(_("This is now till %s of store %s, %s, at %s.\n"), c->till, c->store, c->shop, c->hub);
	if (c->n_cashiers == 0)
		printf(_("Nobody can log in yet: add a cashier with guitai-hub cashier add.\n"));
}

static const char *need(const struct invocation *in, const char *name, const char *shown,
			struct fault *fault)
{
	const char *value = invocation_option(in, name);

	if (!value)
		fault_set(fault, FAULT_USAGE_MISSING_WORD, "guitai enrol", shown);
	return value;
}

int enrol_command(const struct invocation *in, struct fault *fault)
{
	const char *url = need(in, "hub", "--hub URL", fault);
	const char *text = url ? need(in, "code", "--code CODE", fault) : NULL;
	struct wire_enrol_code code;
	struct agent *agent = NULL;

	if (!text)
		return EXIT_WRONG_USAGE;
	if (!wire_enrol_code_parse(text, &code)) {
		fault_set(fault, FAULT_ENROL_CODE_MALFORMED, NULL, NULL);
		return EXIT_REFUSED;
	}
	if (!enrol(in, url, &code, &agent, fault)) {
		fetch_people(in->dir, agent);
		tell(agent);
	}
	agent_close(agent);
	secret_wipe(&code, sizeof code);
	return fault->code ? EXIT_REFUSED : EXIT_DONE;
}
