/* The three fields of a signed request as any bytes: what is taken has one
 * meaning, the same when it is written out and read again. */
#include "fuzz.h"

#include <string.h>

#include "net/signature.h"

enum { FIELD_SIZE = SIGNATURE_FIELD_MAX + 8 };

#define PARTS "(\"@method\" \"@path\" \"@query\" \"content-digest\")"
#define REST ";created=1764000000;nonce=\"n\";keyid=\"k\";alg=\"ed25519\""
#define SIGNATURE "sig=:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA==:"
#define DIGEST "sha-256=:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=:"

/* Input, signature and digest, a newline between. */
const struct fuzz_seed fuzz_seeds[] = {
	SEED("sig=" PARTS REST "\n" SIGNATURE "\n" DIGEST),
	SEED("sig=(\"content-digest\" \"@query\" \"idempotency-key\" \"@path\" \"@method\")"
	     ";alg=\"ed25519\";keyid=\"till:1\";created=0;nonce=\"-_\"\n" SIGNATURE "\n" DIGEST),
	SEED("sig=( \"@method\"  \"@path\" \"@query\" \"content-digest\" )" REST ", b=()\n" SIGNATURE "\n" DIGEST),
	SEED("sig=(\"@method\";req)\n\n"), SEED("=\n:\n::"),
};
const size_t fuzz_n_seeds = sizeof fuzz_seeds / sizeof fuzz_seeds[0];

/* Takes the text up to the next newline; *at moves behind it. */
static void take_field(const char **at, const char *end, char field[FIELD_SIZE])
{
	const char *stop = memchr(*at, '\n', (size_t)(end - *at));
	size_t n = (size_t)((stop ? stop : end) - *at);

	if (n >= FIELD_SIZE)
		n = FIELD_SIZE - 1;
	memcpy(field, *at, n);
	field[n] = '\0';
	*at = stop ? stop + 1 : end;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	const char *at = n ? (const char *)data : "", *end = at + n;
	char input[FIELD_SIZE], signature[FIELD_SIZE], digest[FIELD_SIZE];
	struct signature_claim claim, again;
	struct fault fault = { .code = FAULT_NONE };

	take_field(&at, end, input);
	take_field(&at, end, signature);
	take_field(&at, end, digest);
	if (signature_parse(digest, input, signature, &claim, &fault) != FAULT_NONE) {
		FUZZ_RULE(fault.code != FAULT_NONE);
		return 0;
	}
	FUZZ_RULE(claim.n_components >= SIGNATURE_COMPONENTS - 1);
	FUZZ_RULE(claim.key_id[0] && claim.nonce[0] && claim.created_s >= 0);
	/* the canonical form under the name that the signature has */
	memmove(input, signature + strspn(signature, " "), strlen(signature) + 1 - strspn(signature, " "));
	if (strlen(claim.params) + strcspn(input, "=") + 1 > SIGNATURE_FIELD_MAX)
		return 0;
	memcpy(input + strcspn(input, "=") + 1, claim.params, strlen(claim.params) + 1);
	FUZZ_RULE(signature_parse(claim.content_digest, input, signature, &again, &fault) == FAULT_NONE);
	FUZZ_RULE(strcmp(claim.params, again.params) == 0 && strcmp(claim.nonce, again.nonce) == 0);
	FUZZ_RULE(memcmp(claim.signature, again.signature, sizeof claim.signature) == 0);
	return 0;
}
