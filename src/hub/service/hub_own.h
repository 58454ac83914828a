/* The hub's own parts; inside this room only. */
#ifndef SERVICE_HUB_OWN_H
#define SERVICE_HUB_OWN_H

#include "service/service.h"
#include "store/db.h"
#include "wire/wire.h"

struct hub {
	struct hub_options options;
	char public_url[HUB_URL_MAX + 1], wallet_url[HUB_URL_MAX + 1];
	struct db *db;
	uint64_t entered[PAYMENT_STATES];
};

/* One request on its way through its handler. */
struct hub_call {
	struct hub *hub;
	const struct hub_request *request;
	const struct wire_route_row *route;
	char part[64];              /* of the path */
	struct ident merchant;
	enum currency currency;
	struct ident store;
	struct instant now;
	const void *body;           /* the route's request message */
	void *answer;               /* the route's reply message, zeroed; released by the dispatch */
	struct hub_reply *reply;
	bool final;                 /* a long poll has waited long enough */
};

/* Runs a handler: fills call->answer, or refuses. */
typedef enum fault_code hub_handler(struct hub_call *call, struct fault *fault);
#define ROUTE(id, ...) hub_handler id;
#include "wire/routes.def"
#undef ROUTE

enum fault_code hub_random_ident(struct hub *hub, struct ident *ret, struct fault *fault);
struct instant hub_now(const struct hub *hub);

/* Milliseconds as RFC 3339 in UTC. */
void hub_time_text(int64_t ms, char *out, size_t size);

/* Reads the ident of call->part: FAULT_HUB_NO_SUCH. */
enum fault_code hub_part_ident(const struct hub_call *call, struct ident *ret, struct fault *fault);

/* Appends an event and wakes who waits; `message` is written as its body. */
enum fault_code hub_add_event(struct hub *hub, const struct ident *merchant, const char *kind,
			      enum wire_message message, const void *from, struct fault *fault);

/* A payment with its row. */
struct hub_payment {
	struct ident merchant, till;
	struct payment_attempt attempt;
	char token[32];
	char wallet[16];
	char pay_token[64];
	char reason[161];
	struct buffer statement;    /* JSON of the message statement, empty before the end */
};

void hub_payment_release(struct hub_payment *p);
/* By id, within a merchant; FAULT_HUB_NO_SUCH. */
enum fault_code hub_payment_load(struct hub *hub, const struct ident *merchant,
				 const struct ident *id, struct hub_payment *ret, struct fault *fault);
enum fault_code hub_payment_add(struct hub *hub, const struct hub_payment *p, struct fault *fault);
/* Compare-and-set on the version the change was decided on. */
enum fault_code hub_payment_save(struct hub *hub, const struct hub_payment *p,
				 uint64_t decided_on, struct fault *fault);
/* One event through the machine: decided, kept, its effect asked for, its
 * consequences (order, statement, event, exception) written. `code` is the
 * customer's for a first send, else "". */
enum fault_code hub_payment_do(struct hub *hub, struct hub_payment *p, struct payment_event *event,
			       const char *code, struct fault *fault);
/* As the message tills get. Release it with wire_release. */
enum fault_code hub_payment_message(struct hub *hub, const struct hub_payment *p,
				    struct wire_payment_reply *ret, struct fault *fault);

/* A line of the log about a payment; `why` may be "". */
void hub_log_payment(const struct hub *hub, const char *event, const struct hub_payment *p,
		     const char *why);

/* GET and POST of /p/TOKEN. */
bool hub_is_pay_page(const struct hub_request *request);
void hub_pay_page(struct hub *hub, const struct hub_request *request, struct hub_reply *reply);

/* Open payments of before: asked for or reversed again, never sent again. */
enum fault_code hub_take_up(struct hub *hub, struct fault *fault);

/* How an order stands: total, paid, state. FAULT_HUB_NO_SUCH. */
struct hub_order {
	struct ident till;
	int64_t number, total_minor, paid_minor;
	char state[16];
};
enum fault_code hub_order_load(struct hub *hub, const struct ident *merchant, const struct ident *id,
			       struct hub_order *ret, struct fault *fault);

#endif
