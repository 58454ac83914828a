/* The practice provider: requests in, replies out, notices through a port. No
 * socket, no clock and no random source of its own, so that a simulation can
 * drive it. One thread at a time.
 *
 * What it answers is kept before it is answered; payments, refunds and notices
 * survive a restart. */
#ifndef SANDBOX_SANDBOX_H
#define SANDBOX_SANDBOX_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buffer.h"
#include "base/fault.h"
#include "crypt/crypt.h"
#include "money/money.h"

enum {
	SANDBOX_BODY_MAX = 16384,      /* bytes of a request */
	SANDBOX_HEADERS_MAX = 8,
	SANDBOX_NOTICE_TRIES_MAX = 24, /* waits between tries */
	SANDBOX_MERCHANT_MAX = 32,
	SANDBOX_NAME_MAX = 64,
};

/* A time that never comes. */
#define SANDBOX_NEVER INT64_MAX

/* How long things take, in milliseconds. */
struct sandbox_times {
	int64_t delay_ms;          /* before every reply */
	int64_t wait_ms;           /* until a customer who waits pays */
	int64_t pin_ms;            /* until a customer has typed the PIN, or gives up */
	int64_t refund_ms;         /* until a refund is done */
	int64_t reverse_after_ms;  /* how old a payment must be to be reversed */
	int64_t again_ms;          /* between the repetitions of a notice that is repeated */
	int64_t notice_ms[SANDBOX_NOTICE_TRIES_MAX];  /* waits after each try that failed */
	size_t n_notice;
};

/* As the real providers: PIN 5 s, notices over a day. */
void sandbox_times_init(struct sandbox_times *times);

struct sandbox_header {
	const char *name;
	char value[192];
};

struct sandbox_request {
	const char *method, *path, *query;  /* query "" when there is none */
	/* A header by its name as written here; NULL when it was not sent. */
	const char *(*header)(const void *ctx, const char *name);
	const void *ctx;
	const char *body;
	size_t n_body;
};

struct sandbox_reply {
	int status;
	const char *type;
	struct sandbox_header headers[SANDBOX_HEADERS_MAX];
	size_t n_headers;
	struct buffer body;
	int64_t delay_ms;    /* hold it that long */
	bool silent;         /* never send it: let the other side wait */
};

void sandbox_reply_init(struct sandbox_reply *reply);
void sandbox_reply_release(struct sandbox_reply *reply);

/* A POST to make; ends as sandbox_notice_done. Nothing of it is needed after
 * the port returns. */
struct sandbox_notice {
	int64_t id;
	const char *url;
	const struct sandbox_header *headers;
	size_t n_headers;
	const char *body;
	size_t n_body;
};

struct sandbox_ports {
	void *ctx;
	int64_t (*now_ms)(void *ctx);  /* UTC */
	enum fault_code (*random)(void *ctx, void *bytes, size_t n);
	void (*notify)(void *ctx, const struct sandbox_notice *notice);
};

struct sandbox_options {
	const char *db_url;          /* "sqlite:PATH" */
	const struct sign_key *key;  /* signs replies and notices; the caller's */
	struct sandbox_times times;
	struct sandbox_ports ports;
};

struct sandbox;

enum fault_code sandbox_open(const struct sandbox_options *options, struct sandbox **ret,
			     struct fault *fault);
/* Accepts NULL. */
void sandbox_close(struct sandbox *sandbox);

/* Adds a merchant, or gives one that is there another name and key. Numbers
 * are of 0-9 A-Z a-z: FAULT_INPUT_BAD_TEXT. */
enum fault_code sandbox_set_merchant(struct sandbox *sandbox, const char *number, const char *name,
				     const uint8_t public_key[SIGN_PUBLIC_SIZE], struct fault *fault);

/* Answers a request; refusals are answers too. */
void sandbox_handle(struct sandbox *sandbox, const struct sandbox_request *request,
		    struct sandbox_reply *reply);

/* Lets time pass: customers act, notices that are due go out. Call it after
 * sandbox_handle and when sandbox_next_ms has come. */
enum fault_code sandbox_tick(struct sandbox *sandbox, struct fault *fault);
int64_t sandbox_next_ms(struct sandbox *sandbox);

/* How a notice ended: the HTTP status of its reply, 0 when none came. */
void sandbox_notice_done(struct sandbox *sandbox, int64_t id, int status);

/* What a merchant has, for those who compare books. */
struct sandbox_sums {
	int64_t captures, captured_minor;
	int64_t given_back_minor;  /* refunded or reversed */
	int64_t notices_open;      /* neither taken nor given up */
};
enum fault_code sandbox_sum(struct sandbox *sandbox, const char *merchant, struct sandbox_sums *ret,
			    struct fault *fault);

#endif
