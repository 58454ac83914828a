/* One request over HTTPS that is waited for: enrolment's and the practice
 * customer's, where no cashier waits for a key. */
#ifndef APP_NET_ASK_H
#define APP_NET_ASK_H

#include "base/buffer.h"
#include "net/client.h"

enum { NET_ASK_MAX = 64 * 1024, NET_ASK_LOCATION = 512 };

/* A reply, kept beyond the call back. */
struct net_answer {
	bool ended;
	struct fault fault;
	int status;
	char location[NET_ASK_LOCATION];  /* its header Location, "" none */
	struct buffer body;
};

void net_answer_init(struct net_answer *answer);
void net_answer_release(struct net_answer *answer);

/* Sends and waits for the reply, whatever its status. What was in the answer
 * is forgotten. FAULT_NET_…. */
enum fault_code net_ask(struct net_client *client, const struct net_request *request,
			struct net_answer *ret, struct fault *fault);

#endif
