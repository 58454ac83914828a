/* What the agent does between keys, and closed orders. */
#include <string.h>

#include "agent/agent_own.h"

enum fault_code agent_find_closed(struct agent *agent, uint64_t number, const struct ident *id,
				  struct closed_order *ret, struct fault *fault)
{
	if (agent_suspect(agent))
		return fault_set(fault, FAULT_STORE_SUSPECT, agent->dir, NULL);
	return journal_find_order(agent->journal, number, id, ret, fault);
}

enum fault_code agent_read_closed(struct agent *agent, const struct closed_order *where,
				  struct order *ret_order, uint8_t ret_hash[JOURNAL_HASH_BYTES],
				  struct fault *fault)
{
	if (agent_suspect(agent))
		return fault_set(fault, FAULT_STORE_SUSPECT, agent->dir, NULL);
	return journal_read_order(agent->journal, where, ret_order, ret_hash, fault);
}

enum fault_code agent_print(struct agent *agent, const struct closed_order *where,
			    struct fault *fault)
{
	struct counter_event ev = { .kind = EVENT_PRINT };
	struct closed_order now;
	/* The start may turn a print of before into a doubtful one with a copy. */
	enum fault_code code = agent_begin(agent, fault);

	if (!code)
		code = journal_find_order(agent->journal, 0, &where->id, &now, fault);
	if (code)
		return code;
	ev.of.print.order = now.id;
	ev.of.print.number = now.number;
	ev.of.print.printed = now.prints;
	return agent_do(agent, &ev, fault);
}

static enum print_outcome print_job(struct agent *agent, const struct print_job *job,
				    agent_print_fn *print, void *ctx)
{
	struct order order = { 0 };
	struct closed_order where;
	uint8_t hash[JOURNAL_HASH_BYTES];
	enum print_outcome outcome = PRINT_FAILED;

	if (print && !agent_find_closed(agent, 0, &job->order, &where, NULL) &&
	    !agent_read_closed(agent, &where, &order, hash, NULL))
		outcome = print(ctx, &agent->counter, &order, job, hash);
	order_release(&order);
	return outcome;
}

static enum fault_code end_job(struct agent *agent, const struct print_job *job,
			       agent_print_fn *print, void *ctx, struct fault *fault)
{
	struct counter_event ev = { .kind = EVENT_PRINT_ENDED };

	ev.of.print_ended.job = job->job;
	ev.of.print_ended.outcome = print_job(agent, job, print, ctx);
	return agent_do(agent, &ev, fault);
}

enum fault_code agent_print_by(struct agent *agent, const struct closed_order *where,
			       agent_print_fn *print, void *ctx, struct fault *fault)
{
	enum fault_code code = agent_print(agent, where, fault);
	struct print_job job;

	if (code)
		return code;
	job = agent->counter.print_jobs[agent->counter.n_print_jobs - 1];
	return end_job(agent, &job, print, ctx, fault);
}

size_t agent_print_queued(struct agent *agent)
{
	const struct agent_ports *ports = &agent->options.ports;
	size_t queued, ended = 0;

	/* Prints of before the start are in doubt first. */
	if (agent->counter.n_print_jobs == 0 || agent_begin(agent, NULL))
		return 0;
	queued = agent->counter.n_print_jobs;
	for (size_t i = 0; i < queued && agent->counter.n_print_jobs > 0; i++) {
		struct print_job job = agent->counter.print_jobs[0];

		if (end_job(agent, &job, ports->print, ports->ctx, NULL))
			break;
		ended++;
	}
	return ended;
}

bool agent_take_up_catalog(struct agent *agent)
{
	struct counter_event ev = { .kind = EVENT_CATALOG };
	struct catalog_meta meta;
	bool swapped = false;

	if (catalog_store_refresh(agent->catalog, &swapped, NULL))
		return false;
	meta = catalog_store_meta(agent->catalog);
	if (meta.generation == agent->counter.catalog_generation)
		return swapped;
	ev.of.catalog.products = meta.products;
	ev.of.catalog.generation = meta.generation;
	agent_do(agent, &ev, NULL);
	return true;
}

bool agent_idle(struct agent *agent)
{
	enum { WORTH_A_SNAPSHOT = 100 };

	if (agent_suspect(agent))
		return agent_reopen(agent, NULL) == FAULT_NONE;
	if (!agent->begun && !agent_begin(agent, NULL))
		return true;
	if (journal_unsnapped(agent->journal) >= WORTH_A_SNAPSHOT)
		journal_snapshot(agent->journal, &agent->counter, NULL);
	journal_tidy(agent->journal);
	return agent_take_up_catalog(agent);
}
