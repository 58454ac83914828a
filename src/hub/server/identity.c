/* The hub's keys as files. */
#include "server/identity.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/base64.h"

enum { DAY_S = 86400, VALID_DAYS = 3650, PIN_PREFIX = 8 };

static const char *in_dir(const char *dir, const char *name, char out[PATH_MAX])
{
	snprintf(out, PATH_MAX, "%s/%s", dir, name);
	return out;
}

/* A file that all may read. */
static enum fault_code write_plain(const char *dir, const char *name, const char *text,
				   struct fault *fault)
{
	char path[PATH_MAX];
	FILE *out = fopen(in_dir(dir, name, path), "w");
	bool good = out && fputs(text, out) >= 0;

	if (out && fclose(out) != 0)
		good = false;
	return good ? FAULT_NONE : fault_set(fault, FAULT_FILE_NOT_WRITABLE, path, strerror(errno));
}

static enum fault_code write_pair(const char *dir, const char *key_name, const char *text_name,
				  const struct certificate *pair, struct fault *fault)
{
	char path[PATH_MAX];
	enum fault_code code = secret_file_write(in_dir(dir, key_name, path), pair->key,
						 strlen(pair->key), fault);

	return code ? code : write_plain(dir, text_name, pair->text, fault);
}

static enum fault_code make_tls(const char *dir, const char *const *names, size_t n,
				struct fault *fault)
{
	int64_t now = (int64_t)time(NULL);
	/* a day early, for clocks that are behind */
	struct certificate_time when = { now - DAY_S, now + (int64_t)VALID_DAYS * DAY_S };
	struct certificate ca, tls;
	enum fault_code code = certificate_make_ca("Guitai hub", when, &ca, fault);

	if (!code)
		code = certificate_make_server(&ca, names, n, when, &tls, fault);
	if (!code)
		code = write_pair(dir, "ca.key", "ca.pem", &ca, fault);
	if (!code)
		code = write_pair(dir, "tls.key", "tls.pem", &tls, fault);
	secret_wipe(&ca, sizeof ca);
	secret_wipe(&tls, sizeof tls);
	return code;
}

static enum fault_code make_sign_key(const char *dir, const char *name, const char *public_name,
				     struct fault *fault)
{
	char path[PATH_MAX], letters[BASE64_SIZE(SIGN_PUBLIC_SIZE) + 1];
	struct sign_key *key = NULL;
	enum fault_code code = sign_key_make(&key);

	if (code)
		return fault_set(fault, code, NULL, NULL);
	code = sign_key_save(key, in_dir(dir, name, path), fault);
	if (!code && public_name) {
		base64_format(BASE64_STANDARD, sign_key_public(key), SIGN_PUBLIC_SIZE, letters);
		strncat(letters, "\n", sizeof letters - strlen(letters) - 1);
		code = write_plain(dir, public_name, letters, fault);
	}
	sign_key_free(key);
	return code;
}

enum fault_code identity_make(const char *dir, const char *const *names, size_t n,
			      struct fault *fault)
{
	char path[PATH_MAX];
	enum fault_code code;

	if (access(in_dir(dir, "tls.key", path), F_OK) == 0)
		return fault_set(fault, FAULT_HUB_ALREADY_THERE, path, NULL);
	code = make_sign_key(dir, "statement.key", NULL, fault);
	if (!code)
		code = make_sign_key(dir, "sandbox.key", "sandbox.pub", fault);
	return code ? code : make_tls(dir, names, n, fault);
}

static enum fault_code read_plain(const char *dir, const char *name, char *out, size_t size,
				  struct fault *fault)
{
	char path[PATH_MAX];
	FILE *in = fopen(in_dir(dir, name, path), "r");
	size_t n;

	if (!in)
		return fault_set(fault, FAULT_FILE_NOT_READABLE, path, strerror(errno));
	n = fread(out, 1, size - 1, in);
	out[n] = '\0';
	fclose(in);
	return FAULT_NONE;
}

static enum fault_code read_files(const char *dir, struct identity *id, struct fault *fault)
{
	char path[PATH_MAX];
	size_t n;
	enum fault_code code = read_plain(dir, "ca.pem", id->ca, sizeof id->ca, fault);

	if (!code)
		code = read_plain(dir, "tls.pem", id->tls.text, sizeof id->tls.text, fault);
	if (!code)
		code = secret_file_read(in_dir(dir, "tls.key", path), id->tls.key,
					sizeof id->tls.key - 1, &n, fault);
	if (!code)
		code = sign_key_load(in_dir(dir, "statement.key", path), &id->statement, fault);
	if (!code)
		code = sign_key_load(in_dir(dir, "sandbox.key", path), &id->sandbox, fault);
	if (!code)
		code = certificate_pin_of(id->tls.text, id->pin, fault);
	return code;
}

enum fault_code identity_load(const char *dir, struct identity *ret, struct fault *fault)
{
	char path[PATH_MAX];
	enum fault_code code;

	memset(ret, 0, sizeof *ret);
	if (access(in_dir(dir, "tls.key", path), F_OK) != 0 && errno == ENOENT)
		return fault_set(fault, FAULT_HUB_NOT_FOUND, dir, NULL);
	code = read_files(dir, ret, fault);
	if (code)
		identity_release(ret);
	return code;
}

void identity_release(struct identity *id)
{
	if (!id)
		return;
	sign_key_free(id->statement);
	sign_key_free(id->sandbox);
	secret_wipe(id, sizeof *id);
}

enum fault_code identity_pins(const struct identity *id, struct wire_enrol_code *ret,
			      struct fault *fault)
{
	uint8_t digest[DIGEST_SIZE];
	const char *letters = id->pin + PIN_PREFIX;
	size_t n;
	enum fault_code code = digest_sha256(sign_key_public(id->statement), SIGN_PUBLIC_SIZE, digest);

	if (code)
		return fault_set(fault, code, NULL, NULL);
	if (!base64_parse(BASE64_STANDARD, letters, strlen(letters), ret->tls_pin,
			  sizeof ret->tls_pin, &n) || n != sizeof ret->tls_pin)
		return fault_set(fault, FAULT_CERTIFICATE_REFUSED, "tls.pem", id->pin);
	memcpy(ret->statement_pin, digest, sizeof ret->statement_pin);
	return FAULT_NONE;
}
