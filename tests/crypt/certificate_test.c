/* Tests of the private authority: OpenSSL's own verifier judges what it makes. */
#include "suite.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "crypt/certificate.h"
#include "crypt/crypt.h"

static const struct certificate_time year = { 1764000000, 1764000000 + 365 * 86400 };

static struct certificate new_ca(void)
{
	struct certificate ca = { .key = "" };

	ASSERT_NUMBER(certificate_make_ca("Shop 柜台 CA", year, &ca, NULL), FAULT_NONE);
	return ca;
}

static struct certificate new_server(const struct certificate *ca, const char *name)
{
	struct certificate server = { .key = "" };
	const char *const names[] = { name, "127.0.0.1", "::1" };

	ASSERT_NUMBER(certificate_make_server(ca, names, 3, year, &server, NULL), FAULT_NONE);
	return server;
}

static void write_text(const char *folder, const char *name, const char *text)
{
	char path[128];
	FILE *file;

	snprintf(path, sizeof path, "%s/%s", folder, name);
	file = fopen(path, "w");
	CU_ASSERT_PTR_NOT_NULL_FATAL(file);
	fputs(text, file);
	fclose(file);
}

/* What `openssl verify` says in the given second about `purpose` and `host`. */
static bool is_verified(const struct certificate *ca, const struct certificate *server,
			const char *options, int64_t now_s)
{
	char folder[] = "/tmp/guitai-certificate.XXXXXX", command[512];
	int status;

	CU_ASSERT_PTR_NOT_NULL_FATAL(mkdtemp(folder));
	write_text(folder, "ca.pem", ca->text);
	write_text(folder, "server.pem", server->text);
	snprintf(command, sizeof command,
		 "cd %s && openssl verify -x509_strict -CAfile ca.pem -attime %lld %s server.pem "
		 ">said 2>&1", folder, (long long)now_s, options);
	status = system(command);
	snprintf(command, sizeof command, "rm -r %s", folder);
	CU_ASSERT(system(command) == 0);
	return status == 0;
}

static void a_server_is_vouched_for_by_its_authority(void)
{
	struct certificate ca = new_ca(), other = new_ca(), server = new_server(&ca, "hub.example");
	const int64_t noon = year.from_s + 86400;

	CU_ASSERT(is_verified(&ca, &server, "-purpose sslserver -verify_hostname hub.example", noon));
	CU_ASSERT(is_verified(&ca, &server, "-purpose sslserver -verify_ip 127.0.0.1", noon));
	CU_ASSERT(is_verified(&ca, &server, "-purpose sslserver -verify_ip ::1", noon));
	CU_ASSERT_FALSE(is_verified(&ca, &server, "-verify_hostname hub.example.org", noon));
	CU_ASSERT_FALSE(is_verified(&ca, &server, "-purpose sslclient", noon));
	CU_ASSERT_FALSE(is_verified(&other, &server, "", noon));
	CU_ASSERT_FALSE(is_verified(&ca, &server, "", year.from_s - 1));
	CU_ASSERT_FALSE(is_verified(&ca, &server, "", year.until_s + 1));
	CU_ASSERT(strstr(server.key, "BEGIN PRIVATE KEY") != NULL);
	CU_ASSERT(strcmp(ca.key, server.key) != 0);
}

static void a_server_cannot_vouch_for_another(void)
{
	struct certificate ca = new_ca(), server = new_server(&ca, "hub.example");
	struct certificate third = new_server(&server, "other.example"), chain = third;

	snprintf(chain.text, sizeof chain.text, "%.2000s%.2000s", third.text, server.text);
	CU_ASSERT_FALSE(is_verified(&ca, &chain, "-untrusted server.pem", year.from_s + 86400));
}

static void a_pin_is_the_keys_digest(void)
{
	/* the pin as `openssl x509 -pubkey | openssl pkey -pubin -outform der |
	 * openssl dgst -sha256 -binary | base64` gives it for this certificate */
	static const char pem[] =
		"-----BEGIN CERTIFICATE-----\n"
		"MIIBgjCCASegAwIBAgIUTJ6DZgKvrBoxItazMEG73hrX/F4wCgYIKoZIzj0EAwIw\n"
		"FjEUMBIGA1UEAwwLcGluLmV4YW1wbGUwHhcNMjYxMTIxMjE1ODAwWhcNMjYxMTIy\n"
		"MjE1ODAwWjAWMRQwEgYDVQQDDAtwaW4uZXhhbXBsZTBZMBMGByqGSM49AgEGCCqG\n"
		"SM49AwEHA0IABMKPOoh4H9n6+rlqJV00Z5pGoEvpA0AA0iO6d9QOOI3R/O9d8RF7\n"
		"IxDHyDJQ+jHfsgtJAk6pReqrZ/RqqCfi+c6jUzBRMB0GA1UdDgQWBBRCgUEeLEMW\n"
		"pE9gDAahz1kEyshQzjAfBgNVHSMEGDAWgBRCgUEeLEMWpE9gDAahz1kEyshQzjAP\n"
		"BgNVHRMBAf8EBTADAQH/MAoGCCqGSM49BAMCA0kAMEYCIQCoqtogNx/u54dlJix/\n"
		"5GhIgyhNPJZnWSxOXzwc5Ll5rQIhALP4uOvTAsVMUducJEGkW/c1rrcNLLnoV+wf\n"
		"32533Bf+\n"
		"-----END CERTIFICATE-----\n";
	certificate_pin pin = "", again = "";
	struct certificate_time time = { 0, 0 };
	struct certificate ca = new_ca();

	ASSERT_NUMBER(certificate_pin_of(pem, pin, NULL), FAULT_NONE);
	ASSERT_TEXT(pin, "sha256//Iu/foDRGzCOkzXbznzorm2A8QCorDFNoZKLJ9ADwPlo=");
	ASSERT_NUMBER(certificate_pin_of(ca.text, pin, NULL), FAULT_NONE);
	ASSERT_NUMBER(certificate_pin_of(ca.text, again, NULL), FAULT_NONE);
	ASSERT_TEXT(pin, again);
	ASSERT_NUMBER(strlen(pin), 8 + 44);
	ASSERT_NUMBER(certificate_time_of(ca.text, &time, NULL), FAULT_NONE);
	ASSERT_NUMBER(time.from_s, year.from_s);
	ASSERT_NUMBER(time.until_s, year.until_s);
}

static void what_cannot_be_vouched_for_is_refused(void)
{
	static const char *const bad[] = { "", "a b", "a,DNS:b", "hub.example\n", "1.2.3.4/24", "柜台" };
	const struct certificate_time never = { year.until_s, year.from_s };
	const char *const good[] = { "hub.example" };
	struct certificate ca = new_ca(), other = new_ca(), server = { .key = "", .text = "untouched" };
	certificate_pin pin;
	struct fault f;

	for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
		ASSERT_NUMBER(certificate_make_server(&ca, &bad[i], 1, year, &server, &f),
			      FAULT_CERTIFICATE_REFUSED);
	ASSERT_NUMBER(certificate_make_server(&ca, good, 0, year, &server, &f), FAULT_CERTIFICATE_REFUSED);
	ASSERT_NUMBER(certificate_make_server(&ca, good, 1, never, &server, &f), FAULT_CERTIFICATE_REFUSED);
	ASSERT_NUMBER(certificate_make_ca("", year, &server, &f), FAULT_CERTIFICATE_REFUSED);
	memcpy(ca.key, other.key, sizeof ca.key);
	ASSERT_NUMBER(certificate_make_server(&ca, good, 1, year, &server, &f), FAULT_CERTIFICATE_REFUSED);
	ca.key[0] = '\0';
	ASSERT_NUMBER(certificate_make_server(&ca, good, 1, year, &server, &f), FAULT_CERTIFICATE_REFUSED);
	ASSERT_TEXT(server.text, "untouched");
	ASSERT_NUMBER(certificate_pin_of("no PEM", pin, &f), FAULT_CERTIFICATE_REFUSED);
	ASSERT_NUMBER(certificate_time_of("", &(struct certificate_time){ 0, 0 }, &f),
		      FAULT_CERTIFICATE_REFUSED);
}

static const struct test tests[] = {
	{ "a server is vouched for by its authority", a_server_is_vouched_for_by_its_authority },
	{ "a server cannot vouch for another", a_server_cannot_vouch_for_another },
	{ "a pin is the key's digest", a_pin_is_the_keys_digest },
	{ "what cannot be vouched for is refused", what_cannot_be_vouched_for_is_refused },
};

SUITE_MAIN("certificate", tests)
