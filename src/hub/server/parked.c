/* Shelves of waiting polls, found by merchant and by deadline. */
#include "server/parked.h"

void parked_init(struct parked *parked)
{
	*parked = (struct parked){ .next_ms = PAYMENT_NEVER };
}

/* Idents are random, so that their first bytes spread over the shelves. */
static struct ask **shelf_of(struct parked *parked, const struct ident *merchant)
{
	return &parked->shelves[(merchant->bytes[0] << 8 | merchant->bytes[1]) % PARKED_SHELVES];
}

void parked_add(struct parked *parked, struct ask *ask)
{
	struct ask **shelf = shelf_of(parked, &ask->reply.merchant);

	ask->next = *shelf;
	*shelf = ask;
	parked->n++;
	if (ask->reply.deadline_ms < parked->next_ms)
		parked->next_ms = ask->reply.deadline_ms;
}

/* Moves from one shelf to *list what is the merchant's and due by now. */
static void move(struct parked *parked, struct ask **at, const struct ident *merchant, int64_t by_ms,
		 struct ask **list)
{
	while (*at) {
		struct ask *ask = *at;

		if ((merchant && !ident_equal(&ask->reply.merchant, merchant)) ||
		    ask->reply.deadline_ms > by_ms) {
			at = &ask->next;
			continue;
		}
		*at = ask->next;
		ask->next = *list;
		*list = ask;
		parked->n--;
	}
}

struct ask *parked_take(struct parked *parked, const struct ident *merchant)
{
	struct ask *list = NULL;

	if (merchant) {
		move(parked, shelf_of(parked, merchant), merchant, INT64_MAX, &list);
		return list;
	}
	for (size_t i = 0; i < PARKED_SHELVES && parked->n; i++)
		move(parked, &parked->shelves[i], NULL, INT64_MAX, &list);
	return list;
}

struct ask *parked_take_due(struct parked *parked, int64_t now_ms)
{
	struct ask *list = NULL;

	if (now_ms < parked->next_ms)
		return NULL;
	parked->next_ms = PAYMENT_NEVER;
	for (size_t i = 0; i < PARKED_SHELVES; i++) {
		move(parked, &parked->shelves[i], NULL, now_ms, &list);
		for (struct ask *ask = parked->shelves[i]; ask; ask = ask->next)
			if (ask->reply.deadline_ms < parked->next_ms)
				parked->next_ms = ask->reply.deadline_ms;
	}
	return list;
}
