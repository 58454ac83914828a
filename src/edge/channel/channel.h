/* Payment providers, one driver each: bytes out, bytes in, no sockets.
 *
 * A driver builds a request, and reads what came back as an event of the
 * payment machine. It decides with a closed list: what the provider has signed,
 * what is about this payment, this amount and this merchant, and what the
 * driver knows to be definite. All else is unknown, and the machine asks again.
 *
 * A new provider is one file with its functions and one row in drivers.def. */
#ifndef CHANNEL_CHANNEL_H
#define CHANNEL_CHANNEL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buffer.h"
#include "base/fault.h"
#include "crypt/crypt.h"
#include "money/money.h"
#include "payment/payment.h"

enum {
	CHANNEL_HEADERS_MAX = 8,
	CHANNEL_HEADER_NAME_MAX = 32,
	CHANNEL_HEADER_VALUE_MAX = 160,
	CHANNEL_PATH_MAX = 160,
	CHANNEL_BODY_MAX = 16384,    /* bytes of a request, a reply or a notice */
	CHANNEL_NONCE_SIZE = 16,
	CHANNEL_TOKEN_MAX = 63,
	CHANNEL_WALLET_MAX = 15,
	CHANNEL_EVENT_MAX = 63,
	CHANNEL_CLOCK_S = 300,       /* how far the provider's clock may be off */
};

/* Who we are at the provider. What the pointers name stays the caller's. */
struct channel_account {
	const char *merchant;        /* our number there */
	const struct sign_key *key;  /* signs our requests */
	uint8_t provider_key[SIGN_PUBLIC_SIZE];  /* proves its replies and notices */
	const char *notify_url;      /* where its notices go; "" none */
};

/* What a provider can be asked. */
enum channel_ask {
	CHANNEL_PAY_CODE,      /* take the money by the customer's code */
	CHANNEL_PAY_QR,        /* open a payment that the customer begins */
	CHANNEL_QUERY,
	CHANNEL_CLOSE,         /* end one that is not paid */
	CHANNEL_REVERSE,       /* end one, give back what was paid */
	CHANNEL_REFUND,        /* give back a part of one that is paid, or all */
	CHANNEL_REFUND_QUERY,
	CHANNEL_ASKS
};

/* One question. The reply is read with the same struct: it says what the
 * reply must be about. */
struct channel_question {
	enum channel_ask ask;
	const char *number;          /* of the payment at the channel */
	struct money amount;         /* of the payment */
	int64_t expires_ms;          /* CHANNEL_PAY_…: refused when it comes later */
	const char *code;            /* CHANNEL_PAY_CODE: the customer's; never kept */
	const char *refund_number;   /* CHANNEL_REFUND…: one for each intent to refund */
	struct money refund_amount;  /* CHANNEL_REFUND… */
	const char *channel_no;      /* CHANNEL_REFUND: which of several captures; "" the first */
	int64_t now_ms;
	uint8_t nonce[CHANNEL_NONCE_SIZE];  /* random, fresh for each request */
};

struct channel_header {
	char name[CHANNEL_HEADER_NAME_MAX];
	char value[CHANNEL_HEADER_VALUE_MAX];
};

/* Bytes to send. `path` has no query; the body may hold a payment code. */
struct channel_request {
	const char *method;
	char path[CHANNEL_PATH_MAX];
	struct channel_header headers[CHANNEL_HEADERS_MAX];
	size_t n_headers;
	struct buffer body;
};

/* Copies a header (any case) into out[size]; false when it is not there or
 * does not fit. */
typedef bool channel_header_of(const void *ctx, const char *name, char *out, size_t size);

/* Bytes that came: a reply, or a notice. */
struct channel_message {
	int status;                  /* of a reply; 0 when none came */
	channel_header_of *header;
	const void *ctx;
	const char *body;
	size_t n_body;
	int64_t now_ms;
};

/* What has become of a refund. */
enum channel_refund {
	CHANNEL_REFUND_UNKNOWN,  /* ask again with the same number */
	CHANNEL_REFUND_PENDING,  /* accepted, not done */
	CHANNEL_REFUND_DONE,
	CHANNEL_REFUND_REFUSED,  /* will not be done */
};

/* What a provider has said. */
struct channel_answer {
	enum payment_event_kind says;  /* ANSWER_…, REVERSED, EXPIRED, REVERSE_… */
	enum channel_refund refund;    /* of CHANNEL_REFUND…, then `says` is ANSWER_UNKNOWN */
	char channel_no[PAYMENT_CHANNEL_NO_MAX + 1];
	char wallet[CHANNEL_WALLET_MAX + 1];  /* "wechat"; "" not said */
	char pay_token[CHANNEL_TOKEN_MAX + 1];  /* CHANNEL_PAY_QR */
	char detail[PAYMENT_DETAIL_MAX + 1];  /* the provider's code, or our doubt in capitals */
	struct money amount;           /* ANSWER_PAID: as the provider says */
	int64_t paid_ms;               /* ANSWER_PAID */
	bool recall;                   /* the provider asks for the reversal again */
};

/* A notice, proven to be the provider's and for us. Whose payment it is, and
 * whether number, amount and currency are that payment's, is the caller's to
 * check: payment_decide does with what is in `answer`. */
struct channel_notice {
	char id[CHANNEL_EVENT_MAX + 1];  /* the same each time it is sent */
	char number[PAYMENT_NUMBER_MAX + 1];
	struct channel_answer answer;
};

struct channel_driver {
	enum payment_channel channel;
	/* FAULT_CHANNEL_REQUEST for a question that cannot be put (a number, code
	 * or amount the provider would not take). *ret is released by the caller. */
	enum fault_code (*build)(const struct channel_account *account,
				 const struct channel_question *question,
				 struct channel_request *ret, struct fault *fault);
	/* Never fails: what cannot be believed is unknown. */
	void (*read)(const struct channel_account *account, const struct channel_question *question,
		     const struct channel_message *reply, struct channel_answer *ret);
	/* FAULT_CHANNEL_NOTICE: answer it with that row's status, take nothing
	 * from it. Otherwise take it, commit, and answer 204. */
	enum fault_code (*notice)(const struct channel_account *account,
				  const struct channel_message *notice,
				  struct channel_notice *ret, struct fault *fault);
};

/* The channel's driver; NULL when it has none (cash, stored value). */
const struct channel_driver *channel_driver(enum payment_channel channel);

/* The machine's effect as a question; only for effects that ask something. */
enum channel_ask channel_ask_of(enum payment_effect effect, enum payment_kind kind);

/* What may be said when no reply can be read: ANSWER_UNKNOWN or REVERSE_UNKNOWN. */
enum payment_event_kind channel_unknown(enum channel_ask ask);

/* Frees the body, which is overwritten before. Accepts NULL. */
void channel_request_release(struct channel_request *request);

#endif
