/* The bytes that are really signed. Inside the room only. */
#ifndef NET_SIGNATURE_BASE_H
#define NET_SIGNATURE_BASE_H

#include "base/buffer.h"
#include "net/signature.h"

/* What can be covered; names in signature_component_name. */
enum signature_component {
	COMPONENT_METHOD, COMPONENT_PATH, COMPONENT_QUERY, COMPONENT_DIGEST,
	COMPONENT_IDEMPOTENCY_KEY, /* the only one that may be left out */
};

/* "@method"; NULL when there is no such component. */
const char *signature_component_name(size_t component);

/* One line of the signature base (RFC 9421 section 2.5). */
void signature_base_line(struct buffer *base, const char *name, const char *value);

/* Its last line, "@signature-params", which no newline follows. */
void signature_base_end(struct buffer *base, const char *params);

/* The whole base of a request. False, the reason in *ret_wrong (untranslated),
 * when the request holds what cannot be signed or lacks what is covered. */
bool signature_base_build(struct buffer *base, const struct signature_request *request,
			  const struct signature_claim *claim, const char **ret_wrong);

/* "sha-256=:...:" */
void signature_digest_field(const uint8_t digest[DIGEST_SIZE], signature_field out);

#endif
