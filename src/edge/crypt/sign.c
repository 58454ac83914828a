/* Ed25519: the till signs its journal and its requests. */
#include "crypt/crypt.h"

#include <stdlib.h>
#include <string.h>

#include "base/mark.h"
#include "crypt/start.h"

struct sign_key {
	uint8_t seed[SIGN_SEED_SIZE];
	uint8_t public_key[SIGN_PUBLIC_SIZE];
	EVP_PKEY *pkey;
};

void sign_key_free(struct sign_key *key)
{
	if (!key)
		return;
	EVP_PKEY_free(key->pkey);
	secret_wipe(key, sizeof *key);
	free(key);
}

enum fault_code sign_key_from_seed(const uint8_t seed[SIGN_SEED_SIZE], struct sign_key **ret_key)
{
	struct sign_key *key = calloc(1, sizeof *key);
	size_t n = SIGN_PUBLIC_SIZE;

	if (!key || !crypt_sha256())
		goto fail;
	memcpy(key->seed, seed, SIGN_SEED_SIZE);
	key->pkey = EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, NULL, seed, SIGN_SEED_SIZE);
	if (!key->pkey || EVP_PKEY_get_raw_public_key(key->pkey, key->public_key, &n) != 1)
		goto fail;
	*ret_key = key;
	return FAULT_NONE;
fail:
	sign_key_free(key);
	return FAULT_OUT_OF_MEMORY;
}

enum fault_code sign_key_make(struct sign_key **ret_key)
{
	uint8_t seed[SIGN_SEED_SIZE];
	enum fault_code code = random_bytes(seed, sizeof seed);

	if (code == FAULT_NONE)
		code = sign_key_from_seed(seed, ret_key);
	secret_wipe(seed, sizeof seed);
	return code;
}

const uint8_t *sign_key_public(const struct sign_key *key)
{
	return key->public_key;
}

enum fault_code sign_key_sign(const struct sign_key *key, const void *bytes, size_t n,
			      uint8_t ret_signature[SIGNATURE_SIZE])
{
	EVP_MD_CTX *ctx = EVP_MD_CTX_new();
	uint8_t signature[SIGNATURE_SIZE];
	size_t signature_n = sizeof signature;
	enum fault_code code = FAULT_OUT_OF_MEMORY;

	if (ctx && EVP_DigestSignInit(ctx, NULL, NULL, NULL, key->pkey) == 1 &&
	    EVP_DigestSign(ctx, signature, &signature_n, bytes, n) == 1) {
		memcpy(ret_signature, signature, SIGNATURE_SIZE);
		code = FAULT_NONE;
	}
	EVP_MD_CTX_free(ctx);
	return code;
}

bool signature_verify(const uint8_t public_key[SIGN_PUBLIC_SIZE], const void *bytes, size_t n,
		      const uint8_t signature[SIGNATURE_SIZE])
{
	EVP_MD_CTX *ctx = NULL;
	EVP_PKEY *pkey = NULL;
	bool good = false;

	if (!crypt_sha256())
		return false;
	pkey = EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, NULL, public_key, SIGN_PUBLIC_SIZE);
	ctx = EVP_MD_CTX_new();
	good = pkey && ctx && EVP_DigestVerifyInit(ctx, NULL, NULL, NULL, pkey) == 1 &&
		EVP_DigestVerify(ctx, signature, SIGNATURE_SIZE, bytes, n) == 1;
	EVP_MD_CTX_free(ctx);
	EVP_PKEY_free(pkey);
	return good;
}

enum fault_code sign_key_save(const struct sign_key *key, const char *path, struct fault *fault)
{
	return secret_file_write(path, key->seed, SIGN_SEED_SIZE, fault);
}

enum fault_code sign_key_load(const char *path, struct sign_key **ret_key, struct fault *fault)
{
	uint8_t seed[SIGN_SEED_SIZE];
	size_t n;
	enum fault_code code = secret_file_read(path, seed, sizeof seed, &n, fault);

	if (code == FAULT_NONE && n != SIGN_SEED_SIZE)
		code = fault_set(fault, FAULT_FILE_NOT_READABLE, path, N_("it does not hold a key"));
	else if (code == FAULT_NONE && sign_key_from_seed(seed, ret_key) != FAULT_NONE)
		code = fault_set(fault, FAULT_OUT_OF_MEMORY, NULL, NULL);
	secret_wipe(seed, sizeof seed);
	return code;
}
