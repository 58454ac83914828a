/* The signature base of RFC 9421: what a request says, line by line. */
#include "net/signature_base.h"

#include <stdio.h>

#include "base/base64.h"
#include "base/mark.h"

static const char *const names[SIGNATURE_COMPONENTS] = {
	[COMPONENT_METHOD] = "@method",
	[COMPONENT_PATH] = "@path",
	[COMPONENT_QUERY] = "@query",
	[COMPONENT_DIGEST] = "content-digest",
	[COMPONENT_IDEMPOTENCY_KEY] = "idempotency-key",
};

const char *signature_component_name(size_t component)
{
	return component < SIGNATURE_COMPONENTS ? names[component] : NULL;
}

void signature_base_line(struct buffer *base, const char *name, const char *value)
{
	buffer_printf(base, "\"%s\": %s\n", name, value);
}

void signature_base_end(struct buffer *base, const char *params)
{
	buffer_printf(base, "\"@signature-params\": %s", params);
}

void signature_digest_field(const uint8_t digest[DIGEST_SIZE], signature_field out)
{
	char letters[BASE64_SIZE(DIGEST_SIZE)];

	base64_format(BASE64_STANDARD, digest, DIGEST_SIZE, letters);
	snprintf(out, sizeof(signature_field), "sha-256=:%s:", letters);
}

/* A newline in a value could feign another line. */
static bool is_visible(const char *text)
{
	for (; *text; text++)
		if (*text < 0x21 || *text > 0x7e)
			return false;
	return true;
}

static const char *wrong_with(const struct signature_request *request)
{
	const char *key = request->idempotency_key;

	if (!request->method[0] || !is_visible(request->method))
		return N_("its method is empty or has spaces or control characters");
	if (request->path[0] != '/' || !is_visible(request->path))
		return N_("its path does not begin with / or has characters that are not escaped");
	if (request->query && !is_visible(request->query))
		return N_("its query has characters that are not escaped");
	if (key && (!key[0] || !is_visible(key)))
		return N_("its Idempotency-Key is empty or has spaces or control characters");
	return NULL;
}

static void add_component(struct buffer *base, const struct signature_request *request,
			  const struct signature_claim *claim, size_t component)
{
	const char *name = names[component];

	switch ((enum signature_component)component) {
	case COMPONENT_METHOD:
		signature_base_line(base, name, request->method);
		break;
	case COMPONENT_PATH:
		signature_base_line(base, name, request->path);
		break;
	case COMPONENT_QUERY: /* a lone ? stands for no query: section 2.2.7 */
		buffer_printf(base, "\"%s\": ?%s\n", name, request->query ? request->query : "");
		break;
	case COMPONENT_DIGEST:
		signature_base_line(base, name, claim->content_digest);
		break;
	case COMPONENT_IDEMPOTENCY_KEY:
		signature_base_line(base, name, request->idempotency_key);
		break;
	}
}

bool signature_base_build(struct buffer *base, const struct signature_request *request,
			  const struct signature_claim *claim, const char **ret_wrong)
{
	const char *wrong = wrong_with(request);

	if (!wrong && claim->covers_idempotency_key && !request->idempotency_key)
		wrong = N_("its Idempotency-Key was left out");
	for (size_t i = 0; i < claim->n_components && !wrong; i++)
		add_component(base, request, claim, claim->components[i]);
	signature_base_end(base, claim->params);
	if (!wrong && base->failed)
		wrong = N_("it is too long");
	if (wrong)
		*ret_wrong = wrong;
	return !wrong;
}
