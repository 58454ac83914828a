/* SHA-256 and HMAC. The journal hashes an entry at every key, so the context
 * of a thread is made once and used again. */
#include "crypt/crypt.h"

#include <openssl/crypto.h>
#include <openssl/hmac.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "crypt/start.h"

struct hasher {
	EVP_MD_CTX *ctx;
	bool failed;
};

static pthread_once_t keyed = PTHREAD_ONCE_INIT;
static pthread_key_t hasher_key;
static bool have_key;

static void free_of_thread(void *h)
{
	hasher_free(h);
}

static void make_key(void)
{
	have_key = pthread_key_create(&hasher_key, free_of_thread) == 0;
}

/* This thread's hasher for one-shot digests; freed when the thread ends. */
static struct hasher *hasher_of_thread(void)
{
	struct hasher *h;

	pthread_once(&keyed, make_key);
	if (!have_key)
		return NULL;
	h = pthread_getspecific(hasher_key);
	if (h)
		return h;
	h = hasher_new();
	if (h && pthread_setspecific(hasher_key, h) != 0) {
		hasher_free(h);
		h = NULL;
	}
	return h;
}

struct hasher *hasher_new(void)
{
	struct hasher *h = calloc(1, sizeof *h);

	if (h && crypt_sha256())
		h->ctx = EVP_MD_CTX_new();
	if (h && h->ctx)
		return h;
	hasher_free(h);
	return NULL;
}

void hasher_free(struct hasher *h)
{
	if (!h)
		return;
	EVP_MD_CTX_free(h->ctx);
	free(h);
}

void hasher_begin(struct hasher *h)
{
	h->failed = EVP_DigestInit_ex2(h->ctx, crypt_sha256(), NULL) != 1;
}

void hasher_add(struct hasher *h, const void *bytes, size_t n)
{
	if (n && EVP_DigestUpdate(h->ctx, bytes, n) != 1)
		h->failed = true;
}

enum fault_code hasher_end(struct hasher *h, uint8_t ret_digest[DIGEST_SIZE])
{
	uint8_t digest[DIGEST_SIZE];

	if (h->failed || EVP_DigestFinal_ex(h->ctx, digest, NULL) != 1)
		return FAULT_OUT_OF_MEMORY;
	memcpy(ret_digest, digest, DIGEST_SIZE);
	return FAULT_NONE;
}

enum fault_code digest_sha256(const void *bytes, size_t n, uint8_t ret_digest[DIGEST_SIZE])
{
	struct hasher *h = hasher_of_thread();

	if (!h)
		return FAULT_OUT_OF_MEMORY;
	hasher_begin(h);
	hasher_add(h, bytes, n);
	return hasher_end(h, ret_digest);
}

enum fault_code digest_hmac(const void *key, size_t key_n, const void *bytes, size_t n,
			    uint8_t ret_digest[DIGEST_SIZE])
{
	uint8_t digest[DIGEST_SIZE];
	const EVP_MD *md = crypt_sha256();

	if (!md || key_n > INT32_MAX ||
	    !HMAC(md, key_n ? key : "", (int)key_n, bytes, n, digest, NULL))
		return FAULT_OUT_OF_MEMORY;
	memcpy(ret_digest, digest, DIGEST_SIZE);
	return FAULT_NONE;
}

void digest_format(const uint8_t digest[DIGEST_SIZE], digest_text out)
{
	static const char hex[] = "0123456789abcdef";

	for (size_t i = 0; i < DIGEST_SIZE; i++) {
		out[2 * i] = hex[digest[i] >> 4];
		out[2 * i + 1] = hex[digest[i] & 15];
	}
	out[2 * DIGEST_SIZE] = '\0';
}

bool digest_equal(const uint8_t *a, const uint8_t *b, size_t n)
{
	return CRYPTO_memcmp(a, b, n) == 0;
}
