/* The functions of client.h for a program that takes the client in when it
 * first needs it. A client exists only after net_client_new, so the others
 * find the table there. */
#include <dlfcn.h>

#include "net/client_module.h"

static const char *module_path = "guitai-net.so";
static const struct net_client_table *table;

void net_client_module(const char *path)
{
	module_path = path;
}

static enum fault_code load(struct fault *fault)
{
	void *module;

	if (table)
		return FAULT_NONE;
	module = dlopen(module_path, RTLD_NOW | RTLD_LOCAL);
	if (module)
		table = dlsym(module, "net_client_table");
	return table ? FAULT_NONE : fault_set(fault, FAULT_PROGRAM_NOT_STARTED, module_path, dlerror());
}

enum fault_code net_client_new(const struct net_client_options *options,
			       struct net_client **ret_client, struct fault *fault)
{
	enum fault_code code = load(fault);

	return code ? code : table->create(options, ret_client, fault);
}

void net_client_free(struct net_client *client)
{
	if (client)
		table->release(client);
}

enum fault_code net_client_send(struct net_client *client, const struct net_request *request,
				net_callback *callback, void *ctx, uint64_t *ret_id,
				struct fault *fault)
{
	return table->send(client, request, callback, ctx, ret_id, fault);
}

void net_client_cancel(struct net_client *client, uint64_t id)
{
	table->cancel(client, id);
}

int net_client_fd(const struct net_client *client)
{
	return table->fd(client);
}

int net_client_work(struct net_client *client)
{
	return table->work(client);
}

size_t net_client_open(const struct net_client *client)
{
	return table->open(client);
}

bool net_event_header(const struct net_event *event, const char *name, char *out, size_t size)
{
	return table->header(event, name, out, size);
}
