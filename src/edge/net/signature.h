/* Signed requests: HTTP Message Signatures (RFC 9421) by Ed25519 over what a
 * request says, and the digest of its body (RFC 9530).
 *
 * Bytes in, bytes out: no clock, no randomness, no socket. Covered are, each
 * once and in any order, "@method" "@path" "@query" "content-digest", and
 * "idempotency-key" when the signer adds it; the parameters are created, nonce,
 * keyid and alg="ed25519". "@authority" is not covered, as proxies change it.
 *
 * The receiver's order: signature_parse; look up the key; signature_check;
 * the nonce (net/nonce.h). A nonce is taken last, so that nobody without the
 * key can use it up. */
#ifndef NET_SIGNATURE_H
#define NET_SIGNATURE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/fault.h"
#include "crypt/crypt.h"

enum {
	SIGNATURE_KEY_ID_MAX = 64,  /* characters */
	SIGNATURE_NONCE_MAX = 64,
	SIGNATURE_NONCE_BYTES = 16, /* what signature_nonce makes one from */
	SIGNATURE_FIELD_MAX = 512,  /* longest value of each of the three fields */
	SIGNATURE_BASE_MAX = 16384, /* path, query and the rest together */
	SIGNATURE_COMPONENTS = 5,
};

/* What of a request is signed, as it stands on the wire. */
struct signature_request {
	const char *method;          /* "POST" */
	const char *path;            /* "/v1/orders", escapes as sent */
	const char *query;           /* behind the ?; "" or NULL when there is none */
	const char *idempotency_key; /* NULL when there is none */
	const void *body;
	size_t body_n;
};

/* Who signs, when, and what makes this signature one of its kind. Texts are of
 * letters, digits and - . _ : ~ + / = @. */
struct signature_params {
	const char *key_id;
	const char *nonce;
	int64_t created_s;           /* since 1970, UTC */
};

typedef char signature_field[SIGNATURE_FIELD_MAX + 1];

/* The values of the three header fields. */
struct signature_fields {
	signature_field content_digest;  /* Content-Digest */
	signature_field signature_input; /* Signature-Input */
	signature_field signature;       /* Signature */
};

/* A nonce from random bytes: 22 letters. */
typedef char signature_nonce_text[SIGNATURE_NONCE_MAX + 1];
void signature_nonce(const uint8_t random[SIGNATURE_NONCE_BYTES], signature_nonce_text out);

/* Signs. FAULT_SIGNATURE_REQUEST for a request, FAULT_SIGNATURE_MALFORMED for
 * params that cannot be signed (empty, too long, with spaces or control
 * characters), FAULT_OUT_OF_MEMORY. */
enum fault_code signature_make(const struct signature_request *request,
			       const struct signature_params *params, const struct sign_key *key,
			       struct signature_fields *ret_fields, struct fault *fault);

/* What a request's fields claim: nothing of it is proven yet. */
struct signature_claim {
	char key_id[SIGNATURE_KEY_ID_MAX + 1];
	char nonce[SIGNATURE_NONCE_MAX + 1];
	int64_t created_s;
	bool covers_idempotency_key;
	/* For signature_check alone. */
	uint8_t components[SIGNATURE_COMPONENTS];
	size_t n_components;
	signature_field params;      /* @signature-params in its canonical form */
	signature_field content_digest;
	uint8_t body_digest[DIGEST_SIZE];
	uint8_t signature[SIGNATURE_SIZE];
};

/* Reads the three fields; a NULL one was not sent. FAULT_SIGNATURE_MISSING,
 * _MALFORMED (form, size, more than one signature), _COMPONENTS (one missing,
 * twice or unknown), _ALGORITHM. */
enum fault_code signature_parse(const char *content_digest, const char *signature_input,
				const char *signature, struct signature_claim *ret_claim,
				struct fault *fault);

/* Proves a claim: that the body is the digest's and that the owner of the
 * public key signed this request. FAULT_SIGNATURE_DIGEST, _WRONG, _REQUEST
 * (not one that can be signed, or idempotency-key is covered and not sent). */
enum fault_code signature_check(const struct signature_claim *claim,
				const struct signature_request *request,
				const uint8_t public_key[SIGN_PUBLIC_SIZE], struct fault *fault);

#endif
