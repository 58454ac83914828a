/* A command that must write, done where it can be: by the till that runs on
 * the directory, asked over its socket, or by a till that is opened here. */
#ifndef APP_ERRAND_H
#define APP_ERRAND_H

#include "app/batch.h"
#include "json/json.h"

struct errand {
	const struct invocation *in;
	int fd;                     /* the running till, -1 when none */
	struct agent *agent;        /* opened here, else NULL */
	struct batch *batch;
	bool logged_in;             /* by us: to be logged out */
	struct buffer reply;
	struct json_value *value;
};

/* Who does it when no till runs. */
enum errand_person {
	ERRAND_NOBODY,   /* the command needs no one logged in */
	ERRAND_CASHIER,  /* --cashier (1 when not given), whose PIN is asked for */
};

/* Finds or opens the till. To be ended in any case. FAULT_STORE_LOCKED,
 * FAULT_CASHIER_WRONG_PIN, FAULT_TILL_NOT_ANSWERING, what agent_open says. */
enum fault_code errand_begin(struct errand *e, const struct invocation *in,
			     enum errand_person person, struct fault *fault);

/* Has one line of batch (without newline) done and reads the answer, valid
 * until the next call. False when it was refused: either *fault is filled, or
 * the till's own sentence was said on stderr. */
bool errand_run(struct errand *e, const char *line, const struct json_value **ret_reply,
		struct fault *fault);

void errand_end(struct errand *e);

/* Appends a blank and the word as batch reads it, quoted. FAULT_INPUT_BAD_TEXT
 * for control characters and for more than a line may hold. */
enum fault_code errand_word(struct buffer *line, const char *what, const char *word,
			    struct fault *fault);

#endif
