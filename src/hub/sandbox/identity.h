/* Who the provider is: its key, its certificate, the files that tell others;
 * inside this room only. */
#ifndef SANDBOX_IDENTITY_H
#define SANDBOX_IDENTITY_H

#include "base/fault.h"
#include "crypt/certificate.h"
#include "crypt/crypt.h"

struct identity {
	struct sign_key *key;       /* signs replies and notices */
	struct certificate tls;
};

/* Reads the identity of DIR, or makes it when there is none: sandbox.key and
 * tls.key (secret), sandbox.pub (base64), tls.pem and ca.pem (public). The
 * certificate is for names[0..n). */
enum fault_code identity_open(struct identity *ret, const char *dir, const char *const *names, size_t n,
			      int64_t now_s, struct fault *fault);
void identity_release(struct identity *id);

/* DIR/name, for people: "" when it is too long. */
const char *identity_path(const char *dir, const char *name, char *out, size_t size);

/* A file of base64: the 32 bytes of a public key. */
enum fault_code identity_read_public(const char *path, uint8_t ret_key[SIGN_PUBLIC_SIZE],
				     struct fault *fault);

/* A whole public file as text into out[size]. */
enum fault_code identity_read_text(const char *path, char *out, size_t size, struct fault *fault);

#endif
