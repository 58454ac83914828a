/* Keys and certificate: made at the first start, read at the others. */
#include "sandbox/identity.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/base64.h"

enum { TEN_YEARS_S = 10 * 365 * 86400, AN_HOUR_S = 3600 };

const char *identity_path(const char *dir, const char *name, char *out, size_t size)
{
	if ((size_t)snprintf(out, size, "%s/%s", dir, name) >= size)
		out[0] = '\0';
	return out;
}

static enum fault_code write_text(const char *dir, const char *name, const char *text, struct fault *fault)
{
	char path[PATH_MAX];
	FILE *out = fopen(identity_path(dir, name, path, sizeof path), "w");
	bool written;

	if (!out)
		return fault_set(fault, FAULT_FILE_NOT_WRITABLE, path, strerror(errno));
	written = fputs(text, out) >= 0;
	written = fclose(out) == 0 && written;
	return written ? FAULT_NONE : fault_set(fault, FAULT_FILE_NOT_WRITABLE, path, strerror(errno));
}

enum fault_code identity_read_text(const char *path, char *out, size_t size, struct fault *fault)
{
	FILE *in = fopen(path, "r");
	size_t n;

	if (!in)
		return fault_set(fault, FAULT_FILE_NOT_READABLE, path, strerror(errno));
	n = fread(out, 1, size, in);
	fclose(in);
	if (n == size)
		return fault_set(fault, FAULT_FILE_NOT_READABLE, path, strerror(EFBIG));
	out[n] = '\0';
	return FAULT_NONE;
}

enum fault_code identity_read_public(const char *path, uint8_t ret_key[SIGN_PUBLIC_SIZE],
				     struct fault *fault)
{
	char letters[BASE64_SIZE(SIGN_PUBLIC_SIZE) + 8];
	size_t n = 0;
	enum fault_code code = identity_read_text(path, letters, sizeof letters, fault);

	if (code)
		return code;
	letters[strcspn(letters, " \r\n")] = '\0';
	if (!base64_parse(BASE64_STANDARD, letters, strlen(letters), ret_key, SIGN_PUBLIC_SIZE, &n) ||
	    n != SIGN_PUBLIC_SIZE)
		return fault_set(fault, FAULT_FILE_NOT_READABLE, path, "base64");
	return FAULT_NONE;
}

static enum fault_code make_key(const char *dir, struct fault *fault)
{
	char path[PATH_MAX], letters[BASE64_SIZE(SIGN_PUBLIC_SIZE) + 1];
	struct sign_key *key = NULL;
	enum fault_code code = sign_key_make(&key);

	if (code)
		return fault_set(fault, code, NULL, NULL);
	base64_format(BASE64_STANDARD, sign_key_public(key), SIGN_PUBLIC_SIZE, letters);
	memcpy(letters + strlen(letters), "\n", 2);
	code = write_text(dir, "sandbox.pub", letters, fault);
	if (!code)
		code = sign_key_save(key, identity_path(dir, "sandbox.key", path, sizeof path), fault);
	sign_key_free(key);
	return code;
}

/* The authority signs this one server, and its key is forgotten. */
static enum fault_code make_tls(const char *dir, const char *const *names, size_t n, int64_t now_s,
				struct fault *fault)
{
	struct certificate_time time = { now_s - AN_HOUR_S, now_s + TEN_YEARS_S };
	struct certificate ca, server;
	char path[PATH_MAX];
	enum fault_code code = certificate_make_ca("guitai-sandbox", time, &ca, fault);

	if (code)
		return code;
	code = certificate_make_server(&ca, names, n, time, &server, fault);
	secret_wipe(ca.key, sizeof ca.key);
	if (code)
		return code;
	code = write_text(dir, "ca.pem", ca.text, fault);
	if (!code)
		code = write_text(dir, "tls.pem", server.text, fault);
	if (!code)
		code = secret_file_write(identity_path(dir, "tls.key", path, sizeof path), server.key,
					 strlen(server.key), fault);
	secret_wipe(server.key, sizeof server.key);
	return code;
}

/* The secret file is written last, so it says that the others are whole. */
static bool has(const char *dir, const char *name)
{
	char path[PATH_MAX];

	return access(identity_path(dir, name, path, sizeof path), F_OK) == 0;
}

enum fault_code identity_open(struct identity *ret, const char *dir, const char *const *names, size_t n,
			      int64_t now_s, struct fault *fault)
{
	char path[PATH_MAX];
	size_t len = 0;
	enum fault_code code = has(dir, "sandbox.key") ? FAULT_NONE : make_key(dir, fault);

	memset(ret, 0, sizeof *ret);
	if (!code && !has(dir, "tls.key"))
		code = make_tls(dir, names, n, now_s, fault);
	if (!code)
		code = identity_read_text(identity_path(dir, "tls.pem", path, sizeof path), ret->tls.text,
					  sizeof ret->tls.text, fault);
	if (!code)
		code = secret_file_read(identity_path(dir, "tls.key", path, sizeof path), ret->tls.key,
					sizeof ret->tls.key - 1, &len, fault);
	if (!code)
		code = sign_key_load(identity_path(dir, "sandbox.key", path, sizeof path), &ret->key, fault);
	if (code)
		identity_release(ret);
	return code;
}

void identity_release(struct identity *id)
{
	if (!id)
		return;
	sign_key_free(id->key);
	secret_wipe(&id->tls, sizeof id->tls);
	id->key = NULL;
}
