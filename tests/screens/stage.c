/* A till made for one script, on a terminal in memory. */
#include "screens.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/utf8.h"
#include "app/shop_rules.h"

enum { KEY_GAP_US = 200000, SCAN_GAP_US = 1000, CONF_BYTES = 8192, YEAR = 2026 };

/* 2026-11-21 09:41:07 in China, and the monotonic clock that goes with it. */
static const int64_t start_ms = INT64_C(1795225267000);
static int64_t now_us = 1000000;
static uint64_t chance;

static struct instant stage_now(void *ctx)
{
	(void)ctx;
	return (struct instant){ start_ms + now_us / 1000, 480 };
}

static int64_t stage_clock_us(void)
{
	return now_us;
}

static enum fault_code stage_random(void *ctx, void *bytes, size_t n)
{
	uint8_t *to = bytes;

	(void)ctx;
	for (size_t i = 0; i < n; i++)
		to[i] = (uint8_t)(++chance * 0x9E3779B97F4A7C15 >> 56);
	return FAULT_NONE;
}

static bool complain(const struct fault *fault)
{
	const struct fault_row *row = fault_row(fault->code);
	char text[1024];

	fault_render(fault, row ? row->sentence : "?", text, sizeof text);
	fprintf(stderr, "stage: %s\n", text);
	return false;
}

static bool options_of(struct stage *stage, struct agent_options *ret)
{
	struct fault fault;

	*ret = (struct agent_options){ .dir = stage->dir, .version = "test" };
	ret->ports = (struct agent_ports){ .now = stage_now, .random = stage_random };
	shop_counter_rules(&stage->settings, &ret->rules);
	if (shop_scan_rules(&stage->settings, YEAR, &ret->scan, &fault))
		return complain(&fault);
	return true;
}

static bool read_settings(struct stage *stage)
{
	struct fault fault;

	settings_release(&stage->settings);
	settings_init(&stage->settings);
	if (settings_read_text(&stage->settings, "guitai.conf", buffer_text(&stage->conf), stage->conf.len,
			       &fault))
		return complain(&fault);
	return true;
}

static bool import(const struct stage *stage)
{
	const char *program = getenv("GUITAI"), *source = getenv("top_srcdir");
	char command[2048];

	snprintf(command, sizeof command,
		 "'%s' catalog import '%s'/tests/screens/products.csv '%s'/tests/screens/hostile.jsonl "
		 "--dir '%s' >/dev/null 2>&1",
		 program ? program : "./guitai", source ? source : ".", source ? source : ".", stage->dir);
	return system(command) == 0;
}

bool stage_make(struct stage *stage)
{
	const char *tmp = getenv("TMPDIR");
	struct agent_birth birth = {
		.shop = "星光店", .store = "012", .till = "03", .currency = CURRENCY_CNY, .pin = "1234",
		.first = { .id = "1", .name = "李娜", .role = ROLE_SUPERVISOR },
	};
	struct cashier second = { .id = "2", .name = "王芳", .role = ROLE_CASHIER };
	struct agent_options options;
	struct fault fault;

	now_us = 1000000;
	chance = 0;
	snprintf(stage->dir, sizeof stage->dir, "%s/screens-XXXXXX", tmp ? tmp : "/tmp");
	if (!mkdtemp(stage->dir) || !read_settings(stage) || !options_of(stage, &options))
		return false;
	if (agent_create(&options, &birth, &fault) || agent_open(&options, &stage->agent, &fault) ||
	    agent_add_cashier(stage->agent, &second, "1234", &fault))
		return complain(&fault);
	agent_close(stage->agent);
	stage->agent = NULL;
	return import(stage);
}

bool stage_open(struct stage *stage)
{
	struct agent_options options;
	struct fault fault;
	struct screen_context context = {
		.settings = &stage->settings, .version = "test", .clock_us = stage_clock_us,
	};

	if (!read_settings(stage) || !options_of(stage, &options))
		return false;
	if (agent_open(&options, &stage->agent, &fault) ||
	    term_memory_open(stage->rows, stage->cols, &stage->term))
		return complain(&fault);
	stage_join_hub(stage);
	context.agent = stage->agent;
	context.term = stage->term;
	if (screen_loop_new(&context, &stage->loop, &fault))
		return complain(&fault);
	stage->bells_before = 0;
	stage->ended = !screen_loop_turn(stage->loop);
	return true;
}

void stage_shut(struct stage *stage)
{
	screen_loop_free(stage->loop);
	stage->loop = NULL;
	term_free(stage->term);
	stage->term = NULL;
	agent_close(stage->agent);
	stage->agent = NULL;
}

void stage_remove(struct stage *stage)
{
	char command[1024];

	stage_shut(stage);
	settings_release(&stage->settings);
	stage_line_free(stage->line);
	snprintf(command, sizeof command, "rm -rf '%s'", stage->dir);
	if (stage->dir[0] && system(command) != 0)
		fprintf(stderr, "stage: %s could not be removed\n", stage->dir);
}

static void turn(struct stage *stage)
{
	if (!stage->ended)
		stage->ended = !screen_loop_turn(stage->loop);
}

static void press(struct stage *stage, struct key key, int64_t after_us)
{
	now_us += after_us;
	term_memory_set_time(stage->term, now_us);
	term_memory_key(stage->term, key);
	turn(stage);
}

static void type_text(struct stage *stage, const char *text, size_t n, int64_t gap_us)
{
	for (size_t i = 0; i < n;) {
		uint32_t cp;

		i += utf8_decode(text + i, n - i, &cp);
		if (cp == '^' && i < n)
			press(stage, (struct key){ KEY_TEXT, KEY_CTRL, (uint32_t)text[i++] | 0x20, 0 }, gap_us);
		else
			press(stage, key_text(cp), gap_us);
	}
}

/* One word of the script: "text" in quotes, or the name of a key. */
static bool press_word(struct stage *stage, const char *word, size_t n)
{
	char name[64];
	struct key key;

	if (word[0] == '"') {
		type_text(stage, word + 1, n - 2, KEY_GAP_US);
		return true;
	}
	snprintf(name, sizeof name, "%.*s", (int)n, word);
	if (!key_parse(name, &key))
		return false;
	press(stage, key, KEY_GAP_US);
	return true;
}

bool stage_keys(struct stage *stage, const char *script)
{
	while (*(script += strspn(script, " "))) {
		size_t n = script[0] == '"' ? strcspn(script + 1, "\"") + 2 : strcspn(script, " ");

		if (!press_word(stage, script, n))
			return false;
		script += n;
	}
	return true;
}

void stage_scan(struct stage *stage, const char *text, bool enter)
{
	now_us += KEY_GAP_US;
	type_text(stage, text, strlen(text), SCAN_GAP_US);
	if (enter)
		press(stage, key_named(KEY_ENTER), SCAN_GAP_US);
	now_us += KEY_GAP_US;
}

void stage_wait(struct stage *stage, int ms)
{
	now_us += ms * INT64_C(1000);
	if (!stage->ended)
		screen_loop_idle(stage->loop);
	turn(stage);
}

void stage_resize(struct stage *stage, int rows, int cols)
{
	stage->rows = rows;
	stage->cols = cols;
	term_memory_resize(stage->term, rows, cols);
	turn(stage);
}

void stage_picture(struct stage *stage, struct buffer *out)
{
	grid_dump(term_memory_picture(stage->term), out);
}

unsigned stage_bells(struct stage *stage)
{
	unsigned all = term_memory_bells(stage->term), since = all - stage->bells_before;

	stage->bells_before = all;
	return since;
}
