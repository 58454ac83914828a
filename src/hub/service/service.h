/* The hub as its server sees it. One thread calls everything here: it owns the
 * database. The server collects what has come in, calls hub_begin, hands each
 * request, channel answer or tick in, calls hub_commit, and only then sends
 * replies and starts channel jobs: nothing is told before it is durable. */
#ifndef SERVICE_SERVICE_H
#define SERVICE_SERVICE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buffer.h"
#include "base/fault.h"
#include "base/ident.h"
#include "base/instant.h"
#include "money/money.h"
#include "payment/payment.h"

struct hub;
struct sign_key;

enum { HUB_KEY_SIZE = 32, HUB_KEYS_MAX = 2, HUB_URL_MAX = 80, HUB_CODE_MAX = 128 };

/* What a channel is to be asked, once the commit is done. The customer's code
 * is here and nowhere else: after a crash a payment is asked for, not sent
 * again. */
struct hub_job {
	enum payment_effect effect;
	struct ident merchant, payment;
	enum payment_channel channel;
	enum payment_kind kind;
	char number[PAYMENT_NUMBER_MAX + 1];
	struct money amount;
	int64_t expires_ms;
	char code[HUB_CODE_MAX + 1];
};

/* What came back, classified by the channel's driver. */
struct hub_answer {
	struct ident merchant, payment;
	enum payment_event_kind says;  /* ANSWER_… or REVERSE… */
	char channel_no[PAYMENT_CHANNEL_NO_MAX + 1];
	char wallet[16];               /* "wechat" … when the channel says it */
	char pay_token[64];            /* of a QR payment, for the pay page */
	char detail[PAYMENT_DETAIL_MAX + 1];
	struct money amount;           /* of ANSWER_PAID, as the channel says */
	int64_t paid_ms;
};

struct hub_ports {
	void *ctx;
	struct instant (*now)(void *ctx);
	enum fault_code (*random)(void *ctx, void *bytes, size_t n);
	/* Takes a job over; it is started after hub_commit and ends as
	 * hub_channel_answer. Dropped by hub_rollback. */
	void (*job)(void *ctx, const struct hub_job *job);
	/* Events of a merchant are new: long polls are to be asked again. */
	void (*wake)(void *ctx, const struct ident *merchant);
	/* One structured line, already masked, without its newline. */
	void (*log)(void *ctx, const char *json);
};

struct hub_options {
	const char *db_url;          /* "sqlite:PATH" */
	const char *public_url;      /* "https://HOST[:PORT]" of pay pages */
	const char *wallet_url;      /* of the practice provider's wallet, as customers reach it; "" none */
	const struct sign_key *key;  /* signs statements; the caller's */
	struct hub_ports ports;
	struct payment_timings timings[PAYMENT_CHANNELS];
	bool beside;                 /* from the shell, perhaps beside a server: nothing is taken up */
};

/* Opens the database and takes up what was under way: open payments are asked
 * for, never sent again. FAULT_SETTING_REFUSED for a public URL too long for a
 * QR of version 3 (53 bytes), and what db_open says. */
enum fault_code hub_open(const struct hub_options *options, struct hub **ret, struct fault *fault);
void hub_close(struct hub *hub);

enum fault_code hub_begin(struct hub *hub, struct fault *fault);
enum fault_code hub_commit(struct hub *hub, struct fault *fault);
void hub_rollback(struct hub *hub);

/* A request, its signature already checked against hub_till_keys. */
struct hub_request {
	const char *method, *path, *query;  /* query "" when there was none */
	const char *key;                    /* Idempotency-Key, "" none */
	const char *body;
	size_t n_body;
	bool is_signed;
	struct ident till;                  /* keyid of the signature */
	const uint8_t *public_key;          /* the one of the till's keys that fitted */
	const char *nonce;
	int64_t created_ms;
	const char *user_agent;
};

struct hub_reply {
	int status;
	const char *type;      /* "application/json", "text/html; charset=utf-8" */
	char location[256];    /* of a redirect, else "" */
	char policy[384];      /* Content-Security-Policy of a page, else "" */
	struct buffer body;
	/* A long poll without an event yet: ask again after a wake of this
	 * merchant, or at the deadline, which gives the empty answer. */
	bool wait;
	struct ident merchant;
	int64_t deadline_ms;
};

void hub_reply_init(struct hub_reply *reply);
void hub_reply_release(struct hub_reply *reply);

/* Keys a till may sign with now; returns how many. *ret_revoked says whether
 * the till was revoked (no keys then). */
size_t hub_till_keys(struct hub *hub, const struct ident *till,
		     uint8_t ret_keys[HUB_KEYS_MAX][HUB_KEY_SIZE], bool *ret_revoked);

/* Answers a request; refusals are answers too. `final` makes a long poll
 * answer with what there is. */
void hub_handle(struct hub *hub, const struct hub_request *request, bool final,
		struct hub_reply *reply);

/* The answer to a refusal met before the service was asked (signature, limits). */
void hub_refuse(struct hub *hub, const struct fault *fault, struct hub_reply *reply);

/* What a channel said, or that it said nothing (ANSWER_UNKNOWN). */
enum fault_code hub_channel_answer(struct hub *hub, const struct hub_answer *answer,
				   struct fault *fault);

/* A notice, verified by the driver: taken once by (channel, id), as an answer;
 * one that comes again is well and does nothing. Refused, it leaves nothing
 * behind and may come again: FAULT_HUB_NO_SUCH for a number that is not ours,
 * else what the payment machine says. */
enum fault_code hub_notice(struct hub *hub, const char *channel, const char *id, const char *number,
			   const struct hub_answer *answer, struct fault *fault);

/* How often payments came into each state since the hub was opened, and how
 * many are open now. */
struct hub_counts {
	uint64_t entered[PAYMENT_STATES];
	int64_t open;
};
void hub_count(struct hub *hub, struct hub_counts *ret);

/* Acts on deadlines that have passed. */
enum fault_code hub_tick(struct hub *hub, struct fault *fault);

/* When hub_tick has something to do next, PAYMENT_NEVER when nothing. */
int64_t hub_next_ms(struct hub *hub);

/* Whether another program has written into the database since this was last
 * asked: long polls are to be asked again. */
bool hub_changed_outside(struct hub *hub);

/* Checks what must always hold in the ledgers; tells each fault found (a
 * sentence), and returns how many there are. Outside of a transaction: others
 * may write meanwhile. */
size_t hub_check(struct hub *hub, void (*tell)(void *ctx, const char *sentence), void *ctx);

/* How many migrations the schema of this version has. */
int64_t hub_schema_version(void);

/* A consistent copy of the database; outside of a transaction. */
enum fault_code hub_backup(struct hub *hub, const char *path, struct fault *fault);

/* ---- set-up, from the shell ---- */

enum fault_code hub_add_merchant(struct hub *hub, const char *name, enum currency currency,
				 struct ident *ret, struct fault *fault);
enum fault_code hub_add_store(struct hub *hub, const struct ident *merchant, const char *number,
			      const char *name, struct ident *ret, struct fault *fault);
enum fault_code hub_add_till(struct hub *hub, const struct ident *merchant, const char *store_number,
			     const char *number, struct ident *ret, struct fault *fault);
enum fault_code hub_add_cashier(struct hub *hub, const struct ident *merchant, const char *id,
				const char *name, const char *role, const char *pin,
				struct fault *fault);
/* A one-time code for a till: 26 letters (128 random bits); the caller puts
 * the fingerprint of the hub's keys behind it. */
enum fault_code hub_make_code(struct hub *hub, const struct ident *merchant, const char *store_number,
			      const char *number, int64_t valid_ms, ident_text ret_code,
			      struct fault *fault);
enum fault_code hub_revoke_till(struct hub *hub, const struct ident *merchant,
				const char *store_number, const char *number, struct fault *fault);
/* The only merchant, or the one of that name. */
enum fault_code hub_find_merchant(struct hub *hub, const char *name, struct ident *ret,
				  enum currency *ret_currency, struct fault *fault);

#endif
