/* The table by which a program finds the client in its module. */
#include "net/client_module.h"

extern const struct net_client_table net_client_table;

__attribute__((visibility("default")))
const struct net_client_table net_client_table = {
	net_client_new, net_client_free, net_client_send, net_client_cancel,
	net_client_fd, net_client_work, net_client_open, net_event_header,
};
