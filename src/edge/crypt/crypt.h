/* Digests, signatures, random bytes, PIN hashes and files of secrets.
 *
 * Nothing is loaded or initialised until the first call that needs OpenSSL;
 * its configuration file is never read, so that a till behaves alike on every
 * machine. All functions may be called by several threads at once; one object
 * (struct hasher, struct sign_key) by one thread at a time. Calls that can
 * fail for want of memory say FAULT_OUT_OF_MEMORY and write nothing. */
#ifndef CRYPT_CRYPT_H
#define CRYPT_CRYPT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/fault.h"

enum {
	DIGEST_SIZE = 32,       /* SHA-256, HMAC-SHA-256 */
	SIGN_SEED_SIZE = 32,    /* Ed25519 private key */
	SIGN_PUBLIC_SIZE = 32,  /* Ed25519 public key */
	SIGNATURE_SIZE = 64,
	PIN_SALT_SIZE = 16,
	SECRET_FILE_MAX = 4096, /* bytes in a secret file */
};

/* Readies OpenSSL for a library that speaks TLS through it: the lean start
 * leaves out the table in which TLS looks up certificates' digests by name, and
 * for good. To be called before that library starts. */
void crypt_start_tls(void);

/* ---- digests ---- */

/* SHA-256 of bytes[0..n) (FIPS 180-4). */
enum fault_code digest_sha256(const void *bytes, size_t n, uint8_t ret_digest[DIGEST_SIZE]);

/* HMAC-SHA-256 (RFC 2104). */
enum fault_code digest_hmac(const void *key, size_t key_n, const void *bytes, size_t n,
			    uint8_t ret_digest[DIGEST_SIZE]);

/* 64 lower-case hexadecimal digits. */
typedef char digest_text[2 * DIGEST_SIZE + 1];
void digest_format(const uint8_t digest[DIGEST_SIZE], digest_text out);

/* Compares n bytes in a time that does not depend on them. */
bool digest_equal(const uint8_t *a, const uint8_t *b, size_t n);

/* SHA-256 over pieces: begin, add…, end; then begin again for the next. NULL
 * when memory is short. An error inside sticks and is told by hasher_end. */
struct hasher;
struct hasher *hasher_new(void);
void hasher_begin(struct hasher *h);
void hasher_add(struct hasher *h, const void *bytes, size_t n);
enum fault_code hasher_end(struct hasher *h, uint8_t ret_digest[DIGEST_SIZE]);
void hasher_free(struct hasher *h);

/* ---- random bytes ---- */

/* n bytes (any number) from the kernel's generator; waits until it is seeded. */
enum fault_code random_bytes(void *ret_bytes, size_t n);

/* Overwrites a secret in a way no compiler leaves out. Accepts NULL. */
void secret_wipe(void *bytes, size_t n);

/* ---- signatures: Ed25519 (RFC 8032) ---- */

struct sign_key;

/* A key from its 32 bytes, or a new one from the kernel's generator. The
 * caller frees it. */
enum fault_code sign_key_from_seed(const uint8_t seed[SIGN_SEED_SIZE], struct sign_key **ret_key);
enum fault_code sign_key_make(struct sign_key **ret_key);

/* Wipes and frees. Accepts NULL. */
void sign_key_free(struct sign_key *key);

/* The public half; lives as long as the key. */
const uint8_t *sign_key_public(const struct sign_key *key);

enum fault_code sign_key_sign(const struct sign_key *key, const void *bytes, size_t n,
			      uint8_t ret_signature[SIGNATURE_SIZE]);

/* Whether the signature over the bytes was made by the owner of the public
 * key. False too for malformed keys and when memory is short. */
bool signature_verify(const uint8_t public_key[SIGN_PUBLIC_SIZE], const void *bytes, size_t n,
		      const uint8_t signature[SIGNATURE_SIZE]);

/* The 32 private bytes as a secret file (below). */
enum fault_code sign_key_save(const struct sign_key *key, const char *path, struct fault *fault);
enum fault_code sign_key_load(const char *path, struct sign_key **ret_key, struct fault *fault);

/* ---- files of secrets ---- */

/* Writes a file of mode 0600 in one step: after a power cut there is the old
 * file or the new one, whole. n ≤ SECRET_FILE_MAX. FAULT_FILE_NOT_WRITABLE. */
enum fault_code secret_file_write(const char *path, const void *bytes, size_t n,
				  struct fault *fault);

/* Reads a whole secret file into ret_bytes[max]. FAULT_FILE_NOT_READABLE when
 * it cannot be read, is longer than max, or others than its owner may read or
 * write it. */
enum fault_code secret_file_read(const char *path, void *ret_bytes, size_t max, size_t *ret_n,
				 struct fault *fault);

/* ---- PINs: scrypt (RFC 7914) with N = 2^14, r = 8, p = 1 ---- */

/* "scrypt$14$8$1$" with the salt and the hash behind it in hexadecimal. */
typedef char pin_hash[128];

/* Hashes with a fresh salt, or with the one given. Takes some 40 ms and 16 MB
 * while it runs, on purpose. */
enum fault_code pin_hash_make(const char *pin, pin_hash ret_hash);
enum fault_code pin_hash_make_with(const char *pin, const uint8_t salt[PIN_SALT_SIZE],
				   pin_hash ret_hash);

/* Whether the PIN is the one that was hashed, with the cost written in the
 * hash (N up to 2^18, so that an old or a stronger hash still verifies); the
 * answer's time does not tell how much was right. False for malformed hashes. */
bool pin_hash_verify(const char *pin, const char *hash);

/* What they stand on: n_log2 is log2 N. */
enum fault_code scrypt_derive(const void *pass, size_t pass_n, const void *salt, size_t salt_n,
			      int n_log2, int r, int p, void *ret_key, size_t key_n);

#endif
