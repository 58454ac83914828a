/* The one loop: keys in, reactions out, one picture a turn, work when idle. */
#include "config.h"

#include "screen/loop.h"

#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { IDLE_MS = 1000, MINUTE_MS = 60000, ESC_LETTER_US = 1000000, EAN8_DIGITS = 8, UPCA_DIGITS = 12 };

static const struct {
	const struct screen_ops *ops;
	const char *title, *help;
} screens[SCREEN_COUNT] = {
#define SCREEN(name, noun, title, help) [SCREEN_##name] = { &noun##_screen, title, help },
#include "screen/screens.def"
#undef SCREEN
};

enum screen_id screen_in_front(const struct screen_loop *loop)
{
	return loop->open[loop->n_open - 1];
}

const struct screen_ops *screen_ops_of(enum screen_id id)
{
	return screens[id].ops;
}

const char *screen_title(enum screen_id id)
{
	return screens[id].title;
}

const char *screen_help(enum screen_id id)
{
	return screens[id].help;
}

void *screen_state(struct screen_loop *loop, enum screen_id id)
{
	return loop->states[id];
}

const struct counter *loop_counter(const struct screen_loop *loop)
{
	return agent_counter(loop->context.agent);
}

static int64_t system_clock_us(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

int64_t loop_clock_us(const struct screen_loop *loop)
{
	return loop->context.clock_us();
}

/* ---- screens come and go ---------------------------------------------------- */

static void enter(struct screen_loop *loop)
{
	enum screen_id id = screen_in_front(loop);

	if (screens[id].ops->enter)
		screens[id].ops->enter(loop, loop->states[id]);
}

static void go_to(struct screen_loop *loop, enum screen_id to)
{
	bool there = screen_in_front(loop) == to;

	loop->open[0] = to == SCREEN_LOGIN ? SCREEN_LOGIN : SCREEN_REGISTER;
	loop->n_open = 1;
	if (to != loop->open[0])
		loop->open[loop->n_open++] = to;
	if (!there)
		enter(loop);
}

static void open_screen(struct screen_loop *loop, enum screen_id to)
{
	if (screen_in_front(loop) != to && loop->n_open < OPEN_MAX)
		loop->open[loop->n_open++] = to;
	enter(loop);
}

static void react(struct screen_loop *loop, struct reaction reaction)
{
	switch (reaction.kind) {
	case REACT_TYPED:
		return;
	case REACT_STAY: case REACT_PASS:
		break;
	case REACT_GOTO:
		go_to(loop, reaction.to);
		break;
	case REACT_OPEN:
		open_screen(loop, reaction.to);
		break;
	case REACT_BACK:
		loop->n_open -= loop->n_open > 1;
		break;
	case REACT_QUIT:
		loop->ended = true;
		break;
	}
	loop->changed = true;
}

/* ---- one key ------------------------------------------------------------------ */

static struct field *active_field(struct screen_loop *loop, enum field_kind *ret_kind)
{
	enum screen_id id = screen_in_front(loop);

	*ret_kind = FIELD_NONE;
	return screens[id].ops->field ? screens[id].ops->field(loop->states[id], ret_kind) : NULL;
}

/* Remembers what stood on the input line when a burst begins on it. */
static void watch_burst(struct screen_loop *loop, struct key key)
{
	enum field_kind kind;
	struct field *field;

	if (!burst_add(&loop->burst, key, loop->context.settings->scan_gap_ms))
		return;
	field = active_field(loop, &kind);
	loop->before_screen = screen_in_front(loop);
	explicit_bzero(loop->before, sizeof loop->before);
	if (field)
		memcpy(loop->before, field->text, field->len + 1);
}

/* An article's number where a PIN is due: a PIN may look the same, so that the
 * catalogue is asked. */
static bool is_product(struct screen_loop *loop)
{
	struct product product;

	return (loop->burst.len == EAN8_DIGITS || loop->burst.len == UPCA_DIGITS) &&
	       !catalog_store_find(agent_catalog(loop->context.agent), loop->burst.bytes, &product, NULL);
}

/* Takes the scan's characters off the line they ran into and hands the scan to
 * its screen, or to the register. */
static void take_scan(struct screen_loop *loop)
{
	struct reaction reaction = STAY;
	enum field_kind kind;
	struct field *field;
	size_t n = loop->burst.len < BURST_BYTES ? loop->burst.len : BURST_BYTES - 1;

	if (screen_in_front(loop) != loop->before_screen)
		react(loop, loop->before_screen == SCREEN_REGISTER ? GOTO(REGISTER) : BACK);
	field = active_field(loop, &kind);
	if (field)
		field_set(field, loop->before);
	if (!screens[screen_in_front(loop)].ops->scan)
		go_to(loop, SCREEN_REGISTER);
	if (loop->message.painted && !loop->message.of_scan && loop->last_key_us >= loop->message.keep_us)
		say_nothing(loop);
	loop->scanning = true;
	reaction = screens[screen_in_front(loop)].ops->scan(
		loop, loop->states[screen_in_front(loop)], loop->burst.bytes, n);
	loop->scanning = false;
	react(loop, reaction);
}

static struct reaction lock_till(struct screen_loop *loop)
{
	struct counter_event ev = { .kind = EVENT_LOGOUT };

	if (loop_do(loop, &ev))
		return STAY;
	pay_forget_code(loop);
	say_nothing(loop);
	return GOTO(LOGIN);
}

/* Who quits is gone: the till must not be found logged in. */
static struct reaction quit(struct screen_loop *loop)
{
	struct counter_event ev = { .kind = EVENT_LOGOUT };

	if (counter_operator(loop_counter(loop)))
		agent_do(loop->context.agent, &ev, NULL);
	return QUIT;
}

/* Actions that mean the same on every screen. */
static struct reaction common_action(struct screen_loop *loop, enum action action)
{
	if (action == ACTION_help && screen_in_front(loop) != SCREEN_HELP)
		return OPEN(HELP);
	if (action == ACTION_status)
		return OPEN(STATUS);
	if (action == ACTION_lock)
		return lock_till(loop);
	if (action == ACTION_quit)
		return quit(loop);
	if (action == ACTION_redraw)
		term_redraw(loop->context.term);
	return STAY;
}

static bool can_be_typed(const struct field *field, enum field_kind kind, uint32_t cp)
{
	if (kind == FIELD_NUMBER)
		return cp < 0x80 && strchr("0123456789.% ", (int)cp);
	return field->len > 0 || cp != '?';
}

/* A plain character asks for an action only where it cannot be typed. */
static enum action find_action(struct screen_loop *loop, struct key key)
{
	enum field_kind kind;
	const struct field *field = active_field(loop, &kind);
	enum screen_id id = screen_in_front(loop);
	bool plain = key.code == KEY_TEXT && key.mods == 0;

	if (plain && loop->esc_us && key.at_us - loop->esc_us <= ESC_LETTER_US)
		key.mods = KEY_ALT;
	else if (plain && field && can_be_typed(field, kind, key.cp))
		return ACTION_NONE;
	return action_of_key(&loop->keys, id, key);
}

static void do_nothing(struct screen_loop *loop, struct key key)
{
	char name[KEY_LABEL_SIZE];

	if (key.code == KEY_TEXT && key.mods == 0)
		return;
	action_key_label(key, name);
	say(loop, ATTR_NOTE, _("%s does nothing here. F1 shows the keys."), name);
}

static void dispatch(struct screen_loop *loop, struct key key)
{
	enum screen_id id = screen_in_front(loop);
	const struct screen_ops *ops = screens[id].ops;
	enum action action = find_action(loop, key);
	struct reaction reaction = PASS;

	if (action != ACTION_NONE) {
		if (ops->action)
			reaction = ops->action(loop, loop->states[id], action);
		if (reaction.kind == REACT_PASS)
			reaction = common_action(loop, action);
	} else {
		if (ops->key)
			reaction = ops->key(loop, loop->states[id], key);
		if (reaction.kind == REACT_PASS && key.code == KEY_ESC)
			reaction = BACK;
		else if (reaction.kind == REACT_PASS)
			do_nothing(loop, key);
	}
	react(loop, reaction);
}

/* What was said has been read once another key is pressed; a scan's refusal
 * stays while scans and digits come, so that a quick hand cannot wipe it. */
static void age_message(struct screen_loop *loop, struct key key)
{
	bool kept = (loop->message.of_scan && loop->message.attr == ATTR_BAD && key.code == KEY_TEXT) ||
		    key.at_us < loop->message.keep_us;

	if (loop->message.painted && !kept)
		say_nothing(loop);
}

/* What was refused stays on the line to be mended; typing anew replaces it. */
static void age_refused(struct screen_loop *loop, struct key key)
{
	enum field_kind kind;
	struct field *field = active_field(loop, &kind);

	if (loop->refused && field && key.code == KEY_TEXT && key.mods == 0)
		field_clear(field);
	loop->refused = false;
}

static void take_key(struct screen_loop *loop, struct key key)
{
	enum field_kind kind;
	bool scan;

	if (key.code == KEY_RESIZE) {
		loop->changed = true;
		return;
	}
	if (key.code == KEY_HANGUP) {
		loop->ended = true;
		return;
	}
	if (!loop->first_key_us)
		loop->first_key_us = key.at_us;
	loop->last_key_us = key.at_us;
	age_refused(loop, key);
	watch_burst(loop, key);
	active_field(loop, &kind);
	scan = burst_is_scan(&loop->burst, key, kind, loop->context.settings) ||
	       (kind == FIELD_PIN && key.code == KEY_ENTER && is_product(loop));
	if (scan) {
		take_scan(loop);
	} else {
		age_message(loop, key);
		dispatch(loop, key);
	}
	if (key.code != KEY_TEXT)
		burst_forget(&loop->burst);
	if (key.code != KEY_ESC)
		loop->esc_us = 0;
}

/* ---- a turn ------------------------------------------------------------------- */

static void paint(struct screen_loop *loop)
{
	struct term *term = loop->context.term;

	if (loop->grid.rows != term_rows(term) || loop->grid.cols != term_cols(term)) {
		if (grid_resize(&loop->grid, term_rows(term), term_cols(term)))
			return;
		loop->bar.known = false;
		loop->changed = true;
	}
	frame_paint(loop, &loop->grid);
	loop->changed = false;
	term_paint(term, &loop->grid);
	if (loop->bell && loop->context.settings->bell)
		term_bell(term);
	loop->bell = false;
	loop->message.painted = true;
}

static void note_times(struct screen_loop *loop)
{
	int64_t us = loop_clock_us(loop) - loop->first_key_us;

	if (!loop->first_key_us)
		return;
	latency_note(loop->line_added ? &loop->line_times : &loop->key_times, us);
	loop->first_key_us = 0;
	loop->line_added = false;
}

bool screen_loop_turn(struct screen_loop *loop)
{
	struct key key;

	while (!loop->ended && term_next_key(loop->context.term, &key))
		take_key(loop, key);
	if (loop->ended)
		return false;
	react(loop, news_look(loop));
	paint(loop);
	note_times(loop);
	return true;
}

/* Locks the till that nobody has touched for the minutes of the setting. */
static void lock_when_left(struct screen_loop *loop)
{
	int64_t minutes = loop->context.settings->lock_after_minutes;

	if (minutes > 0 && counter_operator(loop_counter(loop)) &&
	    loop_clock_us(loop) - loop->last_key_us >= minutes * MINUTE_MS * 1000)
		react(loop, lock_till(loop));
}

void screen_loop_idle(struct screen_loop *loop)
{
	loop->changed = true;
	if (loop_counter(loop)->n_print_jobs > 0)
		loop->prints_stuck = agent_print_queued(loop->context.agent) == 0;
	agent_hub_work(loop->context.agent);
	if (loop_clock_us(loop) - loop->last_key_us >= IDLE_MS * 1000LL)
		agent_idle(loop->context.agent);
	lock_when_left(loop);
}

/* ---- waiting --------------------------------------------------------------------- */

static int sooner(int a, int b)
{
	if (a < 0)
		return b;
	return b < 0 || a < b ? a : b;
}

/* Until the next thing that happens by itself: the clock's minute, idle work, a
 * countdown, the rest of an escape sequence. */
static int wait_ms(struct screen_loop *loop)
{
	enum screen_id id = screen_in_front(loop);
	struct instant now = agent_now(loop->context.agent);
	int ms = (int)(MINUTE_MS - now.utc_ms % MINUTE_MS);

	ms = sooner(ms, term_wait_ms(loop->context.term));
	ms = sooner(ms, IDLE_MS);
	ms = sooner(ms, agent_hub_wait_ms(loop->context.agent));
	if (screens[id].ops->wait_ms)
		ms = sooner(ms, screens[id].ops->wait_ms(loop, loop->states[id]));
	if (loop_counter(loop)->n_print_jobs > 0 && !loop->prints_stuck)
		ms = 0;
	return ms;
}

static void wait_for_something(struct screen_loop *loop)
{
	struct pollfd fds[SCREEN_LOOP_FDS + 1];
	struct watched watched[SCREEN_LOOP_FDS];
	size_t n = loop->n_watched;
	int ms = wait_ms(loop), ready;
	struct timespec timeout = { ms / 1000, ms % 1000 * 1000000L };

	memcpy(watched, loop->watched, sizeof watched);
	fds[0] = (struct pollfd){ .fd = term_fd(loop->context.term), .events = POLLIN };
	for (size_t i = 0; i < n; i++)
		fds[i + 1] = (struct pollfd){ .fd = watched[i].fd, .events = POLLIN };
	ready = ppoll(fds, n + 1, &timeout, loop->context.wait_mask);
	for (size_t i = 0; ready > 0 && i < n; i++) {
		if (!fds[i + 1].revents)
			continue;
		watched[i].ready(watched[i].ctx, watched[i].fd);
		loop->changed = true;
	}
	if (ready == 0 || (ready > 0 && !fds[0].revents))
		screen_loop_idle(loop);
}

void screen_loop_run(struct screen_loop *loop)
{
	const volatile sig_atomic_t *stop = loop->context.stop;

	loop->last_key_us = loop_clock_us(loop);
	while (!(stop && *stop) && screen_loop_turn(loop))
		wait_for_something(loop);
}

/* ---- life ------------------------------------------------------------------------- */

bool screen_loop_add_fd(struct screen_loop *loop, int fd, screen_loop_ready_fn *ready, void *ctx)
{
	if (loop->n_watched == SCREEN_LOOP_FDS)
		return false;
	loop->watched[loop->n_watched++] = (struct watched){ fd, ready, ctx };
	return true;
}

void screen_loop_remove_fd(struct screen_loop *loop, int fd)
{
	size_t kept = 0;

	for (size_t i = 0; i < loop->n_watched; i++)
		if (loop->watched[i].fd != fd)
			loop->watched[kept++] = loop->watched[i];
	loop->n_watched = kept;
}

enum fault_code screen_check_settings(const struct settings *settings, struct fault *fault)
{
	struct action_keys keys;

	return action_keys_read(&keys, settings, fault);
}

enum fault_code screen_loop_new(const struct screen_context *context, struct screen_loop **ret,
				struct fault *fault)
{
	struct screen_loop *loop = calloc(1, sizeof *loop);
	enum fault_code code;

	if (!loop)
		return fault_set(fault, FAULT_OUT_OF_MEMORY, NULL, NULL);
	loop->context = *context;
	loop->grid = (struct grid)GRID_INIT;
	if (!loop->context.clock_us)
		loop->context.clock_us = system_clock_us;
	code = action_keys_read(&loop->keys, context->settings, fault);
	for (enum screen_id id = 0; id < SCREEN_COUNT && !code; id++) {
		loop->states[id] = calloc(1, screens[id].ops->state_size + 1);
		if (!loop->states[id])
			code = fault_set(fault, FAULT_OUT_OF_MEMORY, NULL, NULL);
	}
	if (code) {
		screen_loop_free(loop);
		return code;
	}
	loop->open[0] = SCREEN_LOGIN;  /* who started the program has to say who it is */
	loop->n_open = 1;
	loop->last_key_us = loop_clock_us(loop);
	enter(loop);
	*ret = loop;
	return FAULT_NONE;
}

void screen_loop_free(struct screen_loop *loop)
{
	if (!loop)
		return;
	for (enum screen_id id = 0; id < SCREEN_COUNT; id++) {
		if (screens[id].ops->release && loop->states[id])
			screens[id].ops->release(loop->states[id]);
		free(loop->states[id]);
	}
	grid_release(&loop->grid);
	explicit_bzero(loop, sizeof *loop);
	free(loop);
}
