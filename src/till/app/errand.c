/* The same line of batch and the same answer, whoever does it. */
#include "app/errand.h"

#include <limits.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/inotify.h>
#include <unistd.h>

#include "command/ask.h"
#include "command/speech.h"
#include "app/till_call.h"
#include "app/till_open.h"
#include "base/utf8.h"
#include "crypt/crypt.h"

/* How long another may hold the directory without doing anything in it, and
 * how much it may do. */
enum { TURN_MS = 2000, TURN_EVENTS_MAX = 1000 };

static enum fault_code log_in(struct errand *e, struct fault *fault)
{
	const char *cashier = invocation_option(e->in, "cashier");
	char question[160], pin[ASK_PIN_MAX] = "";
	enum fault_code code;

	if (!cashier)
		cashier = "1";
	snprintf(question, sizeof question, _("PIN of cashier %s: "), cashier);
	if (!ask_hidden(question, pin, sizeof pin))
		return fault_set(fault, FAULT_CASHIER_WRONG_PIN, NULL, NULL);
	code = agent_login(e->agent, cashier, pin, fault);
	secret_wipe(pin, sizeof pin);
	e->logged_in = !code;
	return code;
}

/* Finds the running till, or opens one here. */
static enum fault_code find_till(struct errand *e, struct fault *fault)
{
	enum fault_code code = till_call_connect(e->in->dir, &e->fd, fault);

	if (code || e->fd >= 0)
		return code;
	return till_open(e->in, e->in->dir, &e->agent, fault);
}

/* Somebody holds the directory without listening: a till that is starting, or
 * another errand that is soon done. Both end with an event in the directory. */
static enum fault_code wait_for_turn(struct errand *e, struct fault *fault)
{
	char events[sizeof(struct inotify_event) + NAME_MAX + 1];
	int fd = inotify_init1(IN_CLOEXEC);
	struct pollfd p = { .fd = fd, .events = POLLIN };
	enum fault_code code = FAULT_STORE_LOCKED;

	if (fd < 0 || inotify_add_watch(fd, e->in->dir, IN_MOVED_TO | IN_CLOSE_WRITE) < 0)
		goto done;
	for (int tries = 0; tries < TURN_EVENTS_MAX; tries++) {
		code = find_till(e, fault);
		if (code != FAULT_STORE_LOCKED || poll(&p, 1, TURN_MS) <= 0 ||
		    read(fd, events, sizeof events) <= 0)
			break;
	}
done:
	if (fd >= 0)
		close(fd);
	return code;
}

enum fault_code errand_begin(struct errand *e, const struct invocation *in,
			     enum errand_person person, struct fault *fault)
{
	enum fault_code code;

	*e = (struct errand){ .in = in, .fd = -1, .reply = BUFFER_INIT(BATCH_REPLY_MAX) };
	e->batch = malloc(sizeof *e->batch);
	if (!e->batch)
		return fault_set(fault, FAULT_OUT_OF_MEMORY, NULL, NULL);
	code = find_till(e, fault);
	if (code == FAULT_STORE_LOCKED)
		code = wait_for_turn(e, fault);
	fault->code = code;
	batch_init(e->batch, e->agent, in->settings);
	if (!code && e->agent && person == ERRAND_CASHIER)
		code = log_in(e, fault);
	return code;
}

/* Says the till's sentence when it refused. */
static bool accepted(const struct json_value *reply, struct fault *fault)
{
	const struct json_value *error = NULL;
	char sentence[1024];
	bool ok = false;

	if (json_get_bool(reply, "ok", &ok, fault))
		return false;
	if (!ok && !json_get_object(reply, "error", &error, fault) &&
	    !json_get_text(error, "message", sentence, sizeof sentence, fault))
		speech_refuse(sentence);
	return ok;
}

static enum fault_code ask(struct errand *e, const char *line, struct fault *fault)
{
	struct buffer sent = BUFFER_INIT(BATCH_LINE_MAX + 2);
	enum fault_code code;

	if (e->agent) {
		batch_run(e->batch, line, strlen(line));
		buffer_reset(&e->reply);
		buffer_add(&e->reply, buffer_text(&e->batch->out),
			   strcspn(buffer_text(&e->batch->out), "\n"));
		return e->batch->out.failed || e->reply.failed
		     ? fault_set(fault, FAULT_OUT_OF_MEMORY, NULL, NULL) : FAULT_NONE;
	}
	buffer_printf(&sent, "%s\n", line);
	code = sent.failed ? fault_set(fault, FAULT_OUT_OF_MEMORY, NULL, NULL)
			   : till_call(e->fd, e->in->dir, buffer_text(&sent), &e->reply, fault);
	buffer_release(&sent);
	return code;
}

bool errand_run(struct errand *e, const char *line, const struct json_value **ret_reply,
		struct fault *fault)
{
	json_value_free(e->value);
	e->value = NULL;
	if (ask(e, line, fault) || json_parse(buffer_text(&e->reply), e->reply.len, &e->value, fault))
		return false;
	*ret_reply = e->value;
	return accepted(e->value, fault);
}

void errand_end(struct errand *e)
{
	struct counter_event ev = { .kind = EVENT_LOGOUT };

	if (e->logged_in)
		agent_do(e->agent, &ev, NULL);
	if (e->fd >= 0)
		close(e->fd);
	if (e->batch)
		batch_release(e->batch);
	free(e->batch);
	agent_close(e->agent);
	json_value_free(e->value);
	buffer_release(&e->reply);
}

static bool has_control(const char *word)
{
	size_t n = strlen(word);
	uint32_t cp;

	for (size_t i = 0; i < n; i += utf8_decode(word + i, n - i, &cp)) {
		utf8_decode(word + i, n - i, &cp);
		if (utf8_is_control(cp))
			return true;
	}
	return false;
}

enum fault_code errand_word(struct buffer *line, const char *what, const char *word,
			    struct fault *fault)
{
	if (has_control(word) || strlen(word) > 200)
		return fault_set(fault, FAULT_INPUT_BAD_TEXT, what, "200");
	buffer_add_text(line, " \"");
	for (const char *p = word; *p; p++) {
		if (*p == '"' || *p == '\\')
			buffer_add_byte(line, '\\');
		buffer_add_byte(line, (unsigned char)*p);
	}
	buffer_add_byte(line, '"');
	return line->failed ? fault_set(fault, FAULT_OUT_OF_MEMORY, NULL, NULL) : FAULT_NONE;
}
