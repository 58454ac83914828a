/* Tests of room agent on real files. */
#include "suite.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <signal.h>
#include <unistd.h>

#include "shop.h"

static void a_sale_survives_the_program(void)
{
	struct shop shop;
	struct agent *agent;

	shop_make(&shop);
	agent = shop_open(&shop);
	shop_begin(agent);
	ASSERT_NUMBER(shop_type(agent, "6901234567892", NULL), FAULT_NONE);
	ASSERT_NUMBER(shop_pay(agent, 500, NULL), FAULT_NONE);
	ASSERT_NUMBER(shop_type(agent, "12", NULL), FAULT_NONE);
	agent_close(agent);
	agent = shop_open(&shop);
	agent_idle(agent);
	ASSERT_NUMBER(agent_counter(agent)->boot, 2);
	ASSERT_NUMBER(counter_order(agent_counter(agent))->total_minor, 798);
	ASSERT_NUMBER(agent_counter(agent)->perpetual_minor, 350);
	CU_ASSERT(counter_operator(agent_counter(agent)) == NULL);
	agent_close(agent);
	shop_remove(&shop);
}

static void two_tills_do_not_share_a_folder(void)
{
	struct agent *first, *second = NULL;
	struct fault fault;
	struct shop shop;

	shop_make(&shop);
	first = shop_open(&shop);
	ASSERT_NUMBER(agent_open(&shop.options, &second, &fault), FAULT_STORE_LOCKED);
	CU_ASSERT(second == NULL);
	agent_close(first);
	agent_close(shop_open(&shop));
	shop_remove(&shop);
}

static void a_folder_that_is_not_there_stays_so(void)
{
	struct agent *agent = NULL;
	struct fault fault;
	struct shop shop;
	char dir[600];

	shop_make(&shop);
	snprintf(dir, sizeof dir, "%s/mistyped/shop", shop.dir);
	shop.options.dir = dir;
	ASSERT_NUMBER(agent_open(&shop.options, &agent, &fault), FAULT_STORE_NOT_FOUND);
	CU_ASSERT(agent == NULL);
	snprintf(dir, sizeof dir, "%s/mistyped", shop.dir);
	CU_ASSERT(access(dir, F_OK) != 0);
	shop_remove(&shop);
}

static void a_swapped_catalogue_is_known_at_the_next_scan(void)
{
	struct shop shop;
	struct agent *agent;

	shop_make(&shop);
	agent = shop_open(&shop);
	shop_begin(agent);
	agent_idle(agent);
	ASSERT_NUMBER(shop_type(agent, "777", NULL), FAULT_CATALOG_UNKNOWN_CODE);
	shop_import(&shop, "777", "New", 100);
	ASSERT_NUMBER(shop_type(agent, "777", NULL), FAULT_NONE);
	ASSERT_NUMBER(counter_order(agent_counter(agent))->total_minor, 100);
	agent_close(agent);
	shop_remove(&shop);
}

static void a_till_is_made_once_and_whole(void)
{
	const struct agent_birth again = { .shop = "x", .store = "", .till = "1",
		.currency = CURRENCY_CNY, .first = { "1", "", ROLE_SUPERVISOR }, .pin = "1234" };
	struct agent_birth bad = again;
	struct fault fault;
	struct shop shop;
	char path[600];

	shop_make(&shop);
	ASSERT_NUMBER(agent_create(&shop.options, &again, &fault), FAULT_STORE_EXISTS);
	bad.pin = "12a4";
	snprintf(path, sizeof path, "%s/journal.db", shop.dir);
	CU_ASSERT(access(path, F_OK) == 0);
	unlink(path);
	ASSERT_NUMBER(agent_create(&shop.options, &bad, &fault), FAULT_CASHIER_BAD_PIN);
	CU_ASSERT(access(path, F_OK) != 0);
	shop_remove(&shop);
}

static void pins_are_checked_and_waits_grow(void)
{
	struct shop shop;
	struct agent *agent;
	struct fault fault;

	shop_make(&shop);
	agent = shop_open(&shop);
	ASSERT_NUMBER(agent_login(agent, "1", "9999", &fault), FAULT_CASHIER_WRONG_PIN);
	ASSERT_NUMBER(agent_login(agent, "2", "1234", &fault), FAULT_CASHIER_WRONG_PIN);
	ASSERT_NUMBER(agent_login(agent, "1", "", &fault), FAULT_CASHIER_WRONG_PIN);
	ASSERT_NUMBER(agent_login(agent, "1", "1234", &fault), FAULT_CASHIER_LOCKED);
	shop.now_ms += 6000;
	ASSERT_NUMBER(agent_login(agent, "1", "1234", &fault), FAULT_NONE);
	agent_close(agent);
	shop_remove(&shop);
}

static void scans_are_told_apart(void)
{
	static const struct { const char *scan; enum fault_code code; } cases[] = {
		{ "6901234567892", FAULT_NONE }, { "]E06901234567892", FAULT_NONE },
		{ "06901234567892", FAULT_NONE }, { "BANK CHARGES", FAULT_NONE },
		{ "20000004", FAULT_NONE }, { "12", FAULT_NONE }, { "6901234567892\r\n", FAULT_NONE },
		{ "69012345678\03392", FAULT_NONE },
		{ "6901234567893", FAULT_SCAN_CHECK_DIGIT }, { "nosuch", FAULT_CATALOG_UNKNOWN_CODE },
		{ "", FAULT_SCAN_EMPTY }, { "134567890123456789", FAULT_SCAN_PAYMENT_CODE },
		{ "wxp://f2f0abc", FAULT_SCAN_MERCHANT_QR }, { "free", FAULT_CATALOG_NO_PRICE },
		{ "1234567890123456789012345678901234567890123456789", FAULT_SCAN_TOO_LONG },
		{ "2100042012345", FAULT_SCAN_CHECK_DIGIT },
	};
	struct shop shop;
	struct agent *agent;

	shop_make(&shop);
	agent = shop_open(&shop);
	shop_begin(agent);
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct fault fault;
		enum fault_code code = shop_type(agent, cases[i].scan, &fault);

		if (code != cases[i].code)
			fprintf(stderr, "%s: %s\n", cases[i].scan, fault_name(code));
		ASSERT_NUMBER(code, cases[i].code);
	}
	agent_close(agent);
	shop_remove(&shop);
}

static void labels_give_weight_or_price(void)
{
	struct shop shop;
	struct agent *agent;
	const struct order *order;
	struct fault fault;

	shop_make(&shop);
	CU_ASSERT(scan_rules_add_label(&shop.options.scan, "21 XXXXX WWWWW K") == NULL);
	CU_ASSERT(scan_rules_add_label(&shop.options.scan, "22 XXXXX MMMMM K") == NULL);
	CU_ASSERT(scan_rules_add_label(&shop.options.scan, "23 XXXXX MMMMM WWWWW K") == NULL);
	agent = shop_open(&shop);
	shop_begin(agent);
	ASSERT_NUMBER(shop_type(agent, "2100042007345", &fault), FAULT_NONE);
	order = counter_order(agent_counter(agent));
	CU_ASSERT_FATAL(order != NULL);
	ASSERT_NUMBER(order->lines[0].quantity, 734);
	ASSERT_NUMBER(order->lines[0].gross_minor, 734);
	ASSERT_NUMBER(shop_type(agent, "2200012005866", &fault), FAULT_NONE);
	ASSERT_NUMBER(order->lines[1].quantity, 734);
	ASSERT_NUMBER(order->lines[1].gross_minor, 586);
	ASSERT_NUMBER(order->total_minor, 734 + 586);
	/* The catalogue has no price of the ham: the label's 12.50 is what it costs. */
	ASSERT_NUMBER(shop_type(agent, "230077701250007346", &fault), FAULT_NONE);
	ASSERT_NUMBER(order->lines[2].quantity, 734);
	ASSERT_NUMBER(order->lines[2].price_minor, 1703);
	ASSERT_NUMBER(order->lines[2].gross_minor, 1250);
	ASSERT_NUMBER(shop_type(agent, "2200777012505", &fault), FAULT_NONE);
	ASSERT_NUMBER(order->lines[3].quantity, 1000);
	ASSERT_NUMBER(order->lines[3].gross_minor, 1250);
	agent_close(agent);
	shop_remove(&shop);
}

static void prints_end_done_failed_or_marked(void)
{
	struct closed_order where;
	struct shop shop;
	struct agent *agent;

	shop_make(&shop);
	shop.options.rules.print_receipts = true;
	agent = shop_open(&shop);
	shop_begin(agent);
	shop_type(agent, "12", NULL);
	shop_pay(agent, 798, NULL);
	ASSERT_NUMBER(agent_print_queued(agent), 1);
	ASSERT_NUMBER(shop.prints, 1);
	ASSERT_NUMBER(shop.last_copy, 0);
	ASSERT_NUMBER(agent_find_closed(agent, 0, NULL, &where, NULL), FAULT_NONE);
	ASSERT_NUMBER(where.prints, 1);
	ASSERT_NUMBER(agent_print(agent, &where, NULL), FAULT_NONE);
	agent_print_queued(agent);
	ASSERT_NUMBER(shop.last_copy, 1);
	/* queued, and the program stops before it is printed: printed again, marked */
	shop_type(agent, "12", NULL);
	shop_pay(agent, 798, NULL);
	agent_close(agent);
	agent = shop_open(&shop);
	ASSERT_NUMBER(agent_counter(agent)->n_print_jobs, 1);
	agent_print_queued(agent);
	ASSERT_NUMBER(shop.prints, 3);
	ASSERT_NUMBER(shop.last_copy, 1);
	shop.print = PRINT_FAILED;
	shop_type(agent, "12", NULL);
	shop_pay(agent, 798, NULL);
	agent_print_queued(agent);
	ASSERT_NUMBER(agent_counter(agent)->n_print_jobs, 0);
	agent_close(agent);
	shop_remove(&shop);
}

/* Files cannot grow any more: nothing is lost, and selling goes on when they can. */
static void a_full_disk_refuses_and_loses_nothing(void)
{
	struct rlimit old, none;
	struct shop shop;
	struct agent *agent;
	struct fault fault;
	enum fault_code code = FAULT_NONE;
	uint64_t seq;

	shop_make(&shop);
	agent = shop_open(&shop);
	shop_begin(agent);
	agent_idle(agent);  /* notes the catalogue in use: an entry of its own */
	ASSERT_NUMBER(shop_type(agent, "12", NULL), FAULT_NONE);
	signal(SIGXFSZ, SIG_IGN);
	getrlimit(RLIMIT_FSIZE, &old);
	none = (struct rlimit){ 100 * 1024, old.rlim_max };
	setrlimit(RLIMIT_FSIZE, &none);
	seq = agent_counter(agent)->seq;
	for (int i = 0; i < 2000 && !code; i++) {
		seq = agent_counter(agent)->seq;
		code = shop_type(agent, "12", &fault);
	}
	setrlimit(RLIMIT_FSIZE, &old);
	CU_ASSERT(code == FAULT_STORE_IO || code == FAULT_STORE_FULL || code == FAULT_STORE_UNKNOWN);
	CU_ASSERT(code != FAULT_STORE_UNKNOWN || agent_suspect(agent));
	agent_idle(agent);
	CU_ASSERT_FALSE(agent_suspect(agent));
	if (code == FAULT_STORE_UNKNOWN)
		CU_ASSERT(agent_counter(agent)->seq - seq <= 1)
	else
		ASSERT_NUMBER(agent_counter(agent)->seq, seq);
	seq = agent_counter(agent)->seq;
	ASSERT_NUMBER(shop_type(agent, "12", &fault), FAULT_NONE);
	ASSERT_NUMBER(agent_counter(agent)->seq, seq + 1);
	agent_close(agent);
	agent = shop_open(&shop);
	ASSERT_NUMBER(journal_verify(agent_journal(agent), NULL, NULL, &seq, &fault), FAULT_NONE);
	agent_close(agent);
	shop_remove(&shop);
}

static const struct test tests[] = {
	{ "a sale survives the program", a_sale_survives_the_program },
	{ "two tills do not share a folder", two_tills_do_not_share_a_folder },
	{ "a folder that is not there stays so", a_folder_that_is_not_there_stays_so },
	{ "a swapped catalogue is known at the next scan", a_swapped_catalogue_is_known_at_the_next_scan },
	{ "a till is made once and whole", a_till_is_made_once_and_whole },
	{ "PINs are checked and waits grow", pins_are_checked_and_waits_grow },
	{ "scans are told apart", scans_are_told_apart },
	{ "labels give weight or price", labels_give_weight_or_price },
	{ "prints end done, failed or marked", prints_end_done_failed_or_marked },
	{ "a full disk refuses and loses nothing", a_full_disk_refuses_and_loses_nothing },
};

SUITE_MAIN("agent", tests)
