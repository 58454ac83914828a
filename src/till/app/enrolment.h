/* A machine becomes a till of a hub: asked with a one-time code, checked
 * against the fingerprints in the code, written into the journal. */
#ifndef APP_ENROLMENT_H
#define APP_ENROLMENT_H

#include "agent/agent.h"
#include "app/command.h"
#include "crypt/certificate.h"
#include "crypt/crypt.h"
#include "wire/enrol_code.h"
#include "wire/wire.h"

/* What the hub answered, checked. */
struct enrolment {
	char url[80 + 1];
	certificate_pin pin;
	struct wire_enrol_reply reply;
	uint8_t hub_key[SIGN_PUBLIC_SIZE];
	enum currency currency;
};

/* Posts the code's secret and the till's public key to the hub and waits for
 * its answer. `previous_head` is the head of a journal that is there already,
 * 64 hexadecimal digits, or "". A repeat with the same code, key and head gets
 * the same answer. FAULT_NET_… (not reachable, not the one of the code),
 * FAULT_ENROL_CODE_… as the hub says, FAULT_ENROL_OTHER_HUB (another statement
 * key than the code's), FAULT_ENROL_REFUSED (whatever else it says). */
enum fault_code enrolment_ask(const char *url, const struct wire_enrol_code *code,
			      const uint8_t public_key[SIGN_PUBLIC_SIZE], const char *previous_head,
			      struct enrolment *ret, struct fault *fault);

/* Keeps the pin beside the open till and records who it is from now on.
 * FAULT_ENROL_OTHER_CURRENCY, FAULT_FILE_NOT_WRITABLE, what agent_do says. */
enum fault_code enrolment_record(const struct enrolment *enrolment, const char *dir,
				 struct agent *agent, struct fault *fault);

/* Both, on the till that is in `dir` or on one that is made there, which is
 * open then; its cashiers were fetched. `training` marks the till for good. The
 * refusals of both and of agent_open; a new till that was refused leaves its
 * key alone, for the next try. */
enum fault_code enrolment_make_till(const struct invocation *in, const char *dir, bool training,
				    const char *url, const struct wire_enrol_code *code,
				    struct agent **ret, struct fault *fault);

#endif
