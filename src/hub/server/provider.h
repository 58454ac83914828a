/* The way to a payment provider: the service's jobs as requests of the
 * channel's driver over HTTPS, each with exactly one answer. The worker's
 * thread alone. */
#ifndef SERVER_PROVIDER_H
#define SERVER_PROVIDER_H

#include "channel/channel.h"
#include "net/client.h"
#include "service/service.h"

struct provider_options {
	const char *url, *ca_pem;            /* NULL: there is no provider */
	struct channel_account account;
	int answer_timeout_ms;
};

typedef void provider_heard(void *ctx, const struct hub_answer *answer);

struct provider_counts {
	uint64_t replies, not_sent, unknown;
};

struct provider;

/* `heard` is called from provider_start and provider_work, once for each job. */
enum fault_code provider_new(const struct provider_options *options, provider_heard *heard,
			     void *ctx, struct provider **ret, struct fault *fault);
/* Gives open requests up: they are asked for after the next start. */
void provider_free(struct provider *provider);

void provider_start(struct provider *provider, const struct hub_job *job, int64_t now_ms);

/* Descriptor to poll for reading, -1 when there is no provider. */
int provider_fd(const struct provider *provider);
void provider_work(struct provider *provider);

/* Reads a notice of the provider. FAULT_CHANNEL_NOTICE. */
enum fault_code provider_notice(const struct provider *provider, const struct channel_message *message,
				struct channel_notice *ret, struct fault *fault);

/* A driver's answer as the service takes it. */
void provider_answer(const struct channel_answer *said, struct hub_answer *ret);

void provider_count(const struct provider *provider, struct provider_counts *ret);

#endif
