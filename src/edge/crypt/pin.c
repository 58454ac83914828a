/* PINs are kept as scrypt hashes: slow to guess, also for who has the file. */
#include "crypt/crypt.h"

#include <openssl/evp.h>
#include <stdio.h>
#include <string.h>

#include "crypt/start.h"

enum { COST = 14, COST_MAX = 18, BLOCK = 8, PARALLEL = 1, HASH_SIZE = 32 };

enum fault_code scrypt_derive(const void *pass, size_t pass_n, const void *salt, size_t salt_n,
			      int n_log2, int r, int p, void *ret_key, size_t key_n)
{
	const uint64_t memory_max = UINT64_C(512) << 20;
	uint8_t key[64];
	enum fault_code code = FAULT_OUT_OF_MEMORY;

	if (key_n > sizeof key || n_log2 < 1 || n_log2 > 20 || r < 1 || p < 1 || !crypt_sha256())
		return code;
	if (EVP_PBE_scrypt(pass, pass_n, salt, salt_n, UINT64_C(1) << n_log2, (uint64_t)r,
			   (uint64_t)p, memory_max, key, key_n) == 1) {
		memcpy(ret_key, key, key_n);
		code = FAULT_NONE;
	}
	secret_wipe(key, sizeof key);
	return code;
}

static void put_hex(char *out, const uint8_t *bytes, size_t n)
{
	for (size_t i = 0; i < n; i++)
		snprintf(out + 2 * i, 3, "%02x", bytes[i]);
}

static int nibble(char c)
{
	return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* Reads n bytes of hexadecimal at *text, then `stop`; moves behind it. */
static bool take_hex(const char **text, uint8_t *bytes, size_t n, char stop)
{
	for (size_t i = 0; i < n; i++, *text += 2) {
		int high = nibble((*text)[0]), low = high < 0 ? -1 : nibble((*text)[1]);

		if (low < 0)
			return false;
		bytes[i] = (uint8_t)(high << 4 | low);
	}
	return *(*text)++ == stop;
}

/* Reads a number from 1 to max at *text, then a $; moves behind it. */
static bool take_number(const char **text, int max, int *ret)
{
	int value = 0;

	while (**text >= '0' && **text <= '9' && value <= max)
		value = value * 10 + (*(*text)++ - '0');
	*ret = value;
	return value >= 1 && value <= max && *(*text)++ == '$';
}

enum fault_code pin_hash_make_with(const char *pin, const uint8_t salt[PIN_SALT_SIZE],
				   pin_hash ret_hash)
{
	uint8_t key[HASH_SIZE];
	enum fault_code code = scrypt_derive(pin, strlen(pin), salt, PIN_SALT_SIZE, COST, BLOCK,
					     PARALLEL, key, sizeof key);
	int n;

	if (code != FAULT_NONE)
		return code;
	n = snprintf(ret_hash, sizeof(pin_hash), "scrypt$%d$%d$%d$", COST, BLOCK, PARALLEL);
	put_hex(ret_hash + n, salt, PIN_SALT_SIZE);
	n += 2 * PIN_SALT_SIZE;
	ret_hash[n++] = '$';
	put_hex(ret_hash + n, key, sizeof key);
	return FAULT_NONE;
}

enum fault_code pin_hash_make(const char *pin, pin_hash ret_hash)
{
	uint8_t salt[PIN_SALT_SIZE];
	enum fault_code code = random_bytes(salt, sizeof salt);

	return code == FAULT_NONE ? pin_hash_make_with(pin, salt, ret_hash) : code;
}

bool pin_hash_verify(const char *pin, const char *hash)
{
	static const char name[] = "scrypt$";
	uint8_t salt[PIN_SALT_SIZE], want[HASH_SIZE], key[HASH_SIZE];
	const char *p = hash + sizeof name - 1;
	int cost, block, parallel;

	if (strncmp(hash, name, sizeof name - 1) != 0 || !take_number(&p, COST_MAX, &cost) ||
	    !take_number(&p, BLOCK, &block) || !take_number(&p, 4, &parallel) ||
	    !take_hex(&p, salt, sizeof salt, '$') || !take_hex(&p, want, sizeof want, '\0'))
		return false;
	return scrypt_derive(pin, strlen(pin), salt, sizeof salt, cost, block, parallel, key,
			     sizeof key) == FAULT_NONE &&
		digest_equal(key, want, sizeof key);
}
