/* Tests of room crypt: the published vectors, and the files of secrets. */
#include "suite.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "crypt/crypt.h"

static size_t from_hex(const char *hex, uint8_t *out)
{
	size_t n = strlen(hex) / 2;

	for (size_t i = 0; i < n; i++) {
		char two[3] = { hex[2 * i], hex[2 * i + 1], '\0' };

		out[i] = (uint8_t)strtol(two, NULL, 16);
	}
	return n;
}

static void assert_bytes(const uint8_t *bytes, const char *hex)
{
	uint8_t want[256];
	size_t n = from_hex(hex, want);

	CU_ASSERT(memcmp(bytes, want, n) == 0);
}

/* FIPS 180-4's examples. */
static void sha256_gives_the_published_digests(void)
{
	static const struct { const char *text, *digest; } cases[] = {
		{ "", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855" },
		{ "abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad" },
		{ "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
		  "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1" },
	};

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		uint8_t digest[DIGEST_SIZE];
		digest_text text;

		ASSERT_NUMBER(digest_sha256(cases[i].text, strlen(cases[i].text), digest), FAULT_NONE);
		digest_format(digest, text);
		ASSERT_TEXT(text, cases[i].digest);
	}
}

static void a_hasher_takes_pieces_and_begins_again(void)
{
	struct hasher *h = hasher_new();
	char thousand[1000];
	uint8_t digest[DIGEST_SIZE];

	CU_ASSERT_PTR_NOT_NULL_FATAL(h);
	memset(thousand, 'a', sizeof thousand);
	for (int again = 0; again < 2; again++) {
		hasher_begin(h);
		for (int i = 0; i < 1000; i++)
			hasher_add(h, thousand, sizeof thousand);
		ASSERT_NUMBER(hasher_end(h, digest), FAULT_NONE);
		assert_bytes(digest, "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
	}
	hasher_begin(h);
	hasher_add(h, "lost", 4);
	hasher_begin(h);
	hasher_add(h, "a", 1);
	hasher_add(h, NULL, 0);
	hasher_add(h, "bc", 2);
	ASSERT_NUMBER(hasher_end(h, digest), FAULT_NONE);
	assert_bytes(digest, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
	hasher_free(h);
	hasher_free(NULL);
}

/* RFC 4231, cases 1, 2, 3 and 6. */
static void hmac_gives_the_published_digests(void)
{
	uint8_t key[131], data[50], digest[DIGEST_SIZE];
	static const char long_key[] = "Test Using Larger Than Block-Size Key - Hash Key First";

	memset(key, 0x0b, 20);
	ASSERT_NUMBER(digest_hmac(key, 20, "Hi There", 8, digest), FAULT_NONE);
	assert_bytes(digest, "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7");
	ASSERT_NUMBER(digest_hmac("Jefe", 4, "what do ya want for nothing?", 28, digest), FAULT_NONE);
	assert_bytes(digest, "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
	memset(key, 0xaa, sizeof key);
	memset(data, 0xdd, sizeof data);
	ASSERT_NUMBER(digest_hmac(key, 20, data, 50, digest), FAULT_NONE);
	assert_bytes(digest, "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe");
	ASSERT_NUMBER(digest_hmac(key, 131, long_key, sizeof long_key - 1, digest), FAULT_NONE);
	assert_bytes(digest, "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54");
	ASSERT_NUMBER(digest_hmac(NULL, 0, "", 0, digest), FAULT_NONE);
	assert_bytes(digest, "b613679a0814d9ec772f95d778c35fc5ff1697c493715653c6c712144292c5ad");
}

/* RFC 8032 section 7.1, tests 1 to 3. */
static void ed25519_gives_the_published_signatures(void)
{
	static const struct { const char *seed, *public_key, *message, *signature; } cases[] = {
		{ "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
		  "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", "",
		  "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155"
		  "5fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b" },
		{ "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
		  "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c", "72",
		  "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
		  "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00" },
		{ "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
		  "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025", "af82",
		  "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac"
		  "18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a" },
	};

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		uint8_t seed[SIGN_SEED_SIZE], message[8], signature[SIGNATURE_SIZE];
		size_t n = from_hex(cases[i].message, message);
		struct sign_key *key = NULL;

		from_hex(cases[i].seed, seed);
		ASSERT_NUMBER(sign_key_from_seed(seed, &key), FAULT_NONE);
		CU_ASSERT_PTR_NOT_NULL_FATAL(key);
		assert_bytes(sign_key_public(key), cases[i].public_key);
		ASSERT_NUMBER(sign_key_sign(key, message, n, signature), FAULT_NONE);
		assert_bytes(signature, cases[i].signature);
		CU_ASSERT(signature_verify(sign_key_public(key), message, n, signature));
		sign_key_free(key);
	}
}

static void a_changed_bit_breaks_a_signature(void)
{
	struct sign_key *key = NULL, *other = NULL;
	uint8_t signature[SIGNATURE_SIZE];
	char text[] = "the till's head";

	ASSERT_NUMBER(sign_key_make(&key), FAULT_NONE);
	ASSERT_NUMBER(sign_key_make(&other), FAULT_NONE);
	CU_ASSERT(memcmp(sign_key_public(key), sign_key_public(other), SIGN_PUBLIC_SIZE) != 0);
	ASSERT_NUMBER(sign_key_sign(key, text, sizeof text, signature), FAULT_NONE);
	CU_ASSERT(signature_verify(sign_key_public(key), text, sizeof text, signature));
	CU_ASSERT_FALSE(signature_verify(sign_key_public(other), text, sizeof text, signature));
	CU_ASSERT_FALSE(signature_verify(sign_key_public(key), text, sizeof text - 1, signature));
	for (size_t bit = 0; bit < 8 * SIGNATURE_SIZE; bit += 7) {
		signature[bit / 8] ^= (uint8_t)(1u << bit % 8);
		CU_ASSERT_FALSE(signature_verify(sign_key_public(key), text, sizeof text, signature));
		signature[bit / 8] ^= (uint8_t)(1u << bit % 8);
	}
	text[3] ^= 1;
	CU_ASSERT_FALSE(signature_verify(sign_key_public(key), text, sizeof text, signature));
	sign_key_free(key);
	sign_key_free(other);
	sign_key_free(NULL);
}

/* RFC 7914 section 12. */
static void scrypt_gives_the_published_keys(void)
{
	uint8_t key[64];

	ASSERT_NUMBER(scrypt_derive("", 0, "", 0, 4, 1, 1, key, 64), FAULT_NONE);
	assert_bytes(key, "77d6576238657b203b19ca42c18a0497f16b4844e3074ae8dfdffa3fede21442"
		     "fcd0069ded0948f8326a753a0fc81f17e8d3e0fb2e0d3628cf35e20c38d18906");
	ASSERT_NUMBER(scrypt_derive("password", 8, "NaCl", 4, 10, 8, 16, key, 64), FAULT_NONE);
	assert_bytes(key, "fdbabe1c9d3472007856e7190d01e9fe7c6ad7cbc8237830e77376634b373162"
		     "2eaf30d92e22a3886ff109279d9830dac727afb94a83ee6d8360cbdfa2cc0640");
	ASSERT_NUMBER(scrypt_derive("pleaseletmein", 13, "SodiumChloride", 14, 14, 8, 1, key, 64),
		      FAULT_NONE);
	assert_bytes(key, "7023bdcb3afd7348461c06cd81fd38ebfda8fbba904f8e3ea9b543f6545da1f2"
		     "d5432955613f0fcf62d49705242a9af9e61e85dc0d651e40dfcf017b45575887");
	ASSERT_NUMBER(scrypt_derive("x", 1, "y", 1, 21, 8, 1, key, 64), FAULT_OUT_OF_MEMORY);
	ASSERT_NUMBER(scrypt_derive("x", 1, "y", 1, 4, 1, 1, key, 65), FAULT_OUT_OF_MEMORY);
}

static void a_pin_verifies_against_its_hash_alone(void)
{
	static const uint8_t salt[PIN_SALT_SIZE] = "0123456789abcdef";
	pin_hash one, two, fixed, longer;

	ASSERT_NUMBER(pin_hash_make("1234", one), FAULT_NONE);
	ASSERT_NUMBER(pin_hash_make("1234", two), FAULT_NONE);
	CU_ASSERT(strcmp(one, two) != 0);
	CU_ASSERT(strncmp(one, "scrypt$14$8$1$", 14) == 0);
	ASSERT_NUMBER(strlen(one), 14 + 32 + 1 + 64);
	CU_ASSERT(pin_hash_verify("1234", one));
	CU_ASSERT(pin_hash_verify("1234", two));
	CU_ASSERT_FALSE(pin_hash_verify("1235", one));
	CU_ASSERT_FALSE(pin_hash_verify("", one));
	ASSERT_NUMBER(pin_hash_make_with("1234", salt, fixed), FAULT_NONE);
	snprintf(longer, sizeof longer, "%s0", fixed);
	CU_ASSERT_FALSE(pin_hash_verify("1234", longer));
	CU_ASSERT(strncmp(fixed + 14, "30313233343536373839616263646566$", 33) == 0);
	CU_ASSERT(pin_hash_verify("1234", fixed));
	fixed[sizeof "scrypt$14$8$1$30313233343536373839616263646566$" + 20] ^= 1;
	CU_ASSERT_FALSE(pin_hash_verify("1234", fixed));
}

#define SALT "30313233343536373839616263646566"
#define KEY64 "0000000000000000000000000000000000000000000000000000000000000000"

static void malformed_pin_hashes_verify_nothing(void)
{
	static const char *const bad[] = {
		"", "scrypt", "scrypt$", "plain$14$8$1$" SALT "$" KEY64, "scrypt$14$8$1$" SALT "$",
		"scrypt$14$8$1$" SALT, "scrypt$14$8$1$" SALT "$" KEY64 "0", "scrypt$0$8$1$" SALT "$" KEY64,
		"scrypt$19$8$1$" SALT "$" KEY64, "scrypt$99999999999$8$1$" SALT "$" KEY64,
		"scrypt$14$9$1$" SALT "$" KEY64, "scrypt$14$8$5$" SALT "$" KEY64,
		"scrypt$14$8$1$" "3031" "$" KEY64, "scrypt$14$8$1$" SALT "x" KEY64,
		"scrypt$-4$8$1$" SALT "$" KEY64, "scrypt$4$8$1$" SALT "$" KEY64,
	};

	for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
		CU_ASSERT_FALSE(pin_hash_verify("1234", bad[i]));
}

static void random_bytes_differ_and_secrets_vanish(void)
{
	uint8_t a[600] = { 0 }, b[600] = { 0 };
	static const uint8_t zero[600];

	ASSERT_NUMBER(random_bytes(a, sizeof a), FAULT_NONE);
	ASSERT_NUMBER(random_bytes(b, sizeof b), FAULT_NONE);
	ASSERT_NUMBER(random_bytes(NULL, 0), FAULT_NONE);
	CU_ASSERT_FALSE(digest_equal(a, b, sizeof a));
	CU_ASSERT_FALSE(digest_equal(a + 568, zero, 32));
	memcpy(b, a, sizeof b);
	CU_ASSERT(digest_equal(a, b, sizeof a));
	b[sizeof b - 1] ^= 1;
	CU_ASSERT_FALSE(digest_equal(a, b, sizeof a));
	secret_wipe(a, sizeof a);
	CU_ASSERT(digest_equal(a, zero, sizeof a));
	secret_wipe(NULL, 5);
}

static char folder[200], path[220], beside[230];

static void open_folder(void)
{
	const char *tmp = getenv("TMPDIR");

	if (!path[0]) {
		snprintf(folder, sizeof folder, "%s/crypt-XXXXXX", tmp ? tmp : "/tmp");
		CU_ASSERT_PTR_NOT_NULL_FATAL(mkdtemp(folder));
		snprintf(path, sizeof path, "%s/till.key", folder);
		snprintf(beside, sizeof beside, "%s.new", path);
	}
	unlink(path);
	unlink(beside);
}

static void write_plain(const char *name, const char *text, mode_t mode)
{
	int fd = open(name, O_WRONLY | O_CREAT | O_TRUNC, 0600);

	CU_ASSERT_FATAL(fd >= 0);
	CU_ASSERT_EQUAL(write(fd, text, strlen(text)), (ssize_t)strlen(text));
	CU_ASSERT_EQUAL(fchmod(fd, mode), 0);
	close(fd);
}

static void keys_are_kept_in_files_of_mode_0600(void)
{
	struct sign_key *key = NULL, *again = NULL;
	struct stat st;
	struct fault f;

	open_folder();
	umask(0);
	write_plain(beside, "left by a crash", 0666);
	ASSERT_NUMBER(sign_key_make(&key), FAULT_NONE);
	ASSERT_NUMBER(sign_key_save(key, path, &f), FAULT_NONE);
	CU_ASSERT_EQUAL(stat(path, &st), 0);
	ASSERT_NUMBER(st.st_mode & 0777, 0600);
	ASSERT_NUMBER(st.st_size, SIGN_SEED_SIZE);
	CU_ASSERT_EQUAL(stat(beside, &st), -1);
	ASSERT_NUMBER(sign_key_load(path, &again, &f), FAULT_NONE);
	CU_ASSERT(memcmp(sign_key_public(key), sign_key_public(again), SIGN_PUBLIC_SIZE) == 0);
	ASSERT_NUMBER(sign_key_save(key, path, &f), FAULT_NONE);
	sign_key_free(key);
	sign_key_free(again);
}

static void files_that_are_no_secrets_are_refused(void)
{
	struct sign_key *key = NULL;
	struct fault f;
	char bytes[16];
	size_t n = 99;

	open_folder();
	ASSERT_NUMBER(sign_key_load(path, &key, &f), FAULT_FILE_NOT_READABLE);
	ASSERT_TEXT(f.arg[0], path);
	write_plain(path, "short", 0600);
	ASSERT_NUMBER(sign_key_load(path, &key, &f), FAULT_FILE_NOT_READABLE);
	ASSERT_NUMBER(secret_file_read(path, bytes, sizeof bytes, &n, &f), FAULT_NONE);
	ASSERT_NUMBER(n, 5);
	ASSERT_NUMBER(secret_file_read(path, bytes, 5, &n, &f), FAULT_NONE);
	ASSERT_NUMBER(secret_file_read(path, bytes, 4, &n, &f), FAULT_FILE_NOT_READABLE);
	write_plain(path, "0123456789012345678901234567890123", 0600);
	ASSERT_NUMBER(sign_key_load(path, &key, &f), FAULT_FILE_NOT_READABLE);
	write_plain(path, "01234567890123456789012345678901", 0640);
	ASSERT_NUMBER(sign_key_load(path, &key, &f), FAULT_FILE_NOT_READABLE);
	CU_ASSERT_PTR_NULL(key);
	ASSERT_NUMBER(secret_file_read(folder, bytes, sizeof bytes, &n, &f), FAULT_FILE_NOT_READABLE);
	ASSERT_NUMBER(n, 5);
}

static void a_file_that_cannot_be_written_changes_nothing(void)
{
	char where[240];
	struct fault f;
	struct stat st;
	static const uint8_t much[SECRET_FILE_MAX + 1];

	open_folder();
	snprintf(where, sizeof where, "%s/none/till.key", folder);
	ASSERT_NUMBER(secret_file_write(where, "x", 1, &f), FAULT_FILE_NOT_WRITABLE);
	ASSERT_TEXT(f.arg[0], where);
	ASSERT_TEXT(f.arg[1], strerror(ENOENT));
	ASSERT_NUMBER(secret_file_write(path, much, sizeof much, &f), FAULT_FILE_NOT_WRITABLE);
	CU_ASSERT_EQUAL(stat(path, &st), -1);
	ASSERT_NUMBER(secret_file_write(folder, "x", 1, &f), FAULT_FILE_NOT_WRITABLE);
	snprintf(where, sizeof where, "%s.new", folder);
	CU_ASSERT_EQUAL(stat(where, &st), -1);
	CU_ASSERT_EQUAL(stat(folder, &st), 0);
	open_folder();
	CU_ASSERT_EQUAL(rmdir(folder), 0);
}

static void *hash_many(void *ret_good)
{
	bool good = true;
	uint8_t digest[DIGEST_SIZE];

	for (int i = 0; i < 2000 && good; i++)
		good = digest_sha256("abc", 3, digest) == FAULT_NONE && digest[0] == 0xba;
	*(bool *)ret_good = good;
	return NULL;
}

static void threads_hash_side_by_side(void)
{
	pthread_t threads[4];
	bool good[4] = { false };

	for (int i = 0; i < 4; i++)
		CU_ASSERT_EQUAL_FATAL(pthread_create(&threads[i], NULL, hash_many, &good[i]), 0);
	for (int i = 0; i < 4; i++) {
		pthread_join(threads[i], NULL);
		CU_ASSERT(good[i]);
	}
}

static const struct test tests[] = {
	{ "SHA-256 gives the published digests", sha256_gives_the_published_digests },
	{ "a hasher takes pieces and begins again", a_hasher_takes_pieces_and_begins_again },
	{ "HMAC gives the published digests", hmac_gives_the_published_digests },
	{ "Ed25519 gives the published signatures", ed25519_gives_the_published_signatures },
	{ "a changed bit breaks a signature", a_changed_bit_breaks_a_signature },
	{ "scrypt gives the published keys", scrypt_gives_the_published_keys },
	{ "a PIN verifies against its hash alone", a_pin_verifies_against_its_hash_alone },
	{ "malformed PIN hashes verify nothing", malformed_pin_hashes_verify_nothing },
	{ "random bytes differ and secrets vanish", random_bytes_differ_and_secrets_vanish },
	{ "keys are kept in files of mode 0600", keys_are_kept_in_files_of_mode_0600 },
	{ "files that are no secrets are refused", files_that_are_no_secrets_are_refused },
	{ "a file that cannot be written changes nothing", a_file_that_cannot_be_written_changes_nothing },
	{ "threads hash side by side", threads_hash_side_by_side },
};

SUITE_MAIN("crypt", tests)
