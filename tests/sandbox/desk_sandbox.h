/* The provider with a clock, a random source and a post box of the test's own. */
#ifndef TESTS_SANDBOX_DESK_SANDBOX_H
#define TESTS_SANDBOX_DESK_SANDBOX_H

#include "json/json.h"
#include "sandbox/sandbox.h"
#include "suite.h"

#define START_MS INT64_C(1795253000000)  /* 2026-11-21T17:23:20+08:00 */
#define START_DAY "2026-11-21"

enum { POSTED_MAX = 256 };

/* A notice that went out. */
struct posted {
	int64_t id, at_ms;
	char url[256], event[32], out_no[40], state[16], channel_no[40], paid_at[40];
	bool is_signed;
	struct sandbox_reply raw;  /* headers and body as they were sent */
};

struct desk {
	struct sandbox *sandbox;
	struct sandbox_options options;
	char db_url[128];
	struct sign_key *merchant_key, *provider_key;
	int64_t now_ms;
	uint64_t random;
	bool no_post;          /* nobody takes notices */
	struct posted posted[POSTED_MAX];
	size_t n_posted;
	/* The last reply. */
	struct sandbox_reply reply;
	struct json_value *body;
	/* Of the next request, put back after it. */
	int64_t clock_off_ms;
	const char *merchant, *nonce, *spoil;  /* spoil: a header to leave out */
	bool spoil_signature;
};

/* With merchant 1000, "Tea & Co"; ":memory:" unless a file is named. */
void desk_open(struct desk *d, const char *file);
void desk_close(struct desk *d);
/* The same books, opened again. */
void desk_restart(struct desk *d);

/* Asks, signed; returns the status, 0 for silence. */
int desk_ask(struct desk *d, const char *method, const char *path, const char *body);

/* Asks as a browser does: unsigned. */
int desk_browse(struct desk *d, const char *method, const char *path, const char *query, const char *body);

/* A payment of 12.34 yuan, valid for 30 s, noticed to hub.example. */
int desk_pay_code(struct desk *d, const char *out_no, const char *code);
int desk_pay_qr(struct desk *d, const char *out_no);

/* Members of the last reply, "" and -1 when they are not there. */
const char *desk_text(const struct desk *d, const char *name);
int64_t desk_number(const struct desk *d, const char *name);

/* Asks how the payment stands: its state, or the refusal's code; "" silence. */
const char *desk_state(struct desk *d, const char *out_no);

/* Moves the clock, stopping wherever the provider has something to do; notices
 * are taken unless no_post. */
void desk_wait(struct desk *d, int64_t ms);

/* Presses a customer's button on the page of the payment with this token. */
int desk_press(struct desk *d, const char *token, const char *digits, const char *wallet);

extern const struct test customer_tests[], book_tests[], door_tests[];
extern const size_t n_customer_tests, n_book_tests, n_door_tests;

#endif
