/* Opening the hub for a command of the shell. */
#include "server/desk.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

static struct instant now(void *ctx)
{
	struct timespec t;

	(void)ctx;
	clock_gettime(CLOCK_REALTIME, &t);
	return (struct instant){ (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000, 0 };
}

static enum fault_code draw(void *ctx, void *bytes, size_t n)
{
	(void)ctx;
	return random_bytes(bytes, n);
}

/* Set-up owes the channels nothing. */
static void no_job(void *ctx, const struct hub_job *job)
{
	(void)ctx;
	(void)job;
}

/* A server beside notices by itself that the database has changed. */
static void no_wake(void *ctx, const struct ident *merchant)
{
	(void)ctx;
	(void)merchant;
}

static void no_log(void *ctx, const char *json)
{
	(void)ctx;
	(void)json;
}

void desk_db_url(const struct invocation *in, char out[DESK_URL_MAX])
{
	const char *given = invocation_option(in, "db");

	if (given)
		snprintf(out, DESK_URL_MAX, "%s", given);
	else
		snprintf(out, DESK_URL_MAX, "sqlite:%s/hub.db", in->dir);
}

void desk_timings(struct payment_timings timings[PAYMENT_CHANNELS])
{
	for (int i = 0; i < PAYMENT_CHANNELS; i++)
		timings[i] = payment_channel_row((enum payment_channel)i)->timings;
}

enum fault_code desk_open(const struct invocation *in, struct desk *ret, struct fault *fault)
{
	char url[DESK_URL_MAX];
	struct hub_options options = {
		.db_url = url, .public_url = "https://localhost", .beside = true,
		.ports = { NULL, now, draw, no_job, no_wake, no_log },
	};
	enum fault_code code;

	memset(ret, 0, sizeof *ret);
	desk_db_url(in, url);
	desk_timings(options.timings);
	code = identity_load(in->dir, &ret->identity, fault);
	options.key = ret->identity.statement;
	if (!code)
		code = hub_open(&options, &ret->hub, fault);
	if (!code)
		code = hub_begin(ret->hub, fault);
	return code;
}

enum fault_code desk_merchant(const struct invocation *in, const struct desk *desk,
			      struct ident *ret, struct fault *fault)
{
	enum currency currency;

	return hub_find_merchant(desk->hub, invocation_option(in, "merchant"), ret, &currency, fault);
}

int desk_close(struct desk *desk, struct fault *fault)
{
	if (desk->hub && fault->code == FAULT_NONE)
		hub_commit(desk->hub, fault);
	if (desk->hub && fault->code != FAULT_NONE)
		hub_rollback(desk->hub);
	hub_close(desk->hub);
	identity_release(&desk->identity);
	return fault->code == FAULT_NONE ? EXIT_DONE : EXIT_REFUSED;
}
