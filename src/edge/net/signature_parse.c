/* Reads what a signed request claims, strictly and within limits. */
#include "net/signature.h"

#include <stdio.h>
#include <string.h>

#include "base/buffer.h"
#include "base/mark.h"
#include "net/signature_base.h"
#include "net/structured.h"

enum { LABEL_MAX = 32, NAME_MAX_LENGTH = 32 };

enum parameter { PARAMETER_CREATED = 1, PARAMETER_NONCE = 2, PARAMETER_KEY_ID = 4, PARAMETER_ALG = 8 };

/* What all parts of the reading share. */
struct reading {
	struct structured in;
	struct signature_claim *claim;
	struct buffer params;  /* the inner list as the RFC serialises it */
	struct fault *fault;
	enum fault_code code;
};

static void refuse(struct reading *r, enum fault_code code, const char *arg1, const char *arg2)
{
	if (r->code == FAULT_NONE)
		r->code = fault_set(r->fault, code, arg1, arg2);
}

static bool is_covered(const struct signature_claim *claim, size_t component)
{
	return memchr(claim->components, (int)component, claim->n_components) != NULL;
}

static void read_component(struct reading *r)
{
	char name[NAME_MAX_LENGTH];
	size_t component = 0;

	structured_string(&r->in, name, sizeof name);
	if (r->in.failed)
		return;
	while (signature_component_name(component) &&
	       strcmp(signature_component_name(component), name) != 0)
		component++;
	if (!signature_component_name(component)) {
		refuse(r, FAULT_SIGNATURE_COMPONENTS, name, N_("has no place there"));
		return;
	}
	if (is_covered(r->claim, component)) {
		refuse(r, FAULT_SIGNATURE_COMPONENTS, name, N_("stands there twice"));
		return;
	}
	if (r->claim->n_components)
		buffer_add_byte(&r->params, ' ');
	buffer_printf(&r->params, "\"%s\"", name);
	r->claim->components[r->claim->n_components++] = (uint8_t)component;
}

static void read_components(struct reading *r)
{
	structured_expect(&r->in, '(');
	buffer_add_byte(&r->params, '(');
	for (;;) {
		structured_spaces(&r->in);
		if (structured_take(&r->in, ')'))
			break;
		read_component(r);
		if (structured_take(&r->in, ' '))
			continue;
		structured_expect(&r->in, ')');
		break;
	}
	buffer_add_byte(&r->params, ')');
	r->claim->covers_idempotency_key = is_covered(r->claim, COMPONENT_IDEMPOTENCY_KEY);
	for (size_t i = 0; i < COMPONENT_IDEMPOTENCY_KEY && !r->in.failed; i++)
		if (!is_covered(r->claim, i))
			refuse(r, FAULT_SIGNATURE_COMPONENTS, signature_component_name(i),
			       N_("is missing"));
}

/* The parameter of that name, 0 for others. */
static unsigned parameter_of(const char *name)
{
	return strcmp(name, "created") == 0 ? PARAMETER_CREATED :
		strcmp(name, "nonce") == 0 ? PARAMETER_NONCE :
		strcmp(name, "keyid") == 0 ? PARAMETER_KEY_ID :
		strcmp(name, "alg") == 0 ? PARAMETER_ALG : 0;
}

static void read_value(struct reading *r, unsigned parameter)
{
	char alg[NAME_MAX_LENGTH];

	switch ((enum parameter)parameter) {
	case PARAMETER_CREATED:
		r->claim->created_s = structured_integer(&r->in);
		buffer_printf(&r->params, ";created=%lld", (long long)r->claim->created_s);
		return;
	case PARAMETER_NONCE:
		structured_string(&r->in, r->claim->nonce, sizeof r->claim->nonce);
		buffer_printf(&r->params, ";nonce=\"%s\"", r->claim->nonce);
		return;
	case PARAMETER_KEY_ID:
		structured_string(&r->in, r->claim->key_id, sizeof r->claim->key_id);
		buffer_printf(&r->params, ";keyid=\"%s\"", r->claim->key_id);
		return;
	case PARAMETER_ALG:
		structured_string(&r->in, alg, sizeof alg);
		buffer_printf(&r->params, ";alg=\"%s\"", alg);
		if (!r->in.failed && strcmp(alg, "ed25519") != 0)
			refuse(r, FAULT_SIGNATURE_ALGORITHM, alg, NULL);
		return;
	}
}

static void read_parameters(struct reading *r)
{
	const unsigned all = PARAMETER_CREATED | PARAMETER_NONCE | PARAMETER_KEY_ID | PARAMETER_ALG;
	unsigned seen = 0;

	while (!r->in.failed && r->code == FAULT_NONE && structured_take(&r->in, ';')) {
		char name[NAME_MAX_LENGTH];
		unsigned parameter;

		structured_spaces(&r->in);
		structured_key(&r->in, name, sizeof name);
		structured_expect(&r->in, '=');
		if (r->in.failed)
			return;
		parameter = parameter_of(name);
		if (!parameter || (seen & parameter))
			refuse(r, FAULT_SIGNATURE_MALFORMED, "Signature-Input",
			       N_("a parameter is unknown or stands there twice"));
		else
			read_value(r, parameter);
		seen |= parameter;
	}
	if (!r->in.failed && seen != all)
		refuse(r, FAULT_SIGNATURE_MALFORMED, "Signature-Input",
		       N_("one of created, nonce, keyid and alg is missing"));
}

/* Ends the reading of one field. */
static void finish(struct reading *r, const char *field)
{
	if (!structured_done(&r->in))
		refuse(r, FAULT_SIGNATURE_MALFORMED, field, r->in.wrong);
}

static void read_input(struct reading *r, const char *text, char *ret_label)
{
	structured_init(&r->in, text, strlen(text));
	structured_key(&r->in, ret_label, LABEL_MAX);
	structured_expect(&r->in, '=');
	read_components(r);
	read_parameters(r);
	finish(r, "Signature-Input");
	if (r->params.failed)
		refuse(r, FAULT_OUT_OF_MEMORY, NULL, NULL);
	snprintf(r->claim->params, sizeof r->claim->params, "%s", buffer_text(&r->params));
}

static void read_signature(struct reading *r, const char *text, const char *label)
{
	char key[LABEL_MAX];

	structured_init(&r->in, text, strlen(text));
	structured_key(&r->in, key, sizeof key);
	structured_expect(&r->in, '=');
	structured_bytes(&r->in, r->claim->signature, SIGNATURE_SIZE);
	finish(r, "Signature");
	if (strcmp(key, label) != 0)
		refuse(r, FAULT_SIGNATURE_MALFORMED, "Signature",
		       N_("it has another name than in Signature-Input"));
}

static void read_digest(struct reading *r, const char *text)
{
	char key[LABEL_MAX];

	structured_init(&r->in, text, strlen(text));
	structured_key(&r->in, key, sizeof key);
	structured_expect(&r->in, '=');
	if (!r->in.failed && strcmp(key, "sha-256") != 0)
		refuse(r, FAULT_SIGNATURE_MALFORMED, "Content-Digest", N_("it is not one sha-256"));
	structured_bytes(&r->in, r->claim->body_digest, DIGEST_SIZE);
	finish(r, "Content-Digest");
	signature_digest_field(r->claim->body_digest, r->claim->content_digest);
}

/* Whether the field was sent and is not too long. */
static bool have_field(struct reading *r, const char *name, const char *value)
{
	if (!value)
		refuse(r, FAULT_SIGNATURE_MISSING, name, NULL);
	else if (strlen(value) > SIGNATURE_FIELD_MAX)
		refuse(r, FAULT_SIGNATURE_MALFORMED, name, N_("it is too long"));
	return r->code == FAULT_NONE;
}

enum fault_code signature_parse(const char *content_digest, const char *signature_input,
				const char *signature, struct signature_claim *ret_claim,
				struct fault *fault)
{
	struct signature_claim claim = { .n_components = 0 };
	struct reading r = {
		.claim = &claim, .fault = fault, .params = BUFFER_INIT(SIGNATURE_FIELD_MAX),
	};
	char label[LABEL_MAX] = "";

	if (have_field(&r, "Signature-Input", signature_input) &&
	    have_field(&r, "Signature", signature) &&
	    have_field(&r, "Content-Digest", content_digest)) {
		read_input(&r, signature_input, label);
		read_signature(&r, signature, label);
		read_digest(&r, content_digest);
	}
	if (r.code == FAULT_NONE)
		*ret_claim = claim;
	buffer_release(&r.params);
	return r.code;
}
