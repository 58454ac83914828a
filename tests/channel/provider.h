/* A provider that says what a test wants said, signed as it should be. */
#ifndef TESTS_CHANNEL_PROVIDER_H
#define TESTS_CHANNEL_PROVIDER_H

#include "channel/channel.h"
#include "suite.h"

#define NOW_MS INT64_C(1795253000123)  /* 2026-11-21T09:23:20Z */

/* What travels beside a body. */
struct envelope {
	char merchant[40], timestamp[24], nonce[80], signature[120];
};

struct provider {
	struct sign_key *our_key, *provider_key;
	struct channel_account account;
	const struct channel_driver *driver;
};

void provider_open(struct provider *p);
void provider_close(struct provider *p);

/* A question about payment G1 of 12.34 yuan. */
struct channel_question question(enum channel_ask ask);

/* Signs a body as the provider does, at at_s. */
void seal(const struct provider *p, const char *body, size_t n, int64_t at_s, struct envelope *ret);

/* A message of that body in that envelope; an empty member is not sent. */
struct channel_message message(int status, const char *body, const struct envelope *envelope);

/* Signs the body now, and reads it as the reply to the question. */
struct channel_answer hear(const struct provider *p, enum channel_ask ask, int status, const char *body);

extern const struct test reply_tests[], notice_tests[];
extern const size_t n_reply_tests, n_notice_tests;

#endif
