/* A private certificate authority and the servers it vouches for: P-256 keys,
 * X.509 certificates, both as PEM text. */
#ifndef CRYPT_CERTIFICATE_H
#define CRYPT_CERTIFICATE_H

#include <stddef.h>
#include <stdint.h>

#include "base/fault.h"

enum {
	CERTIFICATE_PEM_MAX = 4096, /* longest PEM text, its NUL included */
	CERTIFICATE_NAMES_MAX = 16, /* names and addresses of one server */
};

typedef char certificate_pem[CERTIFICATE_PEM_MAX];

/* A private key and its certificate. Wipe the key with secret_wipe. */
struct certificate {
	certificate_pem key;   /* PKCS#8, not encrypted: for a secret file */
	certificate_pem text;
};

/* When a certificate is good, in UTC seconds since 1970, both included. */
struct certificate_time {
	int64_t from_s, until_s;
};

/* "sha256//" and 44 letters: the digest of the public key (its
 * SubjectPublicKeyInfo) as curl pins it. Survives a renewed certificate as long
 * as the key stays. */
typedef char certificate_pin[56];

/* A new authority that signs itself: it may sign servers and nothing else.
 * `name` is for people (UTF-8, at most 64 characters).
 * FAULT_CERTIFICATE_REFUSED, FAULT_OUT_OF_MEMORY. */
enum fault_code certificate_make_ca(const char *name, struct certificate_time time,
				    struct certificate *ret_ca, struct fault *fault);

/* A new server key, signed by the authority for names[0..n): DNS names or IP
 * addresses, the first of which is its common name. */
enum fault_code certificate_make_server(const struct certificate *ca, const char *const *names,
					size_t n, struct certificate_time time,
					struct certificate *ret_server, struct fault *fault);

/* The pin of the first certificate of a PEM text. FAULT_CERTIFICATE_REFUSED. */
enum fault_code certificate_pin_of(const char *pem, certificate_pin ret_pin, struct fault *fault);

/* When the first certificate of a PEM text is good. */
enum fault_code certificate_time_of(const char *pem, struct certificate_time *ret_time,
				    struct fault *fault);

#endif
