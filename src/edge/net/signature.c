/* Signs requests, and proves who signed them. */
#include "net/signature.h"

#include <stdio.h>

#include "base/base64.h"
#include "base/buffer.h"
#include "base/mark.h"
#include "net/signature_base.h"
#include "net/structured.h"

void signature_nonce(const uint8_t random[SIGNATURE_NONCE_BYTES], signature_nonce_text out)
{
	base64_format(BASE64_URL, random, SIGNATURE_NONCE_BYTES, out);
}

/* The claim that signature_parse will read out of the fields. */
static enum fault_code make_claim(const struct signature_request *request,
				  const struct signature_params *params,
				  struct signature_claim *ret_claim)
{
	struct signature_claim *claim = ret_claim;
	const size_t n = request->idempotency_key ? SIGNATURE_COMPONENTS : SIGNATURE_COMPONENTS - 1;

	*claim = (struct signature_claim){ .n_components = n };
	claim->covers_idempotency_key = request->idempotency_key != NULL;
	for (size_t i = 0; i < n; i++)
		claim->components[i] = (uint8_t)i;
	snprintf(claim->params, sizeof claim->params,
		 "(\"@method\" \"@path\" \"@query\" \"content-digest\"%s)"
		 ";created=%lld;nonce=\"%s\";keyid=\"%s\";alg=\"ed25519\"",
		 request->idempotency_key ? " \"idempotency-key\"" : "",
		 (long long)params->created_s, params->nonce, params->key_id);
	if (digest_sha256(request->body, request->body_n, claim->body_digest) != FAULT_NONE)
		return FAULT_OUT_OF_MEMORY;
	signature_digest_field(claim->body_digest, claim->content_digest);
	return FAULT_NONE;
}

enum fault_code signature_make(const struct signature_request *request,
			       const struct signature_params *params, const struct sign_key *key,
			       struct signature_fields *ret_fields, struct fault *fault)
{
	struct buffer base = BUFFER_INIT(SIGNATURE_BASE_MAX);
	char letters[BASE64_SIZE(SIGNATURE_SIZE)];
	struct signature_claim claim;
	const char *wrong = NULL;
	enum fault_code code;

	if (!structured_is_plain(params->key_id, SIGNATURE_KEY_ID_MAX) ||
	    !structured_is_plain(params->nonce, SIGNATURE_NONCE_MAX) || params->created_s < 0)
		return fault_set(fault, FAULT_SIGNATURE_MALFORMED, "Signature-Input",
				 N_("keyid or nonce cannot be written there"));
	code = make_claim(request, params, &claim);
	if (code == FAULT_NONE && !signature_base_build(&base, request, &claim, &wrong)) {
		code = fault_set(fault, FAULT_SIGNATURE_REQUEST, wrong, NULL);
		goto done;
	}
	if (code == FAULT_NONE)
		code = sign_key_sign(key, base.data, base.len, claim.signature);
	if (code != FAULT_NONE) {
		fault_set(fault, code, NULL, NULL);
		goto done;
	}
	base64_format(BASE64_STANDARD, claim.signature, SIGNATURE_SIZE, letters);
	snprintf(ret_fields->content_digest, sizeof(signature_field), "%s", claim.content_digest);
	snprintf(ret_fields->signature_input, sizeof(signature_field), "sig=%s", claim.params);
	snprintf(ret_fields->signature, sizeof(signature_field), "sig=:%s:", letters);
done:
	buffer_release(&base);
	return code;
}

enum fault_code signature_check(const struct signature_claim *claim,
				const struct signature_request *request,
				const uint8_t public_key[SIGN_PUBLIC_SIZE], struct fault *fault)
{
	struct buffer base = BUFFER_INIT(SIGNATURE_BASE_MAX);
	enum fault_code code = FAULT_NONE;
	uint8_t digest[DIGEST_SIZE];
	const char *wrong = NULL;

	if (digest_sha256(request->body, request->body_n, digest) != FAULT_NONE)
		return fault_set(fault, FAULT_OUT_OF_MEMORY, NULL, NULL);
	if (!digest_equal(digest, claim->body_digest, DIGEST_SIZE))
		code = fault_set(fault, FAULT_SIGNATURE_DIGEST, NULL, NULL);
	else if (!signature_base_build(&base, request, claim, &wrong))
		code = fault_set(fault, FAULT_SIGNATURE_REQUEST, wrong, NULL);
	else if (!signature_verify(public_key, base.data, base.len, claim->signature))
		code = fault_set(fault, FAULT_SIGNATURE_WRONG, claim->key_id, NULL);
	buffer_release(&base);
	return code;
}
