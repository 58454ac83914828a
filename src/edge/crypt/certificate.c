/* Makes the certificates of a hub that nobody else vouches for. */
#include "crypt/certificate.h"

#include <arpa/inet.h>
#include <openssl/bio.h>
#include <openssl/ec.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "base/base64.h"
#include "base/mark.h"
#include "crypt/crypt.h"
#include "crypt/start.h"

enum { SERIAL_BYTES = 16, NAME_LIST_MAX = 2048 };

static bool add_extension(X509 *cert, X509 *issuer, int nid, const char *value)
{
	X509V3_CTX ctx;
	X509_EXTENSION *extension;
	bool good;

	X509V3_set_ctx(&ctx, issuer, cert, NULL, NULL, 0);
	extension = X509V3_EXT_conf_nid(NULL, &ctx, nid, value);
	good = extension && X509_add_ext(cert, extension, -1) == 1;
	X509_EXTENSION_free(extension);
	return good;
}

/* A positive number of 127 random bits, as nobody may guess it. */
static bool set_serial(X509 *cert)
{
	uint8_t bytes[SERIAL_BYTES];
	BIGNUM *number = NULL;
	bool good = false;

	if (random_bytes(bytes, sizeof bytes) != FAULT_NONE)
		return false;
	bytes[0] = (uint8_t)((bytes[0] & 0x7f) | 0x40);
	number = BN_bin2bn(bytes, sizeof bytes, NULL);
	good = number && BN_to_ASN1_INTEGER(number, X509_get_serialNumber(cert));
	BN_free(number);
	return good;
}

static bool set_subject(X509 *cert, const char *name)
{
	return X509_NAME_add_entry_by_NID(X509_get_subject_name(cert), NID_commonName, MBSTRING_UTF8,
					  (const unsigned char *)name, -1, -1, 0) == 1;
}

/* A certificate of `key` by `issuer`, not yet signed; `issuer` NULL is itself. */
static X509 *begin(EVP_PKEY *key, X509 *issuer, const char *name, struct certificate_time time)
{
	X509 *cert = X509_new();

	if (cert && X509_set_version(cert, X509_VERSION_3) == 1 && set_serial(cert) &&
	    ASN1_TIME_set(X509_getm_notBefore(cert), (time_t)time.from_s) &&
	    ASN1_TIME_set(X509_getm_notAfter(cert), (time_t)time.until_s) &&
	    set_subject(cert, name) &&
	    X509_set_issuer_name(cert, X509_get_subject_name(issuer ? issuer : cert)) == 1 &&
	    X509_set_pubkey(cert, key) == 1)
		return cert;
	X509_free(cert);
	return NULL;
}

/* Copies what was written into `bio` as text. */
static bool take_text(BIO *bio, certificate_pem out)
{
	char *data;
	long n = BIO_get_mem_data(bio, &data);

	if (n <= 0 || n >= CERTIFICATE_PEM_MAX)
		return false;
	memcpy(out, data, (size_t)n);
	out[n] = '\0';
	return true;
}

static bool write_pem(EVP_PKEY *key, X509 *cert, struct certificate *ret)
{
	BIO *key_bio = BIO_new(BIO_s_secmem()), *cert_bio = BIO_new(BIO_s_mem());
	struct certificate made;
	bool good = key_bio && cert_bio &&
		PEM_write_bio_PKCS8PrivateKey(key_bio, key, NULL, NULL, 0, NULL, NULL) == 1 &&
		PEM_write_bio_X509(cert_bio, cert) == 1 &&
		take_text(key_bio, made.key) && take_text(cert_bio, made.text);

	if (good)
		*ret = made;
	secret_wipe(&made, sizeof made);
	BIO_free(key_bio);
	BIO_free(cert_bio);
	return good;
}

static bool is_good_time(struct certificate_time time)
{
	return time.from_s >= 0 && time.until_s > time.from_s;
}

enum fault_code certificate_make_ca(const char *name, struct certificate_time time,
				    struct certificate *ret_ca, struct fault *fault)
{
	enum fault_code code = FAULT_NONE;
	EVP_PKEY *key = NULL;
	X509 *cert = NULL;

	if (!name[0] || !is_good_time(time))
		return fault_set(fault, FAULT_CERTIFICATE_REFUSED, name,
				 N_("it needs a name, and an end behind its beginning"));
	if (!crypt_sha256() || !(key = EVP_EC_gen("P-256")) ||
	    !(cert = begin(key, NULL, name, time)) ||
	    !add_extension(cert, cert, NID_basic_constraints, "critical,CA:TRUE,pathlen:0") ||
	    !add_extension(cert, cert, NID_key_usage, "critical,keyCertSign") ||
	    !add_extension(cert, cert, NID_subject_key_identifier, "hash") ||
	    !X509_sign(cert, key, EVP_sha256()) || !write_pem(key, cert, ret_ca))
		code = fault_set(fault, FAULT_CERTIFICATE_REFUSED, name, N_("OpenSSL cannot make it"));
	X509_free(cert);
	EVP_PKEY_free(key);
	return code;
}

/* Whether a name can stand in the list of names without meaning something else. */
static bool is_host(const char *name)
{
	size_t n = strspn(name, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-.*");

	return n > 0 && n <= 64 && !name[n];
}

/* "DNS:hub.example,IP:127.0.0.1" */
static bool list_names(const char *const *names, size_t n, char out[NAME_LIST_MAX])
{
	uint8_t address[16];
	size_t at = 0;

	if (n == 0 || n > CERTIFICATE_NAMES_MAX)
		return false;
	for (size_t i = 0; i < n; i++) {
		bool is_ip = inet_pton(AF_INET, names[i], address) == 1 ||
			inet_pton(AF_INET6, names[i], address) == 1;

		if (!is_ip && !is_host(names[i]))
			return false;
		at += (size_t)snprintf(out + at, NAME_LIST_MAX - at, "%s%s:%s", i ? "," : "",
				       is_ip ? "IP" : "DNS", names[i]);
	}
	return true;
}

static EVP_PKEY *read_key(const char *pem)
{
	BIO *bio = BIO_new_mem_buf(pem, -1);
	EVP_PKEY *key = bio ? PEM_read_bio_PrivateKey(bio, NULL, NULL, NULL) : NULL;

	BIO_free(bio);
	return key;
}

static X509 *read_certificate(const char *pem)
{
	BIO *bio = crypt_sha256() ? BIO_new_mem_buf(pem, -1) : NULL;
	X509 *cert = bio ? PEM_read_bio_X509(bio, NULL, NULL, NULL) : NULL;

	BIO_free(bio);
	return cert;
}

static bool sign_server(X509 *ca, EVP_PKEY *ca_key, const char *names, const char *name,
			struct certificate_time time, struct certificate *ret_server)
{
	EVP_PKEY *key = EVP_EC_gen("P-256");
	X509 *cert = key ? begin(key, ca, name, time) : NULL;
	bool good = cert && add_extension(cert, ca, NID_basic_constraints, "critical,CA:FALSE") &&
		add_extension(cert, ca, NID_key_usage, "critical,digitalSignature") &&
		add_extension(cert, ca, NID_ext_key_usage, "serverAuth") &&
		add_extension(cert, ca, NID_subject_key_identifier, "hash") &&
		add_extension(cert, ca, NID_authority_key_identifier, "keyid") &&
		add_extension(cert, ca, NID_subject_alt_name, names) &&
		X509_sign(cert, ca_key, EVP_sha256()) && write_pem(key, cert, ret_server);

	X509_free(cert);
	EVP_PKEY_free(key);
	return good;
}

enum fault_code certificate_make_server(const struct certificate *ca, const char *const *names,
					size_t n, struct certificate_time time,
					struct certificate *ret_server, struct fault *fault)
{
	enum fault_code code = FAULT_NONE;
	EVP_PKEY *ca_key = NULL;
	X509 *ca_cert = NULL;
	char list[NAME_LIST_MAX];

	if (!list_names(names, n, list) || !is_good_time(time))
		return fault_set(fault, FAULT_CERTIFICATE_REFUSED, n ? names[0] : "",
				 N_("it needs names of hosts or IP addresses, and an end behind its beginning"));
	ca_cert = read_certificate(ca->text);
	ca_key = ca_cert ? read_key(ca->key) : NULL;
	if (!ca_key || X509_check_private_key(ca_cert, ca_key) != 1)
		code = fault_set(fault, FAULT_CERTIFICATE_REFUSED, names[0],
				 N_("the authority's key and certificate cannot be read or do not belong together"));
	else if (!sign_server(ca_cert, ca_key, list, names[0], time, ret_server))
		code = fault_set(fault, FAULT_CERTIFICATE_REFUSED, names[0], N_("OpenSSL cannot make it"));
	X509_free(ca_cert);
	EVP_PKEY_free(ca_key);
	return code;
}

static enum fault_code refuse_pem(struct fault *fault)
{
	return fault_set(fault, FAULT_CERTIFICATE_REFUSED, N_("the text"), N_("it is no certificate in PEM"));
}

enum fault_code certificate_pin_of(const char *pem, certificate_pin ret_pin, struct fault *fault)
{
	X509 *cert = read_certificate(pem);
	unsigned char *key = NULL;
	int n = cert ? i2d_X509_PUBKEY(X509_get_X509_PUBKEY(cert), &key) : -1;
	enum fault_code code = n > 0 ? FAULT_NONE : refuse_pem(fault);
	char letters[BASE64_SIZE(DIGEST_SIZE)];
	uint8_t digest[DIGEST_SIZE];

	if (code == FAULT_NONE)
		code = digest_sha256(key, (size_t)n, digest);
	if (code == FAULT_NONE) {
		base64_format(BASE64_STANDARD, digest, sizeof digest, letters);
		snprintf(ret_pin, sizeof(certificate_pin), "sha256//%s", letters);
	}
	OPENSSL_free(key);
	X509_free(cert);
	return code;
}

static bool seconds_of(const ASN1_TIME *time, int64_t *ret_s)
{
	struct tm tm;

	if (ASN1_TIME_to_tm(time, &tm) != 1)
		return false;
	*ret_s = timegm(&tm);
	return true;
}

enum fault_code certificate_time_of(const char *pem, struct certificate_time *ret_time,
				    struct fault *fault)
{
	X509 *cert = read_certificate(pem);
	struct certificate_time time;
	enum fault_code code = FAULT_NONE;

	if (cert && seconds_of(X509_get0_notBefore(cert), &time.from_s) &&
	    seconds_of(X509_get0_notAfter(cert), &time.until_s))
		*ret_time = time;
	else
		code = refuse_pem(fault);
	X509_free(cert);
	return code;
}
