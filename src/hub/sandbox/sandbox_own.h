/* The provider's own parts; inside this room only. */
#ifndef SANDBOX_SANDBOX_OWN_H
#define SANDBOX_SANDBOX_OWN_H

#include "json/json.h"
#include "sandbox/sandbox.h"
#include "store/db.h"

enum {
	NUMBER_MAX = 32,      /* of a payment or refund */
	WALLET_MAX = 15,
	CHANNEL_NO_MAX = 32,
	TOKEN_LETTERS = 22,   /* of a wallet page: 128 random bits */
	URL_MAX = 255,
	CLOCK_S = 300,
	REFUNDS_MAX = 50,
};

struct sandbox {
	struct sandbox_options options;
	struct db *db;
};

int64_t sandbox_now(const struct sandbox *sandbox);

/* ---- simulated customers (customer.c) ---- */

enum customer_answer { CUSTOMER_PLAIN, CUSTOMER_SILENT, CUSTOMER_ERRING };
enum customer_deed { DEED_NOTHING, DEED_PAYS, DEED_TWICE, DEED_GIVES_UP, DEED_CANNOT };
enum customer_when { WHEN_ONCE, WHEN_WAIT, WHEN_PIN, WHEN_EXPIRY };
enum customer_notices { NOTICES_TOLD, NOTICES_LOST, NOTICES_REPEATED };

enum customer_number {
#define CUSTOMER(digits, name, ...) CUSTOMER_##name,
#include "sandbox/customers.def"
#undef CUSTOMER
	CUSTOMERS,
	NO_CUSTOMER = -1,
};

struct customer {
	const char *digits;
	enum customer_answer answer;
	enum customer_deed deed;
	enum customer_when when;
	enum customer_notices notices;
	int64_t recalls;
	const char *refusal;
	const char *button, *help;  /* untranslated */
};

const struct customer *customer_of(int number);

/* Which customer a payment code is of, and which wallet it is from; NULL for
 * no code of a wallet. */
const char *customer_code_wallet(const char *code);
int customer_of_code(const char *code);

/* Another wallet than this one. */
const char *customer_other_wallet(const char *wallet);

/* The wallets; the word is NULL behind the last. */
struct wallet {
	const char *word, *label;  /* the label untranslated */
};
extern const struct wallet customer_wallets[];

/* ---- payments (payment_row.c, fate.c) ---- */

enum pay_state { PAY_NOTPAY, PAY_USERPAYING, PAY_SUCCESS, PAY_CLOSED, PAY_REVOKED, PAY_PAYERROR,
		 PAY_REFUND, PAY_STATES };

const char *pay_state_word(enum pay_state state);

struct payment {
	char merchant[SANDBOX_MERCHANT_MAX + 1], out_no[NUMBER_MAX + 1];
	bool by_code;
	enum pay_state state;
	int customer;             /* NO_CUSTOMER until one has come */
	char wallet[WALLET_MAX + 1];
	struct money amount;
	int64_t created_ms, expires_ms;
	enum customer_deed deed;  /* still to be done */
	int64_t deed_ms;
	int64_t silent, erring;   /* requests that will be answered so */
	int64_t recalls;
	char refusal[32];         /* why it could not be paid */
	char token[TOKEN_LETTERS + 1];
	char notify_url[URL_MAX + 1];
	uint8_t digest[DIGEST_SIZE];  /* of the request that made it; zero: of none */
};

struct capture {
	char channel_no[CHANNEL_NO_MAX + 1];
	char wallet[WALLET_MAX + 1];
	int64_t n, amount_minor, paid_ms, given_back_minor;
	bool revoked;
};

/* A payment that nobody has asked to be paid: closed, so that it never can be. */
void payment_tomb(struct payment *p, const char *merchant, const char *out_no, int64_t now_ms);

/* *ret_found says whether it is there, and *ret is then what time has made of
 * it until now. */
enum fault_code payment_find(struct sandbox *sandbox, const char *merchant, const char *out_no,
			     struct payment *ret, bool *ret_found, struct fault *fault);
enum fault_code payment_find_token(struct sandbox *sandbox, const char *token, struct payment *ret,
				   bool *ret_found, struct fault *fault);
enum fault_code payment_add(struct sandbox *sandbox, const struct payment *p, struct fault *fault);
enum fault_code payment_save(struct sandbox *sandbox, const struct payment *p, struct fault *fault);

/* The n-th capture of a payment (from 1), or the one of that channel number. */
enum fault_code capture_find(struct sandbox *sandbox, const struct payment *p, int64_t n,
			     const char *channel_no, struct capture *ret, bool *ret_found,
			     struct fault *fault);
enum fault_code capture_add(struct sandbox *sandbox, const struct payment *p, const struct capture *c,
			    struct fault *fault);
/* Gives back all of every capture. */
enum fault_code capture_revoke(struct sandbox *sandbox, const struct payment *p, struct fault *fault);

/* A customer comes to a payment: what happens at once is done. */
enum fault_code fate_meet(struct sandbox *sandbox, struct payment *p, int customer, const char *wallet,
			  struct fault *fault);
/* What has become due by now, in its order. */
enum fault_code fate_live(struct sandbox *sandbox, struct payment *p, int64_t now_ms, bool *ret_changed,
			  struct fault *fault);
/* When something becomes due. */
int64_t fate_next(const struct payment *p);
bool pay_is_open(enum pay_state state);

/* The payment as JSON; c may be NULL. */
void payment_put(struct json_writer *w, const char *name, const struct payment *p,
		 const struct capture *c);

/* ---- notices (notice.c) ---- */

/* Queues what is told of a capture. */
enum fault_code notice_add(struct sandbox *sandbox, const struct payment *p, const struct capture *c,
			   int64_t now_ms, struct fault *fault);
/* Hands what is due to the port. */
enum fault_code notice_send(struct sandbox *sandbox, int64_t now_ms, struct fault *fault);

/* ---- calls (dispatch.c) ---- */

enum refusal {
	REFUSAL_NONE,
#define REFUSAL(name, status, message) REFUSAL_##name,
#include "sandbox/refusals.def"
#undef REFUSAL
	REFUSALS
};

/* By its code; REFUSAL_SYSTEM_ERROR for others. */
enum refusal refusal_of(const char *code);

struct call {
	struct sandbox *sandbox;
	const struct sandbox_request *request;
	struct sandbox_reply *reply;
	char merchant[SANDBOX_MERCHANT_MAX + 1];
	char part[NUMBER_MAX + 1];    /* of the path */
	char out_no[NUMBER_MAX + 1];  /* what refusals name, "" none */
	const struct json_value *body;  /* of a POST */
	int64_t now_ms;
	enum refusal refused;
	struct payment paid;            /* goes with ORDER_PAID */
	struct capture paid_by;
};

/* A handler writes the reply's body, or refuses with call_refuse. A fault is
 * the house's own trouble: nothing is kept, SYSTEM_ERROR is answered. */
typedef enum fault_code handler(struct call *call, struct fault *fault);
handler code_create, qr_create, payment_get, payment_close, payment_reverse, refund_create, refund_get,
	bill_get;

/* Returns FAULT_NONE, so that a handler can end with it. */
enum fault_code call_refuse(struct call *call, enum refusal refusal);

/* The same because it is paid: the payment goes with the refusal. */
enum fault_code call_refuse_paid(struct call *call, const struct payment *p, struct fault *fault);

/* Whether a number is 1 to 32 of 0-9 A-Z a-z. */
bool is_number(const char *text);

/* Members of the body; false when missing or wrong. */
bool call_text(const struct call *call, const char *name, char *ret, size_t size);
bool call_money(const struct call *call, struct money *ret);
bool call_time(const struct call *call, const char *name, int64_t *ret_ms);

/* Answers with the payment, as its customer has it answered; saves it. */
enum fault_code call_answer(struct call *call, struct payment *p, struct fault *fault);

/* Signs bytes that travel in `headers`. */
enum fault_code sign_message(struct sandbox *sandbox, const char *merchant, const char *body, size_t n,
			     struct sandbox_header *headers, size_t *n_headers);

/* A moment as RFC 3339 at Beijing's offset. */
void put_time(struct json_writer *w, const char *name, int64_t ms);

/* Random letters of base64url into out[TOKEN_LETTERS + 1]. */
enum fault_code random_token(struct sandbox *sandbox, char *out, struct fault *fault);

/* ---- the wallet page (wallet_page.c) ---- */

/* Answers "/w/…"; a refusal is a page too. */
enum fault_code wallet_page(struct call *call, struct fault *fault);

/* A field of a form, decoded into out[size]; false when it is not there, is
 * there twice or does not fit. */
bool form_field(const char *form, size_t n, const char *name, char *out, size_t size);

#endif
