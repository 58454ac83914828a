/* The floor programs as actors. */
#include "actor.h"

#include <stdio.h>

#include "floor.h"

#define TIMEOUT_MS 5000

/* Products are scanned one after the other, so that each is new on the screen. */
static bool floor_scan(struct actor *actor, int64_t *ret_ns)
{
	char keys[32], name[32];
	unsigned product = actor->scans % BENCH_PRODUCTS_AT_FLOOR;

	snprintf(keys, sizeof keys, "%lld\r", floor_code(product));
	snprintf(name, sizeof name, " Item %u ", product);
	actor->scans++;
	actor->order_scans++;
	return pty_screen_type_text(&actor->screen, keys) &&
	       pty_screen_wait_text(&actor->screen, name, TIMEOUT_MS, ret_ns);
}

static bool floor_cash(struct actor *actor, int64_t *ret_ns)
{
	char text[32];

	actor->sales++;
	actor->order_scans = 0;
	snprintf(text, sizeof text, "sale %u.", actor->sales);
	return pty_screen_type_text(&actor->screen, "+") &&
	       pty_screen_wait_text(&actor->screen, text, TIMEOUT_MS, ret_ns);
}

/* 1, 12, 123 … up to twelve digits, then the line is emptied first. */
static bool floor_digit(struct actor *actor, int64_t *ret_ns)
{
	static const char digits[] = "123456789012";
	char text[32];

	if (actor->digits == 12) {
		actor->digits = 0;
		if (!pty_screen_type_text(&actor->screen, "\r"))
			return false;
		pty_screen_settle(&actor->screen, 5);
	}
	actor->digits++;
	snprintf(text, sizeof text, "> %.*s", (int)actor->digits, digits);
	return pty_screen_type(&actor->screen, &digits[actor->digits - 1], 1) &&
	       pty_screen_wait_text(&actor->screen, text, TIMEOUT_MS, ret_ns);
}

struct actor floor_start_actor(const char *program, const char *database)
{
	return (struct actor){ .name = "floor", .argv = { program, database, NULL },
			       .first_text = "PIN: LOCKED", .end_keys = "q" };
}

static bool floor_enter(struct actor *actor, int64_t *ret_ns)
{
	return pty_screen_type_text(&actor->screen, "\r") &&
	       pty_screen_wait_text(&actor->screen, "To pay", TIMEOUT_MS, ret_ns);
}

struct actor floor_derive_actor(const char *program)
{
	return (struct actor){ .name = "floor", .argv = { program, NULL }, .first_text = "PIN >",
			       .end_keys = "q", .enter = floor_enter };
}

struct actor floor_digit_actor(const char *program)
{
	return (struct actor){ .name = "floor", .argv = { program, NULL }, .first_text = ">",
			       .end_keys = "q", .digit = floor_digit };
}

struct actor floor_sale_actor(const char *program, const char *database)
{
	return (struct actor){ .name = "floor", .argv = { program, database, NULL },
			       .first_text = "Floor", .end_keys = "q", .scan = floor_scan,
			       .cash = floor_cash };
}
