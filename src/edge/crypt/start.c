/* Starts OpenSSL without its configuration, its error texts and its exit
 * handlers: a till must be on screen in a few milliseconds. */
#include "crypt/start.h"

#include <openssl/crypto.h>
#include <pthread.h>

#include "crypt/crypt.h"

static pthread_once_t started = PTHREAD_ONCE_INIT;
static EVP_MD *sha256;

static void start(void)
{
	const uint64_t lean = OPENSSL_INIT_NO_LOAD_CONFIG | OPENSSL_INIT_NO_LOAD_CRYPTO_STRINGS |
		OPENSSL_INIT_NO_ADD_ALL_CIPHERS | OPENSSL_INIT_NO_ADD_ALL_DIGESTS |
		OPENSSL_INIT_NO_ATEXIT;

	if (OPENSSL_init_crypto(lean, NULL) == 1)
		sha256 = EVP_MD_fetch(NULL, "SHA256", NULL);
}

const EVP_MD *crypt_sha256(void)
{
	pthread_once(&started, start);
	return sha256;
}

void crypt_start_tls(void)
{
	if (!crypt_sha256())
		return;
	EVP_add_digest(EVP_sha256());
	EVP_add_digest(EVP_sha384());
	EVP_add_digest(EVP_sha512());
}
