/* Lines of the log. */
#include "server/log.h"

#include <stdio.h>
#include <time.h>

#include "base/buffer.h"
#include "base/instant.h"
#include "json/json_write.h"

enum { LINE_MAX_BYTES = 4096 };

void log_line(const char *json)
{
	flockfile(stderr);
	fputs(json, stderr);
	putc('\n', stderr);
	funlockfile(stderr);
}

static void begin(struct json_writer *w, struct buffer *line, const char *event)
{
	instant_text at;
	struct timespec now;

	clock_gettime(CLOCK_REALTIME, &now);
	instant_format_rfc3339((struct instant){ (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000, 0 }, at);
	json_writer_init(w, line);
	json_put_object(w, NULL);
	json_put_text(w, "at", at);
	json_put_text(w, "event", event);
}

static void end(struct json_writer *w, struct buffer *line)
{
	json_close(w);
	if (!line->failed)
		log_line(buffer_text(line));
	buffer_release(line);
}

void log_fault(const char *event, const struct fault *fault)
{
	const struct fault_row *row = fault_row(fault->code);
	struct buffer line = BUFFER_INIT(LINE_MAX_BYTES);
	struct json_writer w;
	char message[512];

	fault_render(fault, row ? row->sentence : "{1}", message, sizeof message);
	begin(&w, &line, event);
	json_put_text(&w, "error", fault_name(fault->code));
	json_put_text(&w, "message", message);
	end(&w, &line);
}

void log_request(const struct server_access *access, const char *name, const char *till)
{
	struct buffer line = BUFFER_INIT(LINE_MAX_BYTES);
	struct json_writer w;

	begin(&w, &line, "request");
	json_put_text(&w, "route", name);
	json_put_text(&w, "method", access->request->method);
	json_put_number(&w, "status", access->status);
	json_put_number(&w, "took_us", access->took_us);
	json_put_number(&w, "bytes", (int64_t)access->reply_n);
	json_put_text(&w, "peer", access->request->peer);
	if (till[0])
		json_put_text(&w, "till", till);
	if (access->broken)
		json_put_bool(&w, "broken", true);
	end(&w, &line);
}
