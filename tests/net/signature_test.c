/* Tests of signed requests: the RFC's vector, our own golden one, and each
 * part of a request altered in turn. */
#include "suite.h"

#include <stdio.h>
#include <string.h>

#include "base/base64.h"
#include "net/signature.h"
#include "net/signature_base.h"

static const struct signature_request order = {
	.method = "POST", .path = "/v1/orders", .query = "store=7&dry=", .idempotency_key = "K-0001",
	.body = "{\"hello\": \"world\"}", .body_n = 18,
};
static const struct signature_params params = {
	.key_id = "till:0001", .nonce = "b3k2pp5k7z-50gnwp_yemd", .created_s = 1764000000,
};

/* The private key of RFC 9421's appendix B.1.4, published there for tests. */
static struct sign_key *published_key(void)
{
	static const char letters[] = "n4Ni-HpISpVObnQMW0wOhCKROaIKqKtW_2ZYb2p9KcU";
	struct sign_key *key = NULL;
	uint8_t seed[SIGN_SEED_SIZE];
	size_t n;

	CU_ASSERT_FATAL(base64_parse(BASE64_URL, letters, strlen(letters), seed, sizeof seed, &n));
	ASSERT_NUMBER(n, SIGN_SEED_SIZE);
	ASSERT_NUMBER(sign_key_from_seed(seed, &key), FAULT_NONE);
	CU_ASSERT_PTR_NOT_NULL_FATAL(key);
	return key;
}

/* RFC 9421, appendix B.2.6, whose covered components are others than ours. */
static void the_base_is_the_published_one(void)
{
	struct sign_key *key = published_key();
	struct buffer base = BUFFER_INIT(1000);
	uint8_t signature[SIGNATURE_SIZE];
	char letters[BASE64_SIZE(SIGNATURE_SIZE)];

	signature_base_line(&base, "date", "Tue, 20 Apr 2021 02:07:55 GMT");
	signature_base_line(&base, "@method", "POST");
	signature_base_line(&base, "@path", "/foo");
	signature_base_line(&base, "@authority", "example.com");
	signature_base_line(&base, "content-type", "application/json");
	signature_base_line(&base, "content-length", "18");
	signature_base_end(&base, "(\"date\" \"@method\" \"@path\" \"@authority\" \"content-type\" "
			   "\"content-length\");created=1618884473;keyid=\"test-key-ed25519\"");
	ASSERT_NUMBER(sign_key_sign(key, base.data, base.len, signature), FAULT_NONE);
	base64_format(BASE64_STANDARD, signature, SIGNATURE_SIZE, letters);
	ASSERT_TEXT(letters, "wqcAqbmYJ2ji2glfAMaRy4gruYYnx2nEFN2HN6jrnDnQCK1u02Gb04v9EDgwUPiu"
		    "4A0w6vuQv5lIp5WPpBKRCw==");
	buffer_release(&base);
	sign_key_free(key);
}

static struct signature_fields signed_order(struct sign_key *key)
{
	struct signature_fields fields = { .signature = "" };

	ASSERT_NUMBER(signature_make(&order, &params, key, &fields, NULL), FAULT_NONE);
	return fields;
}

/* The signature as `openssl pkeyutl -sign -rawin` makes it over a base that was
 * written by hand; the digest is RFC 9530's for this body. */
static void the_fields_are_the_golden_ones(void)
{
	struct sign_key *key = published_key();
	struct signature_fields fields = signed_order(key);

	ASSERT_TEXT(fields.content_digest, "sha-256=:X48E9qOokqqrvdts8nOJRJN3OWDUoyWxBf7kbu9DBPE=:");
	ASSERT_TEXT(fields.signature_input,
		    "sig=(\"@method\" \"@path\" \"@query\" \"content-digest\" \"idempotency-key\");"
		    "created=1764000000;nonce=\"b3k2pp5k7z-50gnwp_yemd\";keyid=\"till:0001\";alg=\"ed25519\"");
	ASSERT_TEXT(fields.signature,
		    "sig=:wriHdJb5Zn1phZPPuu3qeK7VurNOx/H57adGPCbRZsWjwkAhGfpzIsW5518daN85JJw8RSlvsNKG6ekBPScSDw==:");
	sign_key_free(key);
}

/* Parses and proves; the claim's parts in *ret_claim when there are any. */
static enum fault_code judge(const struct signature_fields *fields,
			     const struct signature_request *request, const uint8_t *public_key,
			     struct signature_claim *ret_claim)
{
	enum fault_code code = signature_parse(fields->content_digest, fields->signature_input,
					       fields->signature, ret_claim, NULL);

	return code == FAULT_NONE ? signature_check(ret_claim, request, public_key, NULL) : code;
}

static void what_was_signed_is_proven(void)
{
	struct sign_key *key = published_key();
	struct signature_fields fields = signed_order(key);
	struct signature_claim claim = { .key_id = "" };
	struct signature_request get = { .method = "GET", .path = "/v1/events" };

	ASSERT_NUMBER(judge(&fields, &order, sign_key_public(key), &claim), FAULT_NONE);
	ASSERT_TEXT(claim.key_id, "till:0001");
	ASSERT_TEXT(claim.nonce, "b3k2pp5k7z-50gnwp_yemd");
	ASSERT_NUMBER(claim.created_s, 1764000000);
	CU_ASSERT(claim.covers_idempotency_key);

	ASSERT_NUMBER(signature_make(&get, &params, key, &fields, NULL), FAULT_NONE);
	ASSERT_NUMBER(judge(&fields, &get, sign_key_public(key), &claim), FAULT_NONE);
	CU_ASSERT_FALSE(claim.covers_idempotency_key);
	get.query = "";
	ASSERT_NUMBER(judge(&fields, &get, sign_key_public(key), &claim), FAULT_NONE);
	/* a key that was not covered may stand there */
	get.idempotency_key = "K-0002";
	ASSERT_NUMBER(judge(&fields, &get, sign_key_public(key), &claim), FAULT_NONE);
	sign_key_free(key);
}

static void an_altered_request_is_refused(void)
{
	static const struct { const char *method, *path, *query, *key, *body; enum fault_code code; } cases[] = {
		{ "PUT", "/v1/orders", "store=7&dry=", "K-0001", "{\"hello\": \"world\"}", FAULT_SIGNATURE_WRONG },
		{ "post", "/v1/orders", "store=7&dry=", "K-0001", "{\"hello\": \"world\"}", FAULT_SIGNATURE_WRONG },
		{ "POST", "/v1/orders/", "store=7&dry=", "K-0001", "{\"hello\": \"world\"}", FAULT_SIGNATURE_WRONG },
		{ "POST", "/v1/%6frders", "store=7&dry=", "K-0001", "{\"hello\": \"world\"}", FAULT_SIGNATURE_WRONG },
		{ "POST", "/v1/orders", "store=8&dry=", "K-0001", "{\"hello\": \"world\"}", FAULT_SIGNATURE_WRONG },
		{ "POST", "/v1/orders", "", "K-0001", "{\"hello\": \"world\"}", FAULT_SIGNATURE_WRONG },
		{ "POST", "/v1/orders", NULL, "K-0001", "{\"hello\": \"world\"}", FAULT_SIGNATURE_WRONG },
		{ "POST", "/v1/orders", "store=7&dry=", "K-0002", "{\"hello\": \"world\"}", FAULT_SIGNATURE_WRONG },
		{ "POST", "/v1/orders", "store=7&dry=", NULL, "{\"hello\": \"world\"}", FAULT_SIGNATURE_REQUEST },
		{ "POST", "/v1/orders", "store=7&dry=", "", "{\"hello\": \"world\"}", FAULT_SIGNATURE_REQUEST },
		{ "POST", "/v1/orders", "store=7&dry=", "K-0001", "{\"hello\": \"World\"}", FAULT_SIGNATURE_DIGEST },
		{ "POST", "/v1/orders", "store=7&dry=", "K-0001", "{\"hello\": \"world\"} ", FAULT_SIGNATURE_DIGEST },
		{ "POST", "/v1/orders", "store=7&dry=", "K-0001", "", FAULT_SIGNATURE_DIGEST },
		{ "POST", "/v1/orders\n\"@query\": ?x", "", "K-0001", "{\"hello\": \"world\"}",
		  FAULT_SIGNATURE_REQUEST },
		{ "POST", "v1/orders", "store=7&dry=", "K-0001", "{\"hello\": \"world\"}", FAULT_SIGNATURE_REQUEST },
		{ "POST", "/v1/orders", "store=7 ", "K-0001", "{\"hello\": \"world\"}", FAULT_SIGNATURE_REQUEST },
		{ "", "/v1/orders", "store=7&dry=", "K-0001", "{\"hello\": \"world\"}", FAULT_SIGNATURE_REQUEST },
	};
	struct sign_key *key = published_key();
	struct signature_fields fields = signed_order(key);
	struct signature_claim claim;

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct signature_request altered = {
			cases[i].method, cases[i].path, cases[i].query, cases[i].key,
			cases[i].body, strlen(cases[i].body),
		};

		ASSERT_NUMBER(judge(&fields, &altered, sign_key_public(key), &claim), cases[i].code);
	}
	sign_key_free(key);
}

/* Each character of the three fields, changed in turn: the signature is the
 * only thing that makes any of them good. */
static void an_altered_field_is_refused(void)
{
	struct sign_key *key = published_key();
	struct signature_fields fields = signed_order(key);
	signature_field *const each[] = {
		&fields.content_digest, &fields.signature_input, &fields.signature,
	};

	for (size_t f = 0; f < 3; f++) {
		for (size_t at = 0; (*each[f])[at]; at++) {
			const char was = (*each[f])[at];
			struct signature_claim claim;

			for (char c = '!'; c <= '~'; c = (char)(c + 31)) {
				(*each[f])[at] = c;
				if (c != was && judge(&fields, &order, sign_key_public(key), &claim) == FAULT_NONE)
					CU_FAIL("an altered field was taken");
			}
			(*each[f])[at] = was;
		}
	}
	sign_key_free(key);
}

static void another_key_is_refused(void)
{
	struct sign_key *key = published_key(), *other = NULL;
	struct signature_fields fields = signed_order(key);
	struct signature_claim claim;

	ASSERT_NUMBER(sign_key_make(&other), FAULT_NONE);
	ASSERT_NUMBER(judge(&fields, &order, sign_key_public(other), &claim), FAULT_SIGNATURE_WRONG);
	sign_key_free(other);
	sign_key_free(key);
}

#define COVERED "(\"@method\" \"@path\" \"@query\" \"content-digest\")"
#define REST ";created=1;nonce=\"n\";keyid=\"k\";alg=\"ed25519\""

static void inputs_are_read_strictly(void)
{
	static const struct { const char *input; enum fault_code code; } cases[] = {
		{ "sig=" COVERED REST, FAULT_NONE },
		{ "  sig=" COVERED REST "  ", FAULT_NONE },
		{ "*.9=" COVERED REST, FAULT_SIGNATURE_MALFORMED }, /* not the label of Signature */
		{ "sig=(\"@path\" \"content-digest\" \"@query\" \"@method\")" REST, FAULT_NONE },
		{ "sig=(  \"@path\"  \"content-digest\" \"@query\" \"@method\" )" REST, FAULT_NONE },
		{ "sig=" COVERED ";alg=\"ed25519\"; keyid=\"k\";nonce=\"n\";created=1", FAULT_NONE },
		{ "sig=(\"@method\" \"@path\" \"@query\")" REST, FAULT_SIGNATURE_COMPONENTS },
		{ "sig=(\"@method\" \"@path\" \"content-digest\")" REST, FAULT_SIGNATURE_COMPONENTS },
		{ "sig=()" REST, FAULT_SIGNATURE_COMPONENTS },
		{ "sig=(\"@method\" \"@path\" \"@query\" \"content-digest\" \"@path\")" REST,
		  FAULT_SIGNATURE_COMPONENTS },
		{ "sig=(\"@method\" \"@path\" \"@query\" \"content-digest\" \"@authority\")" REST,
		  FAULT_SIGNATURE_COMPONENTS },
		{ "sig=(\"@method\" \"@path\" \"@query\" \"content-digest\";req)" REST,
		  FAULT_SIGNATURE_MALFORMED },
		{ "sig=(\"@method\"\"@path\" \"@query\" \"content-digest\")" REST, FAULT_SIGNATURE_MALFORMED },
		{ "sig=(\"@method\" \"@path\" \"@query\" \"content-digest\"" REST, FAULT_SIGNATURE_MALFORMED },
		{ "sig=" COVERED ";created=1;nonce=\"n\";keyid=\"k\"", FAULT_SIGNATURE_MALFORMED },
		{ "sig=" COVERED ";created=1;nonce=\"n\";alg=\"ed25519\"", FAULT_SIGNATURE_MALFORMED },
		{ "sig=" COVERED ";created=1;keyid=\"k\";alg=\"ed25519\"", FAULT_SIGNATURE_MALFORMED },
		{ "sig=" COVERED ";nonce=\"n\";keyid=\"k\";alg=\"ed25519\"", FAULT_SIGNATURE_MALFORMED },
		{ "sig=" COVERED REST ";created=2", FAULT_SIGNATURE_MALFORMED },
		{ "sig=" COVERED REST ";expires=2", FAULT_SIGNATURE_MALFORMED },
		{ "sig=" COVERED REST ";tag", FAULT_SIGNATURE_MALFORMED },
		{ "sig=" COVERED ";created=1;nonce=\"n\";keyid=\"k\";alg=\"rsa-pss-sha512\"",
		  FAULT_SIGNATURE_ALGORITHM },
		{ "sig=" COVERED ";created=1;nonce=\"n\";keyid=\"k\";alg=\"none\"", FAULT_SIGNATURE_ALGORITHM },
		{ "sig=" COVERED ";created=01;nonce=\"n\";keyid=\"k\";alg=\"ed25519\"",
		  FAULT_SIGNATURE_MALFORMED },
		{ "sig=" COVERED ";created=-1;nonce=\"n\";keyid=\"k\";alg=\"ed25519\"",
		  FAULT_SIGNATURE_MALFORMED },
		{ "sig=" COVERED ";created=1.5;nonce=\"n\";keyid=\"k\";alg=\"ed25519\"",
		  FAULT_SIGNATURE_MALFORMED },
		{ "sig=" COVERED ";created=1234567890123456;nonce=\"n\";keyid=\"k\";alg=\"ed25519\"",
		  FAULT_SIGNATURE_MALFORMED },
		{ "sig=" COVERED ";created=\"1\";nonce=\"n\";keyid=\"k\";alg=\"ed25519\"",
		  FAULT_SIGNATURE_MALFORMED },
		{ "sig=" COVERED ";created=1;nonce=\"\";keyid=\"k\";alg=\"ed25519\"",
		  FAULT_SIGNATURE_MALFORMED },
		{ "sig=" COVERED ";created=1;nonce=\"a b\";keyid=\"k\";alg=\"ed25519\"",
		  FAULT_SIGNATURE_MALFORMED },
		{ "sig=" COVERED ";created=1;nonce=\"a\\\"b\";keyid=\"k\";alg=\"ed25519\"",
		  FAULT_SIGNATURE_MALFORMED },
		{ "sig=" COVERED ";created=1;nonce=n;keyid=\"k\";alg=\"ed25519\"", FAULT_SIGNATURE_MALFORMED },
		{ "sig=" COVERED ";created=1;nonce=\"n\";keyid=\""
		  "12345678901234567890123456789012345678901234567890123456789012345\";alg=\"ed25519\"",
		  FAULT_SIGNATURE_MALFORMED },
		{ "sig=" COVERED REST ", two=" COVERED REST, FAULT_SIGNATURE_MALFORMED },
		{ "sig=" COVERED REST ",", FAULT_SIGNATURE_MALFORMED },
		{ "Sig=" COVERED REST, FAULT_SIGNATURE_MALFORMED },
		{ "sig", FAULT_SIGNATURE_MALFORMED }, { "sig=", FAULT_SIGNATURE_MALFORMED },
		{ "sig=(", FAULT_SIGNATURE_MALFORMED }, { "sig=(\"", FAULT_SIGNATURE_MALFORMED },
		{ "", FAULT_SIGNATURE_MALFORMED }, { "sig=:AA==:", FAULT_SIGNATURE_MALFORMED },
		{ NULL, FAULT_SIGNATURE_MISSING },
	};
	struct sign_key *key = published_key();
	struct signature_fields fields = signed_order(key);
	struct signature_claim claim;

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		enum fault_code code = signature_parse(fields.content_digest, cases[i].input,
						       fields.signature, &claim, NULL);

		if (code != cases[i].code)
			fprintf(stderr, "%s\n", cases[i].input);
		ASSERT_NUMBER(code, cases[i].code);
	}
	sign_key_free(key);
}

static void digests_and_signatures_are_read_strictly(void)
{
#define DIGEST "X48E9qOokqqrvdts8nOJRJN3OWDUoyWxBf7kbu9DBPE="
	static const char *const digests[] = {
		"sha-512=:" DIGEST ":", "sha-256=" DIGEST, "sha-256=:" DIGEST, "sha-256=:X48E9q==:",
		"sha-256=:" DIGEST ":, sha-256=:" DIGEST ":", "sha-256=:" DIGEST ":;a=1", "sha-256", "",
		"sha-256=:X48E9qOokqqrvdts8nOJRJN3OWDUoyWxBf7kbu9DBPF=:",
	};
	struct sign_key *key = published_key();
	struct signature_fields fields = signed_order(key);
	struct signature_claim claim;
	char longer[SIGNATURE_FIELD_MAX + 2];

	for (size_t i = 0; i < sizeof digests / sizeof digests[0]; i++)
		ASSERT_NUMBER(signature_parse(digests[i], fields.signature_input, fields.signature,
					      &claim, NULL), FAULT_SIGNATURE_MALFORMED);
	ASSERT_NUMBER(signature_parse(NULL, fields.signature_input, fields.signature, &claim, NULL),
		      FAULT_SIGNATURE_MISSING);
	ASSERT_NUMBER(signature_parse(fields.content_digest, fields.signature_input, NULL, &claim, NULL),
		      FAULT_SIGNATURE_MISSING);
	ASSERT_NUMBER(signature_parse(fields.content_digest, fields.signature_input, "sig=:AAAA:",
				      &claim, NULL), FAULT_SIGNATURE_MALFORMED);
	memset(longer, ' ', sizeof longer);
	longer[sizeof longer - 1] = '\0';
	memcpy(longer, fields.signature, strlen(fields.signature));
	ASSERT_NUMBER(signature_parse(fields.content_digest, fields.signature_input, longer,
				      &claim, NULL), FAULT_SIGNATURE_MALFORMED);
	longer[sizeof longer - 2] = '\0';
	ASSERT_NUMBER(signature_parse(fields.content_digest, fields.signature_input, longer,
				      &claim, NULL), FAULT_NONE);
	sign_key_free(key);
}

static void what_cannot_be_signed_is_refused(void)
{
	static const struct signature_params bad[] = {
		{ "", "n", 1 }, { "k", "", 1 }, { "k\"", "n", 1 }, { "k", "n;x=1\n", 1 }, { "k", "n", -1 },
		{ "12345678901234567890123456789012345678901234567890123456789012345", "n", 1 },
	};
	struct sign_key *key = published_key();
	struct signature_fields fields = { .signature = "untouched" };
	static char path[SIGNATURE_BASE_MAX + 2];
	struct signature_request request = { .method = "GET", .path = path };

	for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
		ASSERT_NUMBER(signature_make(&order, &bad[i], key, &fields, NULL),
			      FAULT_SIGNATURE_MALFORMED);
	memset(path, '/', sizeof path - 1);
	ASSERT_NUMBER(signature_make(&request, &params, key, &fields, NULL), FAULT_SIGNATURE_REQUEST);
	ASSERT_TEXT(fields.signature, "untouched");
	sign_key_free(key);
}

static void a_nonce_is_letters(void)
{
	static const uint8_t random[SIGNATURE_NONCE_BYTES] = { 0xfb, 0xff, 0xbf };
	signature_nonce_text text;

	signature_nonce(random, text);
	ASSERT_TEXT(text, "-_-_AAAAAAAAAAAAAAAAAA");
}

static const struct test tests[] = {
	{ "the base is the published one", the_base_is_the_published_one },
	{ "the fields are the golden ones", the_fields_are_the_golden_ones },
	{ "what was signed is proven", what_was_signed_is_proven },
	{ "an altered request is refused", an_altered_request_is_refused },
	{ "an altered field is refused", an_altered_field_is_refused },
	{ "another key is refused", another_key_is_refused },
	{ "inputs are read strictly", inputs_are_read_strictly },
	{ "digests and signatures are read strictly", digests_and_signatures_are_read_strictly },
	{ "what cannot be signed is refused", what_cannot_be_signed_is_refused },
	{ "a nonce is letters", a_nonce_is_letters },
};

SUITE_MAIN("signature", tests)
