/* guitai-hub sign: the headers of a signed request, for curl. */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/base64.h"
#include "base/buffer.h"
#include "base/ident.h"
#include "base/utf8.h"
#include "net/signature.h"
#include "server/command.h"

enum { BODY_MAX_BYTES = 16 << 20, URL_MAX = 2048 };

/* The key of the file; a new one when there is none. */
static enum fault_code find_key(const struct invocation *in, struct sign_key **ret, struct fault *fault)
{
	const char *path = invocation_option(in, "key");
	enum fault_code code;

	if (!path)
		return fault_set(fault, FAULT_USAGE_MISSING_WORD, "guitai-hub sign", "--key FILE");
	if (access(path, F_OK) == 0)
		return sign_key_load(path, ret, fault);
	code = sign_key_make(ret);
	return code ? fault_set(fault, code, NULL, NULL) : sign_key_save(*ret, path, fault);
}

static enum fault_code read_body(const struct invocation *in, struct buffer *out, struct fault *fault)
{
	const char *path = in->n_words > 2 ? in->words[2] : NULL;
	FILE *from = path ? strcmp(path, "-") == 0 ? stdin : fopen(path, "rb") : NULL;
	char chunk[16384];
	size_t n;
	bool failed;

	if (!path)
		return FAULT_NONE;
	if (!from)
		return fault_set(fault, FAULT_FILE_NOT_READABLE, path, strerror(errno));
	while ((n = fread(chunk, 1, sizeof chunk, from)) > 0)
		buffer_add(out, chunk, n);
	failed = ferror(from) || out->failed;
	if (from != stdin)
		fclose(from);
	return failed ? fault_set(fault, FAULT_FILE_NOT_READABLE, path, strerror(EFBIG)) : FAULT_NONE;
}

/* The path and query of "https://HOST/path?query", or of a path alone. */
static void part_url(char *url, struct signature_request *ret)
{
	char *host = strstr(url, "://"), *path, *query;

	path = host ? strchr(host + 3, '/') : url;
	query = path ? strchr(path, '?') : NULL;
	if (query)
		*query++ = '\0';
	ret->path = path ? path : "/";
	ret->query = query ? query : "";
}

static enum fault_code make_idempotency_key(const struct invocation *in, ident_text out,
					    const char **ret, struct fault *fault)
{
	struct ident id;
	enum fault_code code;

	*ret = invocation_option(in, "idempotency-key");
	if (*ret || strcmp(in->words[0], "POST") != 0)
		return FAULT_NONE;
	code = random_bytes(id.bytes, sizeof id.bytes);
	ident_format(&id, out);
	*ret = out;
	return code ? fault_set(fault, code, "getrandom", NULL) : FAULT_NONE;
}

static void print_headers(const struct signature_request *request, const struct signature_fields *fields)
{
	printf("Content-Digest: %s\nSignature-Input: %s\nSignature: %s\n", fields->content_digest,
	       fields->signature_input, fields->signature);
	if (request->idempotency_key)
		printf("Idempotency-Key: %s\n", request->idempotency_key);
	if (request->body_n)
		printf("Content-Type: application/json\n");
}

static enum fault_code sign(const struct invocation *in, const struct sign_key *key,
			    const struct buffer *body, struct fault *fault)
{
	struct signature_request request = { .method = in->words[0], .body = buffer_text(body),
					     .body_n = body->len };
	const char *key_id = invocation_option(in, "keyid");
	uint8_t random[SIGNATURE_NONCE_BYTES];
	signature_nonce_text nonce;
	struct signature_params params = { .key_id = key_id, .nonce = nonce, .created_s = time(NULL) };
	struct signature_fields fields;
	char url[URL_MAX];
	ident_text made;
	enum fault_code code = random_bytes(random, sizeof random);

	if (!key_id)
		return fault_set(fault, FAULT_USAGE_MISSING_WORD, "guitai-hub sign", "--keyid ID");
	utf8_copy(url, sizeof url, in->words[1]);
	part_url(url, &request);
	signature_nonce(random, nonce);
	if (!code)
		code = make_idempotency_key(in, made, &request.idempotency_key, fault);
	if (!code)
		code = signature_make(&request, &params, key, &fields, fault);
	if (!code)
		print_headers(&request, &fields);
	return code;
}

int sign_command(const struct invocation *in, struct fault *fault)
{
	char letters[BASE64_SIZE(SIGN_PUBLIC_SIZE)];
	struct buffer body = BUFFER_INIT(BODY_MAX_BYTES);
	struct sign_key *key = NULL;
	enum fault_code code = find_key(in, &key, fault);

	if (!code && invocation_has(in, "public")) {
		base64_format(BASE64_STANDARD, sign_key_public(key), SIGN_PUBLIC_SIZE, letters);
		printf("%s\n", letters);
	} else if (!code && !read_body(in, &body, fault)) {
		sign(in, key, &body, fault);
	}
	sign_key_free(key);
	buffer_release(&body);
	if (fault->code == FAULT_USAGE_MISSING_WORD)
		return EXIT_WRONG_USAGE;
	return fault->code == FAULT_NONE ? EXIT_DONE : EXIT_REFUSED;
}
