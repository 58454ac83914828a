/* The client as a module: libcurl and the thirty libraries it brings cost a
 * program some milliseconds at each start, so the till takes them in only when
 * it first speaks to a hub. */
#ifndef NET_CLIENT_MODULE_H
#define NET_CLIENT_MODULE_H

#include "net/client.h"

/* What the module offers: the functions of client.h, under the name
 * "net_client_table". */
struct net_client_table {
	enum fault_code (*create)(const struct net_client_options *options,
				  struct net_client **ret_client, struct fault *fault);
	void (*release)(struct net_client *client);
	enum fault_code (*send)(struct net_client *client, const struct net_request *request,
				net_callback *callback, void *ctx, uint64_t *ret_id,
				struct fault *fault);
	void (*cancel)(struct net_client *client, uint64_t id);
	int (*fd)(const struct net_client *client);
	int (*work)(struct net_client *client);
	size_t (*open)(const struct net_client *client);
	bool (*header)(const struct net_event *event, const char *name, char *out, size_t size);
};

/* Where the module is; the caller's, for as long as the program runs. Called
 * once, before the first net_client_new of a program that has the loader
 * (client_loader.c) in the client's place. */
void net_client_module(const char *path);

#endif
