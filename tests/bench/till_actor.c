/* The till as an actor: the keys of its register, and what it shows. */
#include <stdio.h>

#include "bench.h"
#include "floor.h"

#define TIMEOUT_MS 5000
#define LOCK_AND_QUIT "\033l\021"
#define SETTLE_MS 20
/* Longer than the till waits to tell Esc from the start of a key's sequence. */
#define ESCAPE_MS 60

/* Cashier number and PIN are typed ahead; the last key is what is timed. */
static bool till_enter(struct actor *actor, int64_t *ret_ns)
{
	if (pty_screen_shows(&actor->screen, actor->open_text))
		return true;
	if (!pty_screen_type_text(&actor->screen, BENCH_CASHIER "\r") ||
	    !pty_screen_wait_text(&actor->screen, "PIN of cashier", TIMEOUT_MS, NULL) ||
	    !pty_screen_type_text(&actor->screen, BENCH_PIN))
		return false;
	pty_screen_settle(&actor->screen, SETTLE_MS);
	return pty_screen_type_text(&actor->screen, "\r") &&
	       pty_screen_wait_text(&actor->screen, "To pay", TIMEOUT_MS, ret_ns);
}

/* The new line and the new total must both be there. */
static bool till_scan(struct actor *actor, int64_t *ret_ns)
{
	char keys[32], name[32], amount[32], total[48];
	const char *const texts[] = { name, total, NULL };
	unsigned product = actor->scans % BENCH_PRODUCTS_AT_FLOOR;

	actor->order_minor += floor_price_minor(product);
	snprintf(keys, sizeof keys, "%lld\r", floor_code(product));
	snprintf(name, sizeof name, " Item %u ", product);
	snprintf(amount, sizeof amount, "%lld.%02lld", actor->order_minor / 100,
		 actor->order_minor % 100);
	snprintf(total, sizeof total, "To pay%12s", amount);
	actor->scans++;
	actor->order_scans++;
	return pty_screen_type_text(&actor->screen, keys) &&
	       pty_screen_wait(&actor->screen, texts, TIMEOUT_MS, ret_ns);
}

/* Two strokes: the first opens the payment with the exact amount, the second,
 * which is timed, takes it. */
static bool till_cash(struct actor *actor, int64_t *ret_ns)
{
	if (!pty_screen_type_text(&actor->screen, "\033[21~") ||
	    !pty_screen_wait_text(&actor->screen, "Cash given >", TIMEOUT_MS, NULL))
		return false;
	actor->order_minor = 0;
	actor->order_scans = 0;
	actor->sales++;
	return pty_screen_type_text(&actor->screen, "\r") &&
	       pty_screen_wait_text(&actor->screen, " is paid", TIMEOUT_MS, ret_ns);
}

static bool till_clear_line(struct actor *actor)
{
	actor->digits = 0;
	if (!pty_screen_type_text(&actor->screen, "\033"))
		return false;
	pty_screen_settle(&actor->screen, ESCAPE_MS);
	return true;
}

static bool till_digit(struct actor *actor, int64_t *ret_ns)
{
	static const char digits[] = "123456789012";
	char text[32];

	if (actor->digits == 12 && !till_clear_line(actor))
		return false;
	actor->digits++;
	snprintf(text, sizeof text, "> %.*s", (int)actor->digits, digits);
	return pty_screen_type(&actor->screen, &digits[actor->digits - 1], 1) &&
	       pty_screen_wait_text(&actor->screen, text, TIMEOUT_MS, ret_ns);
}

static bool till_search(struct actor *actor)
{
	return pty_screen_type_text(&actor->screen, "\033s") &&
	       pty_screen_wait_text(&actor->screen, "Search >", TIMEOUT_MS, NULL);
}

struct actor till_actor(const char *program, const char *dir)
{
	return (struct actor){ .name = "till", .argv = { program, "--dir", dir, NULL },
			       .first_text = "Cashier number >", .open_text = "To pay",
			       .end_keys = LOCK_AND_QUIT,
			       .enter = till_enter, .scan = till_scan, .digit = till_digit,
			       .cash = till_cash, .clear_line = till_clear_line,
			       .search = till_search };
}
