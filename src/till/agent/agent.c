/* The agent's life, and the turn of one event. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "agent/agent_own.h"
#include "base/utf8.h"
#include "store/backup_store.h"

/* A snapshot is taken within the work of a closed sale when so many entries
 * stand behind the last one, so that a start after a power cut stays quick. */
enum { SNAPSHOT_AT_CLOSE = 400, SNAPSHOT_ALWAYS = 2000 };

void agent_init(struct agent *agent, const struct agent_options *options)
{
	memset(agent, 0, sizeof *agent);
	agent->options = *options;
	utf8_copy(agent->dir, sizeof agent->dir, options->dir);
	utf8_copy(agent->version, sizeof agent->version, options->version);
	agent->lock = (struct dir_lock)DIR_LOCK_INIT;
	counter_init(&agent->counter);
	step_init(&agent->step);
}

enum fault_code agent_path(const struct agent *agent, const char *name, char ret[AGENT_PATH_MAX],
			   struct fault *fault)
{
	if (snprintf(ret, AGENT_PATH_MAX, "%s/%s", agent->dir, name) >= AGENT_PATH_MAX)
		return fault_set(fault, FAULT_STORE_NOT_READABLE, agent->dir, strerror(ENAMETOOLONG));
	return FAULT_NONE;
}

const struct counter *agent_counter(const struct agent *agent)
{
	return &agent->counter;
}

struct instant agent_now(const struct agent *agent)
{
	return agent->options.ports.now(agent->options.ports.ctx);
}

struct catalog_store *agent_catalog(struct agent *agent)
{
	return agent->catalog;
}

struct journal_store *agent_journal(struct agent *agent)
{
	return agent->journal;
}

bool agent_suspect(const struct agent *agent)
{
	return !agent->journal || journal_suspect(agent->journal);
}

static enum fault_code draw(struct agent *agent, struct ident *ret, struct fault *fault)
{
	if (agent->random_left < IDENT_BYTES) {
		enum fault_code code = agent->options.ports.random(agent->options.ports.ctx,
								   agent->random, sizeof agent->random);

		if (code)
			return fault_set(fault, code, "getrandom", NULL);
		agent->random_left = sizeof agent->random;
	}
	agent->random_left -= IDENT_BYTES;
	memcpy(ret->bytes, agent->random + agent->random_left, IDENT_BYTES);
	return FAULT_NONE;
}

static enum fault_code apply(struct agent *agent, struct fault *fault)
{
	enum fault_code code = FAULT_NONE;

	for (size_t i = 0; i < agent->step.n_entries && !code; i++)
		code = counter_apply(&agent->counter, &agent->step.entries[i], fault);
	return code;
}

enum fault_code agent_reopen(struct agent *agent, struct fault *fault)
{
	enum fault_code code;

	journal_close(agent->journal);
	agent->journal = NULL;
	counter_release(&agent->counter);
	code = journal_open(agent->dir, JOURNAL_WRITE, &agent->journal, fault);
	if (!code)
		code = journal_load(agent->journal, &agent->counter, fault);
	if (code) {
		journal_close(agent->journal);
		agent->journal = NULL;
	}
	return code;
}

/* The commit failed in a way that leaves open what is on the disk: look. If
 * the entries are there after all, the step is done. */
static enum fault_code settle(struct agent *agent, uint64_t seq_after, struct fault *fault)
{
	struct fault why = *fault, ignored;

	if (agent_reopen(agent, &ignored))
		return fault_set(fault, FAULT_STORE_UNKNOWN, why.arg[0], why.arg[1]);
	if (agent->counter.seq == seq_after)
		return FAULT_NONE;
	*fault = why;
	return why.code;
}

/* Snapshots are a saving of time only: one that fails is tried again later. */
static void maybe_snapshot(struct agent *agent)
{
	uint64_t behind = journal_unsnapped(agent->journal);

	if (behind >= SNAPSHOT_ALWAYS ||
	    (behind >= SNAPSHOT_AT_CLOSE && !counter_order(&agent->counter)))
		journal_snapshot(agent->journal, &agent->counter, NULL);
}

static enum fault_code commit(struct agent *agent, struct fault *fault)
{
	uint64_t seq_after = agent->counter.seq + agent->step.n_entries;
	enum fault_code code = journal_commit(agent->journal, &agent->counter, &agent->step, fault);

	if (code)
		return journal_suspect(agent->journal) ? settle(agent, seq_after, fault) : code;
	code = apply(agent, fault);
	/* What was decided always applies; should it not, what is durable counts. */
	if (code)
		return agent_reopen(agent, fault);
	maybe_snapshot(agent);
	return FAULT_NONE;
}

/* Performing may come back to a turn with events of its own, so the step is
 * done with first. */
static enum fault_code perform(struct agent *agent)
{
	struct effect effects[STEP_EFFECTS_MAX];
	size_t n = agent->step.n_effects;

	if (n == 0)
		return FAULT_NONE;
	memcpy(effects, agent->step.effects, n * sizeof *effects);
	agent->step.n_effects = 0;
	agent_perform(agent, effects, n);
	return FAULT_NONE;
}

static enum fault_code turn(struct agent *agent, struct counter_event *event, struct fault *fault)
{
	enum fault_code code;

	event->now = agent_now(agent);
	code = draw(agent, &event->draw, fault);
	if (!code)
		code = draw(agent, &event->key, fault);
	if (!code)
		code = counter_decide(&agent->counter, event, &agent->step, fault);
	if (!code)
		code = commit(agent, fault);
	if (!code)
		counter_take_schedule(&agent->counter, &agent->step);
	if (!code && agent->step.answer.code) {
		*fault = agent->step.answer;
		code = fault->code;
	}
	return code ? code : perform(agent);
}

enum fault_code agent_record_start(struct agent *agent, struct fault *fault)
{
	struct counter_event ev = { .kind = EVENT_START };
	enum fault_code code;

	utf8_copy(ev.of.start.version, sizeof ev.of.start.version, agent->version);
	ev.of.start.training = agent->options.keep_training ? agent->counter.training
							    : agent->options.training;
	code = turn(agent, &ev, fault);
	if (code)
		return code;
	ev = (struct counter_event){ .kind = EVENT_RULES };
	ev.of.rules = agent->options.rules;
	return turn(agent, &ev, fault);
}

/* What was being printed when the program stopped may be torn: print → doubtful. */
static enum fault_code doubt_prints(struct agent *agent, struct fault *fault)
{
	uint64_t last = agent->counter.jobs;
	enum fault_code code = FAULT_NONE;

	while (!code && agent->counter.n_print_jobs > 0 && agent->counter.print_jobs[0].job <= last) {
		struct counter_event ev = { .kind = EVENT_PRINT_ENDED };

		ev.of.print_ended.job = agent->counter.print_jobs[0].job;
		ev.of.print_ended.outcome = PRINT_DOUBTFUL;
		code = turn(agent, &ev, fault);
	}
	return code;
}

/* Payments that were under way are asked for, never sent again. */
static void resume_payments(struct agent *agent)
{
	for (size_t i = 0; i < agent->counter.n_payments; i++) {
		struct counter_event ev = { .kind = EVENT_PAYMENT };

		if (payment_is_terminal(agent->counter.payments[i].attempt.state))
			continue;
		ev.of.payment.payment = agent->counter.payments[i].attempt.id;
		ev.of.payment.event.kind = PAYMENT_EVENT_RESTART;
		turn(agent, &ev, NULL);
	}
}

/* The start is recorded with the first thing that is done, not before the
 * first picture: a disk that is slow to sync does not hold the screen up. */
enum fault_code agent_begin(struct agent *agent, struct fault *fault)
{
	enum fault_code code;

	if (agent_suspect(agent))
		return fault_set(fault, FAULT_STORE_SUSPECT, agent->dir, NULL);
	if (agent->begun)
		return FAULT_NONE;
	code = agent_record_start(agent, fault);
	if (!code)
		code = doubt_prints(agent, fault);
	agent->begun = !code;
	if (!code)
		resume_payments(agent);
	return code;
}

enum fault_code agent_do(struct agent *agent, struct counter_event *event, struct fault *fault)
{
	struct fault own;
	enum fault_code code;

	if (!fault)
		fault = &own;
	code = agent_begin(agent, fault);
	return code ? code : turn(agent, event, fault);
}

enum fault_code agent_lock(struct agent *agent, struct fault *fault)
{
	char kept[BACKUP_KEPT_MAX];
	enum fault_code code = dir_lock_take(&agent->lock, agent->dir, fault);

	return code ? code : backup_finish(agent->dir, kept, fault);
}

static enum fault_code open_catalog(struct agent *agent, struct fault *fault)
{
	char path[AGENT_PATH_MAX];
	enum fault_code code = agent_path(agent, "catalog.db", path, fault);

	return code ? code : catalog_store_open(path, &agent->catalog, fault);
}

/* Asked before the lock, which makes its folder: a name mistyped leaves none. */
static enum fault_code check_folder(const char *dir, struct fault *fault)
{
	struct stat st;

	if (stat(dir, &st) < 0 && errno == ENOENT)
		return fault_set(fault, FAULT_STORE_NOT_FOUND, dir, NULL);
	return FAULT_NONE;
}

enum fault_code agent_open(const struct agent_options *options, struct agent **ret,
			   struct fault *fault)
{
	struct agent *agent = malloc(sizeof *agent);
	struct instant_civil civil;
	enum fault_code code;

	if (!agent)
		return fault_set(fault, FAULT_OUT_OF_MEMORY, NULL, NULL);
	agent_init(agent, options);
	code = check_folder(agent->dir, fault);
	if (!code)
		code = agent_lock(agent, fault);
	if (!code)
		code = agent_reopen(agent, fault);
	if (!code)
		code = open_catalog(agent, fault);
	if (code) {
		agent_close(agent);
		return code;
	}
	instant_civil(agent_now(agent), &civil);
	agent->options.scan.currency = agent->counter.currency;
	agent->options.scan.year = civil.year;
	*ret = agent;
	return FAULT_NONE;
}

void agent_close(struct agent *agent)
{
	if (!agent)
		return;
	if (agent->journal)
		journal_snapshot(agent->journal, &agent->counter, NULL);
	journal_close(agent->journal);
	catalog_store_close(agent->catalog);
	counter_release(&agent->counter);
	step_release(&agent->step);
	dir_lock_release(&agent->lock);
	free(agent);
}
