/* See desk.h. */
#include "desk.h"

#include <CUnit/CUnit.h>
#include <string.h>

#include "base/pack.h"
#include "base/utf8.h"

enum { JOURNAL_MAX = 256 * 1024 * 1024 };

void desk_init(struct desk *desk)
{
	memset(desk, 0, sizeof *desk);
	counter_init(&desk->counter);
	step_init(&desk->step);
	buffer_init(&desk->journal, JOURNAL_MAX);
	desk->now_ms = INT64_C(1795254067000);
}

void desk_release(struct desk *desk)
{
	counter_release(&desk->counter);
	step_release(&desk->step);
	buffer_release(&desk->journal);
}

static void journal(struct desk *desk, const struct entry *entry)
{
	struct buffer bytes = BUFFER_INIT(ENTRY_BODY_MAX);

	CU_ASSERT_FATAL(entry_encode(entry, &bytes));
	pack_bytes(&desk->journal, bytes.data, bytes.len);
	buffer_release(&bytes);
}

enum fault_code desk_do(struct desk *desk, struct counter_event *event)
{
	enum fault_code code;

	event->now = (struct instant){ desk->now_ms += 1000, 480 };
	desk->draws++;
	for (int i = 0; i < 8; i++)
		event->draw.bytes[i] = (uint8_t)(desk->draws >> 8 * i);
	event->draw.bytes[15] = 1;
	if (desk->before)
		desk->before(desk, event);
	code = counter_decide(&desk->counter, event, &desk->step, &desk->fault);
	if (code)
		return code;
	for (size_t i = 0; i < desk->step.n_entries; i++) {
		journal(desk, &desk->step.entries[i]);
		code = counter_apply(&desk->counter, &desk->step.entries[i], &desk->fault);
		CU_ASSERT_FATAL(code == FAULT_NONE);
	}
	return desk->step.answer.code;
}

void desk_open(struct desk *desk)
{
	struct counter_event ev = { .kind = EVENT_INITIALISE };

	desk_init(desk);
	utf8_copy(ev.of.initialise.shop, sizeof ev.of.initialise.shop, "星光店");
	utf8_copy(ev.of.initialise.store, sizeof ev.of.initialise.store, "012");
	utf8_copy(ev.of.initialise.till, sizeof ev.of.initialise.till, "03");
	ev.of.initialise.currency = CURRENCY_CNY;
	ev.of.initialise.device_key.bytes[0] = 7;
	CU_ASSERT_FATAL(desk_do(desk, &ev) == FAULT_NONE);
	ev = (struct counter_event){ .kind = EVENT_START };
	CU_ASSERT_FATAL(desk_do(desk, &ev) == FAULT_NONE);
	ev = (struct counter_event){ .kind = EVENT_ADD_CASHIER };
	utf8_copy(ev.of.cashier.id, sizeof ev.of.cashier.id, "1");
	utf8_copy(ev.of.cashier.name, sizeof ev.of.cashier.name, "李娜");
	ev.of.cashier.role = ROLE_SUPERVISOR;
	CU_ASSERT_FATAL(desk_do(desk, &ev) == FAULT_NONE);
	ev = (struct counter_event){ .kind = EVENT_RULES };
	utf8_copy(ev.of.rules.tenders, sizeof ev.of.rules.tenders, "card mall_card");
	CU_ASSERT_FATAL(desk_do(desk, &ev) == FAULT_NONE);
	CU_ASSERT_FATAL(desk_login(desk, "1", true) == FAULT_NONE);
	CU_ASSERT_FATAL(desk_plain(desk, EVENT_OPEN_SHIFT, 10000) == FAULT_NONE);
}

static enum fault_code item(struct desk *desk, const char *code, quantity q, int64_t price_minor,
			    bool is_return)
{
	struct counter_event ev = { .kind = EVENT_ITEM };
	struct product *p = &ev.of.item.product;

	utf8_copy(p->code, sizeof p->code, code);
	utf8_copy(p->name, sizeof p->name, code);
	p->has_price = true;
	p->price = money_make(price_minor, CURRENCY_CNY);
	p->tax_bp = 1300;
	p->fractional = q % QUANTITY_ONE != 0;
	ev.of.item.quantity = q;
	ev.of.item.is_return = is_return;
	return desk_do(desk, &ev);
}

enum fault_code desk_item(struct desk *desk, const char *code, quantity q, int64_t price_minor)
{
	return item(desk, code, q, price_minor, false);
}

enum fault_code desk_return(struct desk *desk, const char *code, quantity q, int64_t price_minor)
{
	return item(desk, code, q, price_minor, true);
}

enum fault_code desk_plain(struct desk *desk, enum event_kind kind, int64_t amount_minor)
{
	struct counter_event ev = { .kind = kind, .amount_minor = amount_minor };

	return desk_do(desk, &ev);
}

enum fault_code desk_line(struct desk *desk, enum event_kind kind, uint32_t line, int64_t value)
{
	struct counter_event ev = { .kind = kind, .amount_minor = value };

	ev.of.change.line = line;
	ev.of.change.quantity = value;
	return desk_do(desk, &ev);
}

enum fault_code desk_discount(struct desk *desk, uint32_t line, enum discount_kind kind, int64_t value)
{
	struct counter_event ev = { .kind = EVENT_DISCOUNT };

	ev.of.change.line = line;
	ev.of.change.discount = (struct discount){ kind, value };
	return desk_do(desk, &ev);
}

enum fault_code desk_recall(struct desk *desk, uint64_t number)
{
	struct counter_event ev = { .kind = EVENT_RECALL };
	const struct order *order = counter_find_number(&desk->counter, number);

	if (order)
		ev.order = order->id;
	return desk_do(desk, &ev);
}

enum fault_code desk_pay_other(struct desk *desk, const char *name, int64_t amount_minor)
{
	struct counter_event ev = { .kind = EVENT_PAY_OTHER, .amount_minor = amount_minor };

	utf8_copy(ev.of.tender.name, sizeof ev.of.tender.name, name);
	return desk_do(desk, &ev);
}

enum fault_code desk_login(struct desk *desk, const char *cashier, bool right)
{
	struct counter_event ev = { .kind = EVENT_LOGIN };

	utf8_copy(ev.of.login.cashier, sizeof ev.of.login.cashier, cashier);
	ev.of.login.pin_right = right;
	return desk_do(desk, &ev);
}

static bool same_state(const struct counter *a, const struct counter *b)
{
	struct buffer x = BUFFER_INIT(JOURNAL_MAX), y = BUFFER_INIT(JOURNAL_MAX);
	bool same = counter_pack(a, &x) && counter_pack(b, &y) && x.len == y.len &&
		    memcmp(x.data, y.data, x.len) == 0;

	buffer_release(&x);
	buffer_release(&y);
	return same;
}

void desk_assert_replays(struct desk *desk)
{
	struct counter again;
	struct unpack in;

	counter_init(&again);
	unpack_init(&in, desk->journal.data, desk->journal.len);
	while (in.left) {
		struct entry entry;
		size_t n;
		const uint8_t *bytes = unpack_bytes(&in, &n);

		CU_ASSERT_FATAL(bytes != NULL);
		CU_ASSERT_FATAL(entry_decode(bytes, n, &entry, &desk->fault) == FAULT_NONE);
		CU_ASSERT_FATAL(counter_apply(&again, &entry, &desk->fault) == FAULT_NONE);
	}
	CU_ASSERT(same_state(&desk->counter, &again));
	counter_release(&again);
}

void desk_assert_snapshots(struct desk *desk)
{
	struct buffer bytes = BUFFER_INIT(JOURNAL_MAX);
	struct counter again;

	counter_init(&again);
	CU_ASSERT_FATAL(counter_pack(&desk->counter, &bytes));
	CU_ASSERT_FATAL(counter_unpack(&again, bytes.data, bytes.len));
	CU_ASSERT(same_state(&desk->counter, &again));
	counter_release(&again);
	for (size_t cut = 0; cut < bytes.len; cut += 1 + bytes.len / 200) {
		counter_init(&again);
		CU_ASSERT_FALSE(counter_unpack(&again, bytes.data, cut));
		counter_release(&again);
	}
	buffer_release(&bytes);
}
