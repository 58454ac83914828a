/* Tests of the nonce cache: what was taken is refused for as long as its
 * signature would be good, and forgotten then. */
#include "suite.h"

#include <stdio.h>

#include "net/nonce.h"

static const uint8_t secret[NONCE_SECRET_SIZE] = { 7 };
static const int64_t born = 1764000000;

static void a_nonce_is_taken_once_by_each_key(void)
{
	struct nonce_cache *cache = nonce_cache_new(100, born, secret);
	struct fault f;

	ASSERT_NUMBER(nonce_cache_take(cache, "T1", "n1", born, born, &f), FAULT_NONE);
	ASSERT_NUMBER(nonce_cache_take(cache, "T2", "n1", born, born, &f), FAULT_NONE);
	ASSERT_NUMBER(nonce_cache_take(cache, "T1", "n2", born, born, &f), FAULT_NONE);
	ASSERT_NUMBER(nonce_cache_take(cache, "T1", "n1", born, born, &f), FAULT_SIGNATURE_REPLAYED);
	ASSERT_TEXT(f.arg[0], "n1");
	/* another time of signing does not make it another nonce */
	ASSERT_NUMBER(nonce_cache_take(cache, "T1", "n1", born + 299, born, &f),
		      FAULT_SIGNATURE_REPLAYED);
	/* key and nonce do not run into each other */
	ASSERT_NUMBER(nonce_cache_take(cache, "T1n", "1", born, born, &f), FAULT_NONE);
	ASSERT_NUMBER(nonce_cache_count(cache), 4);
	nonce_cache_free(cache);
	nonce_cache_free(NULL);
}

static void the_window_has_two_sides(void)
{
	static const struct { int64_t off; enum fault_code code; } cases[] = {
		{ -301, FAULT_SIGNATURE_CLOCK }, { -300, FAULT_NONE }, { 0, FAULT_NONE },
		{ 300, FAULT_NONE }, { 301, FAULT_SIGNATURE_CLOCK }, { 7200, FAULT_SIGNATURE_CLOCK },
	};
	struct nonce_cache *cache = nonce_cache_new(100, born, secret);
	int64_t now = born + 1000;
	struct fault f;

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		char nonce[8];

		snprintf(nonce, sizeof nonce, "n%zu", i);
		ASSERT_NUMBER(nonce_cache_take(cache, "T1", nonce, now + cases[i].off, now, &f),
			      cases[i].code);
	}
	ASSERT_TEXT(f.arg[0], "2025-11-24T18:16:40.000+00:00");
	ASSERT_TEXT(f.arg[1], "2025-11-24T16:16:40.000+00:00");
	ASSERT_NUMBER(nonce_cache_take(cache, "T1", "far", INT64_C(999999999999999), now, &f),
		      FAULT_SIGNATURE_CLOCK);
	ASSERT_NUMBER(nonce_cache_take(cache, "T1", "before", -1, now, &f), FAULT_SIGNATURE_CLOCK);
	nonce_cache_free(cache);
}

/* Whoever was taken in any second of the window stays refused to its end. */
static void a_replay_is_refused_as_long_as_its_signature_is_good(void)
{
	for (int64_t off = -300; off <= 300; off += 50) {
		struct nonce_cache *cache = nonce_cache_new(100, born, secret);
		int64_t taken = born + 1000, created = taken + off;

		ASSERT_NUMBER(nonce_cache_take(cache, "T1", "n", created, taken, NULL), FAULT_NONE);
		for (int64_t now = taken; now <= created + NONCE_WINDOW_S; now++)
			if (nonce_cache_take(cache, "T1", "n", created, now, NULL) != FAULT_SIGNATURE_REPLAYED)
				CU_FAIL("a replay was taken");
		ASSERT_NUMBER(nonce_cache_take(cache, "T1", "n", created, created + 301, NULL),
			      FAULT_SIGNATURE_CLOCK);
		nonce_cache_free(cache);
	}
}

static void old_minutes_are_forgotten_whole(void)
{
	struct nonce_cache *cache = nonce_cache_new(1000, born, secret);
	char nonce[16];

	for (int64_t i = 0; i < 100000; i++) {
		snprintf(nonce, sizeof nonce, "n%lld", (long long)i);
		if (nonce_cache_take(cache, "T1", nonce, born + i, born + i, NULL) != FAULT_NONE)
			CU_FAIL("a fresh nonce was refused");
		if (nonce_cache_count(cache) > NONCE_WINDOW_S + 60)
			CU_FAIL("more is remembered than the window holds");
	}
	nonce_cache_free(cache);
}

static void a_full_cache_refuses_until_a_minute_has_passed(void)
{
	struct nonce_cache *cache = nonce_cache_new(200, born, secret);
	struct fault f;
	char nonce[16];

	for (int i = 0; i < 200; i++) {
		snprintf(nonce, sizeof nonce, "n%d", i);
		ASSERT_NUMBER(nonce_cache_take(cache, "T1", nonce, born, born, NULL), FAULT_NONE);
	}
	ASSERT_NUMBER(nonce_cache_take(cache, "T1", "more", born, born, &f), FAULT_SIGNATURE_BUSY);
	ASSERT_TEXT(f.arg[0], "60");
	ASSERT_NUMBER(nonce_cache_take(cache, "T1", "n7", born, born, &f), FAULT_SIGNATURE_REPLAYED);
	ASSERT_NUMBER(nonce_cache_take(cache, "T1", "more", born + 361, born + 361, &f), FAULT_NONE);
	ASSERT_NUMBER(nonce_cache_count(cache), 1);
	nonce_cache_free(cache);
}

/* What a cache does not remember, because it was born later or because its
 * clock was set back, it does not take. */
static void what_may_be_forgotten_is_not_taken(void)
{
	struct nonce_cache *cache = nonce_cache_new(100, born, secret);
	const int64_t day = 86400;

	ASSERT_NUMBER(nonce_cache_take(cache, "T1", "a", born - 1, born, NULL), FAULT_SIGNATURE_CLOCK);
	ASSERT_NUMBER(nonce_cache_take(cache, "T1", "a", born + 500, born + 500, NULL), FAULT_NONE);
	ASSERT_NUMBER(nonce_cache_take(cache, "T1", "b", born + day, born + day, NULL), FAULT_NONE);
	ASSERT_NUMBER(nonce_cache_take(cache, "T1", "a", born + 500, born + 501, NULL),
		      FAULT_SIGNATURE_CLOCK);
	ASSERT_NUMBER(nonce_cache_take(cache, "T1", "a", born + 501, born + 501, NULL), FAULT_NONE);
	/* set back to before its birth: it goes on from there */
	ASSERT_NUMBER(nonce_cache_take(cache, "T1", "c", born - 10, born - 10, NULL), FAULT_NONE);
	nonce_cache_free(cache);
}

static const struct test tests[] = {
	{ "a nonce is taken once by each key", a_nonce_is_taken_once_by_each_key },
	{ "the window has two sides", the_window_has_two_sides },
	{ "a replay is refused as long as its signature is good",
	  a_replay_is_refused_as_long_as_its_signature_is_good },
	{ "old minutes are forgotten whole", old_minutes_are_forgotten_whole },
	{ "a full cache refuses until a minute has passed",
	  a_full_cache_refuses_until_a_minute_has_passed },
	{ "what may be forgotten is not taken", what_may_be_forgotten_is_not_taken },
};

SUITE_MAIN("nonce", tests)
