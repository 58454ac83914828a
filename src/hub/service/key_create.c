/* POST /v1/keys: a till gives itself a new key. The old one counts until the
 * new one was used, so that a lost answer locks nobody out. */
#include "service/hub_own.h"

#include <string.h>

#include "base/base64.h"
#include "service/till_answer.h"

enum fault_code key_create(struct hub_call *call, struct fault *fault)
{
	const struct wire_key_request *body = call->body;
	struct db *db = call->hub->db;
	uint8_t key[HUB_KEY_SIZE];
	size_t n;
	enum fault_code code;

	if (!base64_parse(BASE64_STANDARD, body->public_key, strlen(body->public_key), key, sizeof key, &n) ||
	    n != sizeof key)
		return fault_set(fault, FAULT_INPUT_BAD_FIELD, "public_key", "32 bytes, base64");
	/* Two at the most: a new key that was never used gives way. */
	code = db_run(db, "DELETE FROM till_key WHERE merchant = ?1 AND till = ?2 AND public_key <> ?3",
		      DB_VALUES(db_ident(&call->merchant), db_ident(&call->request->till),
				db_bytes(call->request->public_key, HUB_KEY_SIZE)), NULL, fault);
	if (!code)
		code = db_run(db, "INSERT INTO till_key (merchant, till, public_key, generation)"
			      " SELECT merchant, till, ?3, max(generation) + 1 FROM till_key"
			      " WHERE merchant = ?1 AND till = ?2 GROUP BY merchant, till",
			      DB_VALUES(db_ident(&call->merchant), db_ident(&call->request->till),
					db_bytes(key, sizeof key)), NULL, fault);
	return code ? code : till_answer(call, fault);
}
