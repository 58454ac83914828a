/* guitai-sandbox as it is: a process of its own, spoken to over HTTPS through
 * the driver, sending its notices to a server of ours, killed and started anew. */
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/base64.h"
#include "base/utf8.h"
#include "channel/channel.h"
#include "crypt/certificate.h"
#include "net/client.h"
#include "net/server.h"
#include "suite.h"

enum { PATH_SIZE = 512, LINE_SIZE = 700, PATIENCE_MS = 20000, NOTICES_MAX = 32 };

static struct story {
	char dir[PATH_SIZE], url[128], ca[8192];
	pid_t pid;
	struct sign_key *key;
	struct channel_account account;
	char notify_url[160];
	struct net_client *client;
	struct server *server;
	pthread_mutex_t lock;
	int eventfds[2];                     /* a pipe: a byte a notice */
	struct channel_notice notices[NOTICES_MAX];
	size_t n_notices;
	int refusals;                        /* notices still to be refused */
} story = { .lock = PTHREAD_MUTEX_INITIALIZER };

static int64_t now_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_REALTIME, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static const char *in_dir(const char *name, char out[LINE_SIZE])
{
	snprintf(out, LINE_SIZE, "%s/%s", story.dir, name);
	return out;
}

static void write_file(const char *name, const char *text)
{
	char path[LINE_SIZE];
	FILE *out = fopen(in_dir(name, path), "w");

	CU_ASSERT_FATAL(out != NULL);
	fputs(text, out);
	fclose(out);
}

static void read_file(const char *path, char *out, size_t size)
{
	FILE *in = fopen(path, "r");

	CU_ASSERT_FATAL(in != NULL);
	out[fread(out, 1, size - 1, in)] = '\0';
	fclose(in);
}

/* ---- our side of notices -------------------------------------------------------- */

static bool call_header(const void *ctx, const char *name, char *out, size_t size)
{
	const char *value = server_call_header(ctx, name);

	return value && utf8_copy(out, size, value) == strlen(value);
}

static void take_notice(void *ctx, struct server_call *call, enum server_why why)
{
	const struct server_request *in = server_call_request(call);
	struct channel_message m = { .header = call_header, .ctx = call, .body = in->body, .n_body = in->body_n,
				     .now_ms = now_ms() };
	struct channel_notice n;
	struct server_reply reply = { .status = 401 };

	(void)ctx;
	(void)why;
	pthread_mutex_lock(&story.lock);
	if (!channel_driver(PAYMENT_BY_SANDBOX)->notice(&story.account, &m, &n, NULL))
		reply.status = story.refusals > 0 ? 500 : 204;
	if (reply.status == 500)
		story.refusals--;
	if (reply.status == 204 && story.n_notices < NOTICES_MAX)
		story.notices[story.n_notices++] = n;
	pthread_mutex_unlock(&story.lock);
	server_answer(call, &reply);
	CU_ASSERT(write(story.eventfds[1], "n", 1) == 1);
}

/* Waits until a notice of the number has been taken. */
static bool noticed(const char *number, enum payment_event_kind says)
{
	int64_t until = now_ms() + PATIENCE_MS;
	struct pollfd fd = { .fd = story.eventfds[0], .events = POLLIN };
	char byte;

	for (;;) {
		bool found = false;

		pthread_mutex_lock(&story.lock);
		for (size_t i = 0; i < story.n_notices && !found; i++)
			found = strcmp(story.notices[i].number, number) == 0 && story.notices[i].answer.says == says;
		pthread_mutex_unlock(&story.lock);
		if (found || now_ms() > until)
			return found;
		if (poll(&fd, 1, (int)(until - now_ms()) + 1) > 0 && read(fd.fd, &byte, 1) != 1)
			return false;
	}
}

/* ---- the process ----------------------------------------------------------------- */

static void start_sandbox(void)
{
	const char *build = getenv("top_builddir");
	char program[LINE_SIZE], data[LINE_SIZE], merchant[LINE_SIZE + 32], notify_ca[LINE_SIZE], path[LINE_SIZE];
	char line[LINE_SIZE];
	int out[2];
	FILE *in;

	snprintf(program, sizeof program, "%s/guitai-sandbox", build ? build : ".");
	snprintf(merchant, sizeof merchant, "1000=%s,Tea House", in_dir("merchant.pub", path));
	in_dir("notify-ca.pem", notify_ca);
	in_dir("provider", data);
	CU_ASSERT_FATAL(pipe(out) == 0);
	story.pid = fork();
	CU_ASSERT_FATAL(story.pid >= 0);
	if (story.pid == 0) {
		dup2(out[1], STDOUT_FILENO);
		execl(program, program, "--data", data, "--merchant", merchant, "--notify-ca", notify_ca,
		      "--wait-ms=200", "--pin-ms=200", "--refund-ms=100", "--notice-ms=50,50,50,50,1000",
		      "--again-ms=50", (char *)NULL);
		_exit(127);
	}
	close(out[1]);
	in = fdopen(out[0], "r");
	CU_ASSERT_FATAL(in != NULL && fgets(line, sizeof line, in) != NULL);
	CU_ASSERT_FATAL(sscanf(line, "listen %127s", story.url) == 1);
	while (fgets(line, sizeof line, in) && strncmp(line, "key ", 4) != 0)
		;
	fclose(in);
}

static void stop_sandbox(int signal_number)
{
	int status = 0;

	kill(story.pid, signal_number);
	waitpid(story.pid, &status, 0);
	if (signal_number == SIGTERM)
		CU_ASSERT(WIFEXITED(status) && WEXITSTATUS(status) == 0);
	net_client_free(story.client);
	story.client = NULL;
}

static void meet_sandbox(void)
{
	struct net_client_options options = { .base_url = story.url, .ca_pem = story.ca, .timeout_ms = 800 };
	char path[LINE_SIZE], letters[80];
	size_t n = 0;

	read_file(in_dir("provider/ca.pem", path), story.ca, sizeof story.ca);
	read_file(in_dir("provider/sandbox.pub", path), letters, sizeof letters);
	letters[strcspn(letters, "\n")] = '\0';
	CU_ASSERT_FATAL(base64_parse(BASE64_STANDARD, letters, strlen(letters), story.account.provider_key,
				     SIGN_PUBLIC_SIZE, &n) && n == SIGN_PUBLIC_SIZE);
	CU_ASSERT_FATAL(!net_client_new(&options, &story.client, NULL));
}

static void open_story(void)
{
	static const char *const names[] = { "127.0.0.1" };
	static struct certificate ca, tls;
	struct certificate_time time = { now_ms() / 1000 - 60, now_ms() / 1000 + 86400 };
	struct server_options options = { .listen = "127.0.0.1:0", .key_pem = tls.key, .cert_pem = tls.text,
					  .threads = 2, .handle = take_notice };
	char letters[BASE64_SIZE(SIGN_PUBLIC_SIZE)];

	snprintf(story.dir, sizeof story.dir, "sandbox-story-XXXXXX");
	CU_ASSERT_FATAL(mkdtemp(story.dir) != NULL && pipe(story.eventfds) == 0);
	CU_ASSERT_FATAL(!sign_key_make(&story.key));
	base64_format(BASE64_STANDARD, sign_key_public(story.key), SIGN_PUBLIC_SIZE, letters);
	write_file("merchant.pub", letters);
	CU_ASSERT_FATAL(!certificate_make_ca("story", time, &ca, NULL));
	CU_ASSERT_FATAL(!certificate_make_server(&ca, names, 1, time, &tls, NULL));
	write_file("notify-ca.pem", ca.text);
	CU_ASSERT_FATAL(!server_start(&options, &story.server, NULL));
	snprintf(story.notify_url, sizeof story.notify_url, "https://%s/v1/notices/sandbox",
		 server_address(story.server));
	story.account.merchant = "1000";
	story.account.key = story.key;
	story.account.notify_url = story.notify_url;
	start_sandbox();
	meet_sandbox();
}

/* ---- asking ---------------------------------------------------------------------- */

struct heard {
	bool ended;
	enum net_end end;
	struct channel_question *question;
	struct channel_answer answer;
	int status;
	char body[32768];
};

static bool event_header(const void *ctx, const char *name, char *out, size_t size)
{
	return net_event_header(ctx, name, out, size);
}

static void ended(void *ctx, const struct net_event *event)
{
	struct heard *h = ctx;
	struct channel_message m = { .status = event->status, .header = event_header, .ctx = event,
				     .body = event->body, .n_body = event->body_n, .now_ms = now_ms() };

	h->ended = true;
	h->end = event->end;
	h->status = event->status;
	utf8_copy(h->body, sizeof h->body, event->body ? event->body : "");
	if (h->question)
		channel_driver(PAYMENT_BY_SANDBOX)->read(&story.account, h->question, &m, &h->answer);
}

static void send_and_wait(const struct net_request *request, struct heard *h)
{
	struct pollfd fd = { .fd = net_client_fd(story.client), .events = POLLIN };
	uint64_t id;

	CU_ASSERT_FATAL(!net_client_send(story.client, request, ended, h, &id, NULL));
	while (!h->ended) {
		poll(&fd, 1, PATIENCE_MS);
		net_client_work(story.client);
	}
}

static struct channel_answer ask(enum channel_ask what, const char *number, const char *code)
{
	static struct heard h;
	struct channel_question q = {
		.ask = what, .number = number, .amount = money_make(1234, CURRENCY_CNY), .code = code,
		.expires_ms = now_ms() + 60000, .refund_number = "R1", .channel_no = "",
		.refund_amount = money_make(234, CURRENCY_CNY), .now_ms = now_ms(),
	};
	struct channel_request request;
	struct net_header headers[CHANNEL_HEADERS_MAX];
	struct net_request net;

	memset(&h, 0, sizeof h);
	h.question = &q;
	CU_ASSERT_FATAL(!random_bytes(q.nonce, sizeof q.nonce));
	CU_ASSERT_FATAL(!channel_driver(PAYMENT_BY_SANDBOX)->build(&story.account, &q, &request, NULL));
	for (size_t i = 0; i < request.n_headers; i++)
		headers[i] = (struct net_header){ request.headers[i].name, request.headers[i].value };
	net = (struct net_request){ .method = request.method, .path = request.path, .headers = headers,
				    .n_headers = request.n_headers, .body = buffer_text(&request.body),
				    .body_n = request.body.len };
	send_and_wait(&net, &h);
	channel_request_release(&request);
	return h.answer;
}

static const struct heard *browse(const char *method, const char *path, const char *form)
{
	static struct heard h;
	struct net_request net = { .method = method, .path = path, .body = form, .body_n = strlen(form),
				   .content_type = "application/x-www-form-urlencoded" };

	memset(&h, 0, sizeof h);
	send_and_wait(&net, &h);
	return &h;
}

/* ---- the story ------------------------------------------------------------------- */

static void a_code_is_paid_over_https(void)
{
	struct channel_answer a = ask(CHANNEL_PAY_CODE, "C1", "134567890123456700");

	ASSERT_NUMBER(a.says, PAYMENT_EVENT_ANSWER_PAID);
	ASSERT_TEXT(a.wallet, "wechat");
	ASSERT_NUMBER(a.amount.minor, 1234);
	CU_ASSERT(noticed("C1", PAYMENT_EVENT_ANSWER_PAID));
	ASSERT_NUMBER(ask(CHANNEL_QUERY, "C1", NULL).says, PAYMENT_EVENT_ANSWER_PAID);
	a = ask(CHANNEL_REFUND, "C1", NULL);
	CU_ASSERT(a.refund == CHANNEL_REFUND_PENDING || a.refund == CHANNEL_REFUND_DONE);
	ASSERT_NUMBER(ask(CHANNEL_REVERSE, "C1", NULL).says, PAYMENT_EVENT_REVERSED);
}

static void a_qr_is_paid_on_its_page(void)
{
	struct channel_answer a = ask(CHANNEL_PAY_QR, "Q1", NULL);
	const struct heard *h;
	char path[100], form[160];
	const char *at;

	ASSERT_NUMBER(a.says, PAYMENT_EVENT_ANSWER_PENDING);
	snprintf(path, sizeof path, "/w/%s", a.pay_token);
	h = browse("GET", path, "");
	ASSERT_NUMBER(h->status, 200);
	CU_ASSERT(strstr(h->body, "<h1>Tea House</h1>") != NULL);
	at = strstr(h->body, "name=\"csrf\" value=\"");
	CU_ASSERT_FATAL(at != NULL);
	snprintf(form, sizeof form, "csrf=%.22s&wallet=ecny&customer=02", at + strlen("name=\"csrf\" value=\""));
	story.refusals = 2;  /* the notice has to come again */
	ASSERT_NUMBER(browse("POST", path, form)->status, 303);
	CU_ASSERT(noticed("Q1", PAYMENT_EVENT_ANSWER_PAID));
	a = ask(CHANNEL_CLOSE, "Q1", NULL);
	ASSERT_NUMBER(a.says, PAYMENT_EVENT_ANSWER_PAID);
	ASSERT_TEXT(a.wallet, "ecny");
}

static void silence_is_unknown_and_asked_for(void)
{
	struct channel_answer a = ask(CHANNEL_PAY_CODE, "C6", "134567890123456706");

	ASSERT_NUMBER(a.says, PAYMENT_EVENT_ANSWER_UNKNOWN);
	ASSERT_TEXT(a.detail, "NO_ANSWER");
	ASSERT_NUMBER(ask(CHANNEL_QUERY, "C6", NULL).says, PAYMENT_EVENT_ANSWER_PAID);
	ASSERT_NUMBER(ask(CHANNEL_PAY_CODE, "C7", "134567890123456707").says, PAYMENT_EVENT_ANSWER_UNKNOWN);
	ASSERT_NUMBER(ask(CHANNEL_REVERSE, "C7", NULL).says, PAYMENT_EVENT_REVERSE_AGAIN);
	ASSERT_NUMBER(ask(CHANNEL_REVERSE, "C7", NULL).says, PAYMENT_EVENT_REVERSE_AGAIN);
	ASSERT_NUMBER(ask(CHANNEL_REVERSE, "C7", NULL).says, PAYMENT_EVENT_REVERSED);
	ASSERT_NUMBER(ask(CHANNEL_PAY_CODE, "C8", "134567890123456708").says, PAYMENT_EVENT_ANSWER_UNKNOWN);
	CU_ASSERT(noticed("C8", PAYMENT_EVENT_ANSWER_PAID));
}

static void what_was_answered_survives_a_kill(void)
{
	ASSERT_NUMBER(ask(CHANNEL_PAY_CODE, "K0", "134567890123456700").says, PAYMENT_EVENT_ANSWER_PAID);
	ASSERT_NUMBER(ask(CHANNEL_PAY_CODE, "K2", "134567890123456702").says, PAYMENT_EVENT_ANSWER_PENDING);
	stop_sandbox(SIGKILL);
	start_sandbox();
	meet_sandbox();
	ASSERT_NUMBER(ask(CHANNEL_QUERY, "K0", NULL).says, PAYMENT_EVENT_ANSWER_PAID);
	CU_ASSERT(noticed("K0", PAYMENT_EVENT_ANSWER_PAID));
	CU_ASSERT(noticed("K2", PAYMENT_EVENT_ANSWER_PAID));
}

static void it_stops_when_it_is_asked_to(void)
{
	char command[LINE_SIZE];

	stop_sandbox(SIGTERM);
	server_stop(story.server, 100);
	sign_key_free(story.key);
	snprintf(command, sizeof command, "rm -rf %s", story.dir);
	CU_ASSERT(system(command) == 0);
}

static const struct test tests[] = {
	{ "the provider starts", open_story },
	{ "a code is paid over HTTPS", a_code_is_paid_over_https },
	{ "a QR is paid on its page", a_qr_is_paid_on_its_page },
	{ "silence is unknown and asked for", silence_is_unknown_and_asked_for },
	{ "what was answered survives a kill", what_was_answered_survives_a_kill },
	{ "it stops when it is asked to", it_stops_when_it_is_asked_to },
};

SUITE_MAIN("sandbox story", tests)
