/* Long polls that wait for something new of their merchant. */
#ifndef SERVER_PARKED_H
#define SERVER_PARKED_H

#include "server/ask.h"

enum { PARKED_SHELVES = 1024 };

struct parked {
	struct ask *shelves[PARKED_SHELVES];  /* by merchant */
	size_t n;
	int64_t next_ms;   /* the earliest deadline, or earlier; PAYMENT_NEVER none */
};

void parked_init(struct parked *parked);

/* Keeps an ask until its reply's deadline. */
void parked_add(struct parked *parked, struct ask *ask);

/* Takes out those of a merchant (NULL: all), linked by next. */
struct ask *parked_take(struct parked *parked, const struct ident *merchant);

/* Takes out those whose deadline has come. */
struct ask *parked_take_due(struct parked *parked, int64_t now_ms);

#endif
