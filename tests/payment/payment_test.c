/* Tests of room payment: how attempts begin, proofs, words, settings, bytes. */
#include "suite.h"

#include <string.h>

#include "fixture.h"

static struct payment_wish good_wish(void)
{
	return (struct payment_wish){
		.id = { { 9 } }, .channel = PAYMENT_BY_ALIPAY, .kind = PAYMENT_CODE,
		.amount = money_make(1, CURRENCY_CNY), .merchant = "m", .now_ms = 5000,
	};
}

static void an_attempt_begins_with_a_number_and_an_expiry(void)
{
	struct payment_wish wish = good_wish();
	struct payment_timings t = payment_channel_row(PAYMENT_BY_ALIPAY)->timings;
	struct payment_attempt a;

	ASSERT_NUMBER(payment_begin(&wish, &t, &a, NULL), FAULT_NONE);
	ASSERT_NUMBER(a.state, PAYMENT_CREATED);
	ASSERT_NUMBER(a.expires_ms, 5000 + t.code_validity_ms);
	ASSERT_NUMBER(strlen(a.number), 26);
	ASSERT_NUMBER(strspn(a.number, "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"), 26);
	wish.kind = PAYMENT_QR;
	ASSERT_NUMBER(payment_begin(&wish, &t, &a, NULL), FAULT_NONE);
	ASSERT_NUMBER(a.expires_ms, 5000 + t.qr_validity_ms);
	ASSERT_NUMBER(a.schedule.next_ms, a.expires_ms);
	wish.channel = PAYMENT_BY_OTHER;
	wish.kind = PAYMENT_RECORD;
	ASSERT_NUMBER(payment_begin(&wish, &t, &a, NULL), FAULT_NONE);
	ASSERT_NUMBER(a.schedule.next_ms, PAYMENT_NEVER);
}

static void an_attempt_that_makes_no_sense_is_refused(void)
{
	struct payment_timings t = payment_channel_row(PAYMENT_BY_ALIPAY)->timings;
	struct payment_wish wish = good_wish();
	struct payment_attempt a;
	struct fault fault;

	wish.amount.minor = 0;
	ASSERT_NUMBER(payment_begin(&wish, &t, &a, &fault), FAULT_PAYMENT_NO_AMOUNT);
	ASSERT_TEXT(fault.arg[0], "0.00");
	wish.amount.minor = -100;
	ASSERT_NUMBER(payment_begin(&wish, &t, &a, &fault), FAULT_PAYMENT_NO_AMOUNT);
	wish = good_wish();
	wish.kind = PAYMENT_RECORD;
	ASSERT_NUMBER(payment_begin(&wish, &t, &a, &fault), FAULT_PAYMENT_WRONG_KIND);
	ASSERT_TEXT(fault.arg[0], "alipay");
	wish = good_wish();
	wish.channel = PAYMENT_BY_CASH;
	ASSERT_NUMBER(payment_begin(&wish, &t, &a, &fault), FAULT_PAYMENT_WRONG_KIND);
	wish = good_wish();
	wish.merchant = "a merchant of 33 bytes, too long.";
	ASSERT_NUMBER(payment_begin(&wish, &t, &a, &fault), FAULT_LIMIT_REACHED);
}

/* What a proof is spoiled in, and what the refusal names. */
enum spoil {
	NO_STATEMENT, EMPTY_STATEMENT, OTHER_PAYMENT, OTHER_ORDER, LESS, MORE, OTHER_CURRENCY,
	OTHER_MERCHANT, NO_MERCHANT, NO_NUMBER, EMPTY_NUMBER, LONG_NUMBER
};

static void spoil(struct payment_proof *p, enum spoil what)
{
	static char endless[PAYMENT_CHANNEL_NO_MAX + 2];

	memset(endless, '1', sizeof endless - 1);
	switch (what) {
	case NO_STATEMENT: p->statement = NULL; break;
	case EMPTY_STATEMENT: p->statement_bytes = 0; break;
	case OTHER_PAYMENT: p->payment.bytes[15] ^= 1; break;
	case OTHER_ORDER: p->order.bytes[0] ^= 1; break;
	case LESS: p->amount.minor--; break;
	case MORE: p->amount.minor++; break;
	case OTHER_CURRENCY: p->amount.currency = CURRENCY_HKD; break;
	case OTHER_MERCHANT: p->merchant = "190000010"; break;
	case NO_MERCHANT: p->merchant = NULL; break;
	case NO_NUMBER: p->channel_no = NULL; break;
	case EMPTY_NUMBER: p->channel_no = ""; break;
	case LONG_NUMBER: p->channel_no = endless; break;
	}
}

static void nothing_is_paid_without_a_proof_that_fits(void)
{
	static const char *const named[] = {
		"statement", "statement", "payment", "order", "amount", "amount", "currency",
		"merchant", "merchant", "channel_no", "channel_no", "channel_no",
	};
	static const enum payment_state states[] = {
		PAYMENT_SENT, PAYMENT_PENDING, PAYMENT_UNKNOWN, PAYMENT_REVERSING, PAYMENT_NEEDS_PERSON,
		PAYMENT_FAILED, PAYMENT_PAID,
	};
	struct payment_timings t = fixture_timings();

	for (size_t s = 0; s < sizeof states / sizeof states[0]; s++) {
		for (size_t i = 0; i < sizeof named / sizeof named[0]; i++) {
			struct payment_attempt a = fixture_attempt(PAYMENT_CODE);
			struct payment_event event;
			struct payment_step step = { .changed = true };
			struct fault fault;

			a.state = states[s];
			a.captures[a.n_captures++].channel_no[0] = '0';
			event = fixture_event(&a, PAYMENT_EVENT_ANSWER_PAID, FIXTURE_BEGUN_MS);
			spoil(&event.proof, (enum spoil)i);
			ASSERT_NUMBER(payment_decide(&a, &event, &t, &step, &fault), FAULT_PAYMENT_BAD_PROOF);
			ASSERT_TEXT(fault.arg[1], named[i]);
			CU_ASSERT_TRUE(step.changed);
		}
	}
}

static void what_the_symbol_says_is_kept_and_limited(void)
{
	struct payment_timings t = fixture_timings();
	struct payment_attempt a = fixture_attempt(PAYMENT_QR);
	struct payment_event event = fixture_event(&a, PAYMENT_EVENT_SEND, FIXTURE_BEGUN_MS);
	char url[PAYMENT_QR_MAX + 2] = "";
	outcome_text outcome;

	fixture_play(&a, &t, &event, outcome);
	event.kind = PAYMENT_EVENT_ANSWER_PENDING;
	memset(url, 'u', PAYMENT_QR_MAX + 1);
	event.qr = url;
	ASSERT_NUMBER(fixture_play(&a, &t, &event, outcome), FAULT_LIMIT_REACHED);
	ASSERT_NUMBER(a.state, PAYMENT_SENT);
	event.qr = url + 1;
	ASSERT_NUMBER(fixture_play(&a, &t, &event, outcome), FAULT_NONE);
	ASSERT_TEXT(a.qr, url + 1);
	event.qr = NULL;
	fixture_play(&a, &t, &event, outcome);
	ASSERT_TEXT(a.qr, url + 1);
}

static void a_refusal_keeps_the_channels_own_code(void)
{
	struct payment_timings t = fixture_timings();
	struct payment_attempt a = fixture_attempt(PAYMENT_CODE);
	struct payment_event event = fixture_event(&a, PAYMENT_EVENT_ANSWER_FAILED, FIXTURE_BEGUN_MS);
	outcome_text outcome;

	a.state = PAYMENT_PENDING;
	event.detail = "NOTENOUGH";
	fixture_play(&a, &t, &event, outcome);
	ASSERT_TEXT(a.detail, "NOTENOUGH");
	ASSERT_TEXT(payment_ending_word(a.ending), "declined");
	ASSERT_TEXT(payment_ending_words(a.ending), "declined");
	a.state = PAYMENT_REVERSING;
	event.kind = PAYMENT_EVENT_REVERSE_REFUSED;
	event.detail = "REVERSE_EXPIRE";
	fixture_play(&a, &t, &event, outcome);
	ASSERT_TEXT(outcome, "needs_person");
	ASSERT_TEXT(a.detail, "REVERSE_EXPIRE");
}

static void an_order_has_one_attempt_at_a_time_and_one_that_pays(void)
{
	struct payment_attempt a[3] = { fixture_attempt(PAYMENT_CODE), fixture_attempt(PAYMENT_CODE),
					fixture_attempt(PAYMENT_CODE) };
	struct ident intent = a[0].intent;

	a[0].state = PAYMENT_FAILED;
	a[1].state = PAYMENT_EXPIRED;
	a[2].intent.bytes[3] = 1;
	ASSERT_NUMBER(payment_may_begin(a, 3, &intent, NULL), FAULT_NONE);
	for (int state = 0; state < PAYMENT_STATES; state++) {
		enum fault_code want = FAULT_NONE;

		a[1].state = (enum payment_state)state;
		if (a[1].state == PAYMENT_PAID)
			want = FAULT_PAYMENT_ALREADY_PAID;
		else if (!payment_is_terminal(a[1].state))
			want = FAULT_PAYMENT_STILL_OPEN;
		ASSERT_NUMBER(payment_may_begin(a, 3, &intent, NULL), want);
	}
}

static void states_have_their_public_words(void)
{
	static const struct { const char *word; enum payment_outcome outcome; } words[] = {
		{ "created", PAYMENT_OUTCOME_OPEN }, { "sent", PAYMENT_OUTCOME_OPEN },
		{ "pending", PAYMENT_OUTCOME_OPEN }, { "unknown", PAYMENT_OUTCOME_OPEN },
		{ "paid", PAYMENT_OUTCOME_PAID }, { "failed", PAYMENT_OUTCOME_UNPAID },
		{ "reversing", PAYMENT_OUTCOME_OPEN }, { "reversed", PAYMENT_OUTCOME_UNPAID },
		{ "expired", PAYMENT_OUTCOME_UNPAID }, { "needs_person", PAYMENT_OUTCOME_OPEN },
	};
	enum payment_state state = PAYMENT_PAID;

	for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
		ASSERT_TEXT(payment_state_word((enum payment_state)i), words[i].word);
		ASSERT_NUMBER(payment_outcome((enum payment_state)i), words[i].outcome);
		CU_ASSERT_TRUE(payment_state_parse(words[i].word, &state));
		ASSERT_NUMBER(state, i);
		CU_ASSERT_TRUE(strlen(payment_state_words(state)) > 0);
	}
	CU_ASSERT_FALSE(payment_state_parse("forgotten", &state));
	ASSERT_NUMBER(sizeof words / sizeof words[0], PAYMENT_STATES);
}

static void channels_are_found_by_their_words(void)
{
	static const char *const words[] = {
		"sandbox", "wechat", "alipay", "unionpay", "ecny", "cash", "stored", "other",
	};
	enum payment_channel channel = PAYMENT_BY_CASH;

	ASSERT_NUMBER(sizeof words / sizeof words[0], PAYMENT_CHANNELS);
	for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
		CU_ASSERT_TRUE(payment_channel_parse(words[i], &channel));
		ASSERT_NUMBER(channel, i);
		ASSERT_TEXT(payment_channel_row(channel)->word, words[i]);
	}
	CU_ASSERT_FALSE(payment_channel_parse("barter", &channel));
}

static void the_first_timings_are_those_of_the_documents(void)
{
	static const struct { enum payment_channel channel; int64_t first, interval, total, earliest; } rows[] = {
		{ PAYMENT_BY_WECHAT, 5000, 5000, 45000, 15000 },
		{ PAYMENT_BY_ALIPAY, 5000, 3000, 45000, 0 },
		{ PAYMENT_BY_UNIONPAY, 5000, 5000, 60000, 0 },
	};

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		const struct payment_timings *t = &payment_channel_row(rows[i].channel)->timings;

		ASSERT_NUMBER(t->first_wait_ms, rows[i].first);
		ASSERT_NUMBER(t->interval_ms, rows[i].interval);
		ASSERT_NUMBER(t->total_ms, rows[i].total);
		ASSERT_NUMBER(t->earliest_reverse_ms, rows[i].earliest);
		ASSERT_NUMBER(t->decay_first_ms, 10000);
		ASSERT_NUMBER(t->decay_most_ms, 300000);
		CU_ASSERT_FALSE(t->follows);
	}
}

static void timings_are_set_by_name_and_within_their_range(void)
{
	struct payment_timings t = fixture_timings();
	size_t n;
	const struct payment_timing_row *rows = payment_timing_rows(&n);

	CU_ASSERT_TRUE(payment_timing_set(&t, "total_ms", 90000));
	ASSERT_NUMBER(t.total_ms, 90000);
	CU_ASSERT_FALSE(payment_timing_set(&t, "total_ms", 0));
	CU_ASSERT_FALSE(payment_timing_set(&t, "total_ms", 600001));
	CU_ASSERT_FALSE(payment_timing_set(&t, "patience_ms", 1));
	ASSERT_NUMBER(t.total_ms, 90000);
	for (int c = 0; c < PAYMENT_CHANNELS; c++) {
		for (size_t i = 0; i < n; i++) {
			int64_t value;

			t = payment_channel_row((enum payment_channel)c)->timings;
			memcpy(&value, (char *)&t + rows[i].offset, sizeof value);
			CU_ASSERT_TRUE(payment_timing_set(&t, rows[i].name, value));
		}
	}
}

static void what_is_not_in_a_channels_list_is_not_known(void)
{
	static const struct payment_reply list[] = {
		{ "USERPAYING", PAYMENT_EVENT_ANSWER_PENDING }, { "NOTENOUGH", PAYMENT_EVENT_ANSWER_FAILED },
	};

	ASSERT_NUMBER(payment_classify(list, 2, "NOTENOUGH", PAYMENT_EVENT_ANSWER_UNKNOWN),
		      PAYMENT_EVENT_ANSWER_FAILED);
	ASSERT_NUMBER(payment_classify(list, 2, "NOTENOUGH2", PAYMENT_EVENT_ANSWER_UNKNOWN),
		      PAYMENT_EVENT_ANSWER_UNKNOWN);
	ASSERT_NUMBER(payment_classify(list, 2, "", PAYMENT_EVENT_REVERSE_UNKNOWN),
		      PAYMENT_EVENT_REVERSE_UNKNOWN);
}

static void full_attempt(struct payment_attempt *a)
{
	*a = fixture_attempt(PAYMENT_QR);
	a->state = PAYMENT_NEEDS_PERSON;
	a->ending = PAYMENT_ENDING_NEVER_SEEN;
	a->sent_ms = FIXTURE_BEGUN_MS + 1;
	a->seen = a->given_back = true;
	memset(a->detail, 'd', PAYMENT_DETAIL_MAX);
	memset(a->qr, 'q', PAYMENT_QR_MAX);
	a->n_captures = PAYMENT_CAPTURES_MAX;
	for (size_t i = 0; i < PAYMENT_CAPTURES_MAX; i++) {
		memset(a->captures[i].channel_no, 'c', PAYMENT_CHANNEL_NO_MAX);
		a->captures[i].disposition = PAYMENT_HOLD;
	}
}

static void bytes_that_are_no_attempt_are_refused(void)
{
	struct payment_attempt a, back;
	struct buffer bytes = BUFFER_INIT(4096), again = BUFFER_INIT(4096);
	struct unpack in;

	full_attempt(&a);
	payment_pack(&a, &bytes);
	for (size_t n = 0; n < bytes.len; n++) {
		unpack_init(&in, bytes.data, n);
		payment_unpack(&in, &back);
		CU_ASSERT_FALSE(unpack_done(&in));
	}
	for (size_t i = 0; i < bytes.len; i++) {
		for (int bit = 0; bit < 8; bit++) {
			bytes.data[i] = (char)(bytes.data[i] ^ 1 << bit);
			unpack_init(&in, bytes.data, bytes.len);
			payment_unpack(&in, &back);
			buffer_reset(&again);
			payment_pack(&back, &again);
			/* read back, it is those bytes or nothing */
			CU_ASSERT_TRUE(!unpack_done(&in) || back.kind == PAYMENT_CODE ||
				       back.kind == PAYMENT_QR || back.kind == PAYMENT_RECORD);
			CU_ASSERT_TRUE(!unpack_done(&in) || (again.len == bytes.len &&
				       memcmp(again.data, bytes.data, bytes.len) == 0));
			bytes.data[i] = (char)(bytes.data[i] ^ 1 << bit);
		}
	}
	buffer_release(&bytes);
	buffer_release(&again);
}

static const struct test tests[] = {
	{ "an attempt begins with a number and an expiry", an_attempt_begins_with_a_number_and_an_expiry },
	{ "an attempt that makes no sense is refused", an_attempt_that_makes_no_sense_is_refused },
	{ "nothing is paid without a proof that fits", nothing_is_paid_without_a_proof_that_fits },
	{ "what the symbol says is kept and limited", what_the_symbol_says_is_kept_and_limited },
	{ "a refusal keeps the channel's own code", a_refusal_keeps_the_channels_own_code },
	{ "an order has one attempt at a time, and one that pays",
	  an_order_has_one_attempt_at_a_time_and_one_that_pays },
	{ "states have their public words", states_have_their_public_words },
	{ "channels are found by their words", channels_are_found_by_their_words },
	{ "the first timings are those of the documents", the_first_timings_are_those_of_the_documents },
	{ "timings are set by name and within their range", timings_are_set_by_name_and_within_their_range },
	{ "what is not in a channel's list is not known", what_is_not_in_a_channels_list_is_not_known },
	{ "bytes that are no attempt are refused", bytes_that_are_no_attempt_are_refused },
};
SUITE_MAIN("payment", tests)
