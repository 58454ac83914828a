/* OpenSSL, started when first needed. Inside the room only. */
#ifndef CRYPT_START_H
#define CRYPT_START_H

#include <openssl/evp.h>

/* SHA-256 as fetched once for the process; NULL when OpenSSL cannot start.
 * Every function that calls OpenSSL calls this first. */
const EVP_MD *crypt_sha256(void);

#endif
