/* What the screens share: the loop they run in, what they hand to each other,
 * and how they speak; inside this room only. */
#ifndef SCREEN_LOOP_H
#define SCREEN_LOOP_H

#include "screen/actions.h"
#include "screen/burst.h"
#include "screen/latency.h"
#include "screen/screen.h"
#include "screen/words.h"
#include "term/field.h"
#include "term/grid.h"

/* ---- reactions ------------------------------------------------------------- */

enum reaction_kind {
	REACT_STAY,   /* done; the picture is drawn anew */
	REACT_TYPED,  /* done, and nothing but the input line looks different */
	REACT_PASS,   /* not mine: the loop's own keys, else "does nothing here" */
	REACT_GOTO,   /* `to` instead of all that is open; from the register on */
	REACT_OPEN,   /* `to` in front of this screen, which Esc comes back to */
	REACT_BACK,
	REACT_QUIT,
};

struct reaction {
	enum reaction_kind kind;
	enum screen_id to;
};

#define STAY ((struct reaction){ .kind = REACT_STAY })
#define TYPED ((struct reaction){ .kind = REACT_TYPED })
#define PASS ((struct reaction){ .kind = REACT_PASS })
#define BACK ((struct reaction){ .kind = REACT_BACK })
#define QUIT ((struct reaction){ .kind = REACT_QUIT })
#define GOTO(name) ((struct reaction){ REACT_GOTO, SCREEN_##name })
#define OPEN(name) ((struct reaction){ REACT_OPEN, SCREEN_##name })

/* ---- a screen -------------------------------------------------------------- */

/* Functions that are NULL do nothing. `state` is the screen's own struct,
 * zeroed at first. */
struct screen_ops {
	size_t state_size;
	/* It comes in front, anew. */
	void (*enter)(struct screen_loop *loop, void *state);
	struct reaction (*action)(struct screen_loop *loop, void *state, enum action action);
	/* A key that asks for no action. */
	struct reaction (*key)(struct screen_loop *loop, void *state, struct key key);
	/* Bytes of a scanner; NULL: the register comes in front and takes them. */
	struct reaction (*scan)(struct screen_loop *loop, void *state, const char *bytes, size_t n);
	/* The field that is typed into, NULL when there is none now. */
	struct field *(*field)(void *state, enum field_kind *ret_kind);
	/* What stands before the field. */
	void (*prompt)(struct screen_loop *loop, void *state, char *out, size_t size);
	void (*paint)(struct screen_loop *loop, void *state, struct grid *grid, struct area body);
	/* What Enter does, for the key bar; NULL or "": nothing worth saying. */
	const char *(*enter_word)(struct screen_loop *loop, void *state);
	/* The name of an action whose row has none; NULL or "": not here. */
	const char *(*label)(struct screen_loop *loop, enum action action, char *out, size_t size);
	/* The body takes the rows of message and input line too; the screen paints
	 * what was said itself (frame_paint_message). */
	bool tall;
	/* How long the picture stays right by itself, in ms; -1: until a key. */
	int (*wait_ms)(struct screen_loop *loop, void *state);
	void (*release)(void *state);
};

#define SCREEN(name, noun, title, help) extern const struct screen_ops noun##_screen;
#include "screen/screens.def"
#undef SCREEN

/* ---- the loop -------------------------------------------------------------- */

enum { MESSAGE_BYTES = 700, OPEN_MAX = 6, CODE_BYTES = 512 };

/* What was last said; the refusal of a scan stays while others come. */
struct message {
	char text[MESSAGE_BYTES];
	unsigned attr;
	bool painted;
	bool of_scan;
	int64_t keep_us;   /* no key wipes it before then: news comes unasked */
};

/* Why a question is asked (ask_screen.c). */
enum question {
	ASK_ITEM_PRICE,      /* of a product without one, before it is sold */
	ASK_RETURN_REASON,
	ASK_QUANTITY,
	ASK_PRICE,
	ASK_DISCOUNT,
	ASK_ORDER_DISCOUNT,
};

/* What one screen hands to the next. */
struct handover {
	struct agent_found found;          /* the product a question is about */
	struct agent_item item;            /* what was typed before its code */
	char code[CODE_BYTES];             /* a scan that can be two things; wiped after */
	size_t code_len;
	enum scan_way way;
	char text[FIELD_BYTES];            /* the first letters of a search */
	enum question question;
	uint32_t line;                     /* the line the question is about */
	bool for_price;                    /* the search, or the scan, is for the price check */
	bool has_amount;
	int64_t amount_minor;              /* what the payment opens with */
	struct closed_order closed;        /* the receipt to show */
	struct ident payment;              /* the payment to show */
};

/* What was open when the payments were last looked at (news.c). */
struct news {
	struct ident open[COUNTER_PAYMENTS_MAX];
	size_t n_open;
	struct ident current;              /* the order at the counter */
};

/* What the key bar was last drawn for. */
struct bar_key {
	bool known;
	enum screen_id screen;
	size_t n_open;
	char enter[64];
};

struct watched {
	int fd;
	screen_loop_ready_fn *ready;
	void *ctx;
};

struct screen_loop {
	struct screen_context context;
	struct action_keys keys;
	struct grid grid;                  /* the picture last painted */
	struct bar_key bar;
	bool changed;                      /* more than the input line, since then */
	int painted_minute;
	void *states[SCREEN_COUNT];
	enum screen_id open[OPEN_MAX];     /* the last one is in front */
	size_t n_open;
	struct message message;
	struct handover handover;
	struct news news;
	struct burst burst;
	char before[FIELD_BYTES];          /* the field as it was when the burst began */
	enum screen_id before_screen;
	bool refused;                      /* what stands on the input line: typing replaces it */
	int64_t esc_us;                    /* a lone Esc, which makes the next letter an Alt letter */
	bool ended, bell, scanning;
	bool prints_stuck;                 /* the last try to print got nowhere: not again at once */
	bool show_closed;                  /* the order just paid, until the next begins */
	bool line_added;                   /* in this turn, by a scan or a code */
	int64_t first_key_us;              /* of this turn, 0: none */
	int64_t last_key_us;
	struct latency key_times, line_times;
	struct watched watched[SCREEN_LOOP_FDS];
	size_t n_watched;
};

enum screen_id screen_in_front(const struct screen_loop *loop);
const struct screen_ops *screen_ops_of(enum screen_id id);
void *screen_state(struct screen_loop *loop, enum screen_id id);
const char *screen_title(enum screen_id id);  /* marked for translation */
const char *screen_help(enum screen_id id);

const struct counter *loop_counter(const struct screen_loop *loop);
int64_t loop_clock_us(const struct screen_loop *loop);

/* ---- speaking -------------------------------------------------------------- */

/* Puts a sentence on the message line. ATTR_BAD also rings the bell. */
void say(struct screen_loop *loop, unsigned attr, const char *format, ...)
	__attribute__((format(printf, 3, 4)));
/* The refusal as a sentence. */
void say_fault(struct screen_loop *loop, const struct fault *fault);
void say_nothing(struct screen_loop *loop);

/* An amount of the till's currency, without its sign; with its sign. */
const char *amount_text(int64_t minor, money_text out);
const char *amount_sign_text(const struct screen_loop *loop, int64_t minor, char *out, size_t size);

/* The first key of an action, as people call it; "" when it has none. */
const char *key_text_of(const struct screen_loop *loop, enum action action, char out[KEY_LABEL_SIZE]);

/* What people call a way to pay. */
const char *tender_label(const struct screen_loop *loop, const char *name);

/* Does an event and says its refusal. */
enum fault_code loop_do(struct screen_loop *loop, struct counter_event *event);

/* ---- painting (frame.c) ---------------------------------------------------- */

enum { SCREEN_ROWS_LEAST = 24, SCREEN_COLS_LEAST = 80 };

/* Draws the whole picture of the screen in front. */
void frame_paint(struct screen_loop *loop, struct grid *grid);

/* What was last said, wrapped into the area; for tall screens. */
void frame_paint_message(const struct screen_loop *loop, struct grid *grid, struct area area);

/* Digits, point, colon and minus, five rows high; how wide they are. */
enum { BIG_ROWS = 5 };
int big_digits_cols(const char *text);
void big_digits_paint(struct grid *grid, int row, int col, unsigned attr, const char *text);

/* ---- selling (sale.c) ------------------------------------------------------ */

/* Reads "3*", "9.90/" and "-" in front of a code into *item; returns where the
 * code begins, NULL with the refusal said when a number there is wrong. */
const char *sale_read_prefixes(struct screen_loop *loop, const char *text, struct agent_item *item);

/* Finds out what a code is and does what is to be done with it: puts a product
 * on the order with what `item` says, asks what must be asked, opens a receipt,
 * or says why not. *ret_sold tells that it is on the order or being asked for. */
struct reaction sale_code(struct screen_loop *loop, const char *bytes, size_t n, enum scan_way way,
			  enum scan_kind prefer, const struct agent_item *item, bool *ret_sold);

/* The same for what was found already. */
struct reaction sale_found(struct screen_loop *loop, const struct agent_found *found,
			   const struct agent_item *item, bool *ret_sold);

/* Says that a scan has to wait for the answer to the question in front
 * (ask_screen.c). */
struct reaction ask_scan(struct screen_loop *loop, void *state, const char *bytes, size_t n);

/* Takes cash for the open order; when that closes it, the register shows the
 * change (tender_screen.c). */
struct reaction tender_cash(struct screen_loop *loop, int64_t given_minor);

/* ---- payments through the hub ---------------------------------------------- */

/* Begins a payment of the open order by QR and shows it; amount 0: what is
 * due. One that is open already is shown instead (pay.c). */
struct reaction pay_by_qr(struct screen_loop *loop, int64_t amount_minor);

/* The same with the customer's code, which is read from a scan and wiped. */
struct reaction pay_by_code(struct screen_loop *loop, const char *bytes, size_t n, enum scan_way way,
			    int64_t amount_minor);

/* Asks whether the payment is to be taken with the scan (take_screen.c); shows
 * a payment that is open already instead. */
struct reaction pay_ask(struct screen_loop *loop, const struct agent_found *found, const char *bytes,
			size_t n, enum scan_way way);

/* Wipes the scan that waits for an answer. */
void pay_forget_code(struct screen_loop *loop);

/* Gives the payment up, or holds its order, and says so. */
struct reaction pay_give_up(struct screen_loop *loop, const struct ident *payment);
struct reaction pay_park(struct screen_loop *loop, const struct ident *payment);

/* The names of their actions for the payment shown, "" where they do nothing. */
const char *pay_label(struct screen_loop *loop, enum action action, char *out, size_t size);

/* Opens the QR code of a payment that can still be paid so, else its watch. */
struct reaction pay_show(struct screen_loop *loop, const struct ident *payment);

/* "1:05" until, or since; how long until the text changes, in ms. */
const char *pay_clock_text(int64_t ms, char *out, size_t size);

/* What people call the wallet once it has paid, the way to pay before. */
const char *pay_wallet(const struct screen_loop *loop, const struct counter_payment *payment);

/* Why it failed: the provider's code in words where there are some, else as it
 * came; "" when nobody said. */
const char *pay_reason(const struct counter_payment *payment);

/* The number of a payment's order; 0 when it is not here any more. */
uint64_t pay_order_number(const struct screen_loop *loop, const struct counter_payment *payment);

/* Whether a payment's QR code can be paid now. */
bool pay_qr_is_good(const struct screen_loop *loop, const struct counter_payment *payment);

/* What a tray counts: payments and prints that are open. */
size_t tray_count(const struct counter *c);

/* Says how payments ended since it was last called, and which screen that
 * brings in front (news.c); TYPED when nothing happened. */
struct reaction news_look(struct screen_loop *loop);

/* Queues a print of a closed order and says so (receipt_screen.c). */
void receipt_print(struct screen_loop *loop, const struct closed_order *closed);

#endif
