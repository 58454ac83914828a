/* A server and its clients on loopback, over real TLS, for the tests of net. */
#ifndef TESTS_NET_LOOPBACK_H
#define TESTS_NET_LOOPBACK_H

#include "suite.h"

#include "crypt/certificate.h"
#include "net/client.h"
#include "net/server.h"

/* The authority of all tests, good for a year around now, and the certificate
 * it gave 127.0.0.1 and localhost. Made once. */
const struct certificate *loopback_ca(void);
const struct certificate *loopback_certificate(void);

/* A certificate for 127.0.0.1 by that authority, good in another time. */
struct certificate loopback_certificate_in(struct certificate_time time);

/* A server that answers:
 *   ANY /echo    200, the method, path, query and body as they came
 *   GET /wait    200 "woken N" when topic "t" was woken, "nothing" after the
 *                milliseconds that are the query, "stopping"
 *   GET /held    whatever loopback_answer_held says, when it says it
 *   GET /big     200 with as many bytes as the query says
 *   others       404 */
struct server *loopback_server(const struct server_options *more);

/* The same with a certificate of its own. */
struct server *loopback_server_with(const struct certificate *certificate,
				    const struct server_options *more);

/* Waits until n calls of /held have come, then answers them all. */
void loopback_wait_held(size_t n);
void loopback_answer_held(int status, const char *body);

/* Waits until the server counts n waiting calls. */
void loopback_wait_waiting(struct server *server, size_t n);

/* A client of an address that trusts the authority; `more` may be NULL. */
struct net_client *loopback_client(const char *address, const struct net_client_options *more);

/* How a request ended, kept beyond the call back. */
struct outcome {
	bool ended;
	enum net_end end;
	enum fault_code code;
	int status;
	char body[256];
	size_t body_n;
	char retry_after[16];
	int64_t date_s;
	bool new_connection;
};

/* Sends without waiting. */
uint64_t loopback_begin(struct net_client *client, const struct net_request *request,
			struct outcome *outcome);

/* Something else that has to work while requests are waited for; NULL ends it. */
struct fault_proxy;
void loopback_through(struct fault_proxy *proxy);

/* Works until all of outcomes[0..n) have ended. */
void loopback_finish(struct net_client *client, struct outcome *outcomes, size_t n);

/* Both at once. */
struct outcome loopback_ask(struct net_client *client, const char *method, const char *path,
			    const char *query, const char *body);

#endif
