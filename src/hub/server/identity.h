/* Who the hub is: the files of its keys, in its data directory.
 *
 *   ca.key ca.pem            the authority that vouches for the hub alone
 *   tls.key tls.pem          what it speaks TLS with
 *   statement.key            Ed25519: signs payment statements
 *   sandbox.key sandbox.pub  Ed25519: signs requests to the practice provider
 *
 * Keys are of mode 0600. Tills pin tls.key, so it stays as long as they do. */
#ifndef SERVER_IDENTITY_H
#define SERVER_IDENTITY_H

#include "crypt/certificate.h"
#include "crypt/crypt.h"
#include "wire/enrol_code.h"

struct identity {
	struct certificate tls;
	certificate_pem ca;
	certificate_pin pin;
	struct sign_key *statement, *sandbox;
};

/* Makes the files in a directory that is there, for a server of names[0..n).
 * FAULT_HUB_ALREADY_THERE when it has keys. */
enum fault_code identity_make(const char *dir, const char *const *names, size_t n,
			      struct fault *fault);

/* FAULT_HUB_NOT_FOUND when init was not run, FAULT_FILE_NOT_READABLE,
 * FAULT_CERTIFICATE_REFUSED. */
enum fault_code identity_load(const char *dir, struct identity *ret, struct fault *fault);

/* Wipes the keys. Accepts NULL and a zeroed one. */
void identity_release(struct identity *identity);

/* Fills in whom a till is to trust; the secret stays as it is. */
enum fault_code identity_pins(const struct identity *identity, struct wire_enrol_code *ret,
			      struct fault *fault);

#endif
