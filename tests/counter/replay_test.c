/* Random days: whatever was decided, the journal applied again gives the same
 * state, and the sums agree with sums made apart. */
#include "suite.h"

#include <stdlib.h>
#include <string.h>

#include "base/pack.h"
#include "desk.h"

void random_days_replay_byte_for_byte(void);
void flipped_bytes_of_entries_are_refused_or_differ(void);

static uint64_t next(uint64_t *seed)
{
	*seed ^= *seed << 13;
	*seed ^= *seed >> 7;
	*seed ^= *seed << 17;
	return *seed;
}

static uint64_t below(uint64_t *seed, uint64_t n)
{
	return next(seed) % n;
}

/* One random act; refusals are part of the day. */
static void act(struct desk *d, uint64_t *seed)
{
	static const char *const codes[] = { "a", "b", "银行卡套", "d 4" };
	const struct order *order = counter_order(&d->counter);
	uint32_t line = (uint32_t)below(seed, order ? order->n_lines + 2 : 2);
	int64_t due = order ? order_due(order) : 0;
	const char *code = codes[below(seed, 4)];

	switch (below(seed, 20)) {
	case 0: case 1: case 2: case 3:
		desk_item(d, code, (int64_t)below(seed, 9) * 1000 + 1000, (int64_t)below(seed, 20000));
		break;
	case 4: desk_item(d, code, (int64_t)below(seed, 5000) + 1, (int64_t)below(seed, 20000)); break;
	case 5: desk_return(d, code, 1000, (int64_t)below(seed, 9000)); break;
	case 6: desk_line(d, EVENT_QUANTITY, line, (int64_t)below(seed, 9) * 1000 + 1000); break;
	case 7: desk_line(d, EVENT_PRICE, line, (int64_t)below(seed, 9000)); break;
	case 8: desk_line(d, EVENT_VOID, line, 0); break;
	case 9: desk_discount(d, line, DISCOUNT_PERCENT, (int64_t)below(seed, 10001)); break;
	case 10: desk_discount(d, 0, below(seed, 2) ? DISCOUNT_PERCENT : DISCOUNT_AMOUNT,
			       (int64_t)below(seed, 3000)); break;
	case 11: desk_plain(d, EVENT_HOLD, 0); break;
	case 12: desk_recall(d, below(seed, d->counter.order_numbers + 1)); break;
	case 13: desk_plain(d, EVENT_CLEAR, 0); break;
	case 14: case 15: desk_plain(d, EVENT_UNDO, 0); break;
	case 16: desk_plain(d, EVENT_PAY_CASH, llabs(due)); break;
	case 17: desk_plain(d, EVENT_PAY_CASH, due > 0 ? due / 2 : 0); break;
	case 18: desk_pay_other(d, "card", due > 0 ? (int64_t)below(seed, (uint64_t)due + 1) : 1); break;
	default:
		if (below(seed, 10) == 0) {
			desk_plain(d, EVENT_CLOSE_SHIFT, (int64_t)below(seed, 100000));
			desk_plain(d, EVENT_OPEN_SHIFT, 10000);
		} else {
			desk_line(d, EVENT_CANCEL_TENDER, line, 0);
		}
		break;
	}
}

/* What each order was paid, from the journal's entries alone. */
struct paid {
	struct ident order;
	int64_t minor;
};

static struct paid *paid_of(struct paid *rows, size_t *n, const struct ident *order)
{
	for (size_t i = 0; i < *n; i++)
		if (ident_equal(&rows[i].order, order))
			return &rows[i];
	rows[*n] = (struct paid){ *order, 0 };
	return &rows[(*n)++];
}

static int64_t amount_of_tender(const uint8_t *journal, size_t n_bytes, const struct entry *cancel)
{
	int64_t amount = 0;
	struct unpack in;

	unpack_init(&in, journal, n_bytes);
	while (in.left) {
		struct entry e;
		size_t n;
		const uint8_t *bytes = unpack_bytes(&in, &n);

		if (entry_decode(bytes, n, &e, NULL) || e.kind != ENTRY_TENDERED)
			continue;
		if (ident_equal(&e.order, &cancel->order) &&
		    e.of.tendered.tender == cancel->of.tender_cancelled.tender)
			amount = e.of.tendered.amount;
	}
	return amount;
}

/* The perpetual total is the sum of what closed orders were paid. */
static void assert_perpetual(struct desk *d)
{
	struct paid rows[512];
	size_t n_rows = 0;
	int64_t sum = 0;
	struct unpack in;

	unpack_init(&in, d->journal.data, d->journal.len);
	while (in.left) {
		struct entry e;
		size_t n;
		const uint8_t *bytes = unpack_bytes(&in, &n);

		CU_ASSERT_FATAL(entry_decode(bytes, n, &e, NULL) == FAULT_NONE);
		if (e.kind == ENTRY_TENDERED)
			paid_of(rows, &n_rows, &e.order)->minor += e.of.tendered.amount;
		if (e.kind == ENTRY_TENDER_CANCELLED)
			paid_of(rows, &n_rows, &e.order)->minor -=
				amount_of_tender((const uint8_t *)d->journal.data, d->journal.len, &e);
		if (e.kind == ENTRY_ORDER_CLOSED)
			sum += paid_of(rows, &n_rows, &e.order)->minor;
	}
	ASSERT_NUMBER(d->counter.perpetual_minor, sum);
}

void random_days_replay_byte_for_byte(void)
{
	for (uint64_t day = 1; day <= 60; day++) {
		uint64_t seed = day * UINT64_C(0x9E3779B97F4A7C15);
		struct desk d;

		desk_open(&d);
		for (int i = 0; i < 400; i++)
			act(&d, &seed);
		desk_assert_replays(&d);
		desk_assert_snapshots(&d);
		assert_perpetual(&d);
		desk_release(&d);
	}
}

/* Canonical means: no other bytes give the same entry. */
void flipped_bytes_of_entries_are_refused_or_differ(void)
{
	struct buffer again = BUFFER_INIT(ENTRY_BODY_MAX);
	struct unpack in;
	uint64_t seed = 7;
	struct desk d;

	desk_open(&d);
	for (int i = 0; i < 60; i++)
		act(&d, &seed);
	unpack_init(&in, d.journal.data, d.journal.len);
	while (in.left) {
		struct entry e;
		size_t n;
		uint8_t *bytes = (uint8_t *)(uintptr_t)unpack_bytes(&in, &n);

		for (size_t i = 0; i < n * 8; i++) {
			bytes[i / 8] ^= (uint8_t)(1u << i % 8);
			if (entry_decode(bytes, n, &e, NULL) == FAULT_NONE) {
				buffer_reset(&again);
				CU_ASSERT_FATAL(entry_encode(&e, &again));
				CU_ASSERT(again.len == n && memcmp(again.data, bytes, n) == 0);
			}
			bytes[i / 8] ^= (uint8_t)(1u << i % 8);
		}
	}
	buffer_release(&again);
	desk_release(&d);
}
