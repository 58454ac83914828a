/* The one code that enrols a till: what guitai-hub till code prints and guitai
 * enrol takes. It says whom to trust, so that nothing is trusted on first use:
 * the till connects to none but the owner of the TLS key, and takes no other
 * key for statements. Only the secret is sent to the hub. */
#ifndef WIRE_ENROL_CODE_H
#define WIRE_ENROL_CODE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/ident.h"

struct wire_enrol_code {
	struct ident secret;        /* as 26 letters the field `code` of enrol_request */
	uint8_t tls_pin[32];        /* SHA-256 of the hub's TLS key (SubjectPublicKeyInfo) */
	uint8_t statement_pin[16];  /* first half of the SHA-256 of its statement key */
};

/* 21 groups of 5 letters with - between; the first 26 letters are the secret. */
enum { WIRE_ENROL_CODE_LETTERS = 125 };
typedef char wire_enrol_code_text[WIRE_ENROL_CODE_LETTERS + 1];

void wire_enrol_code_format(const struct wire_enrol_code *code, wire_enrol_code_text out);

/* Reads a code as typed: either case, blanks and - anywhere, I and L for 1, O
 * for 0. False, *ret untouched, when a letter is wrong, missing or swapped. */
bool wire_enrol_code_parse(const char *text, struct wire_enrol_code *ret);

#endif
