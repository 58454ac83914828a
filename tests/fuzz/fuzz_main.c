/* The driver of a fuzz target: replays files and seeds, then mutates the seeds
 * until its time is up.
 *
 * usage: TARGET [-t SECONDS] [-s SEED] [-r ROUND] [FILE…]
 *
 * Without -t: FUZZ_SECONDS, else 10. With -r only that round of the seed is
 * run, which is how a failure, printed with both numbers, is met again. */
#include "fuzz.h"

#include <signal.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { INPUT_MAX = 4096 };

static uint64_t seed = 1, round_now;
static uint8_t input[INPUT_MAX];

static uint64_t next(uint64_t *state)
{
	uint64_t z = *state += UINT64_C(0x9E3779B97F4A7C15);

	z = (z ^ z >> 30) * UINT64_C(0xBF58476D1CE4E5B9);
	z = (z ^ z >> 27) * UINT64_C(0x94D049BB133111EB);
	return z ^ z >> 31;
}

static size_t below(uint64_t *state, size_t n)
{
	return n ? (size_t)(next(state) % n) : 0;
}

static const char *const pieces[] = {
	"\x1d", "]C1", "]E0", "(01)", "01", "10", "17", "21", "3103", "392", "\xff", "\x80", "\xe4\xb8", "\x1b[",
	"\"", "\\", "\\u0000", "{", "}", "[", "]", ":", ",", "null", "-", "1e9", "99999999999999999999", "\r\n",
};

/* Puts n bytes at `at`, moving the rest up; what does not fit falls off. */
static size_t insert(size_t len, size_t at, const void *bytes, size_t n)
{
	if (n > INPUT_MAX - at)
		n = INPUT_MAX - at;
	if (len + n > INPUT_MAX)
		len = INPUT_MAX - n;
	if (len > at)
		memmove(input + at + n, input + at, len - at);
	memcpy(input + at, bytes, n);
	return len > at ? len + n : at + n;
}

static size_t mutate(uint64_t *state, size_t len)
{
	size_t at = below(state, len + 1), n;
	const struct fuzz_seed *other = &fuzz_seeds[below(state, fuzz_n_seeds)];
	const char *piece = pieces[below(state, sizeof pieces / sizeof pieces[0])];
	uint8_t byte = (uint8_t)next(state), copy[64];

	switch (below(state, 7)) {
	case 0:
		if (at < len)
			input[at] ^= (uint8_t)(1u << byte % 8);
		return len;
	case 1:
		return insert(len, at, &byte, 1);
	case 2:
		return insert(len, at, piece, strlen(piece));
	case 3:
		n = below(state, len - at + 1);
		memmove(input + at, input + at + n, len - at - n);
		return len - n;
	case 4:
		return insert(len, at, other->bytes, other->n);
	case 5:
		n = len - at < sizeof copy ? len - at : sizeof copy;
		memcpy(copy, input + at, n);
		return insert(len, below(state, len + 1), copy, n);
	default:
		if (at < len)
			input[at] = (uint8_t)('0' + byte % 10);
		return len;
	}
}

static void run_round(uint64_t number)
{
	uint64_t state = seed * UINT64_C(1000003) + number;
	const struct fuzz_seed *from = &fuzz_seeds[below(&state, fuzz_n_seeds)];
	size_t len = insert(0, 0, from->bytes, from->n), times = 1 + below(&state, 8);
	uint8_t *exact;

	round_now = number;
	while (times--)
		len = mutate(&state, len);
	/* a block of just this size, so that reading behind it is noticed */
	exact = malloc(len ? len : 1);
	if (!exact)
		abort();
	memcpy(exact, input, len);
	LLVMFuzzerTestOneInput(exact, len);
	free(exact);
}

static void say_where(void)
{
	static char text[96];
	int n = snprintf(text, sizeof text, "fuzz: run again with -s %llu -r %llu\n",
			 (unsigned long long)seed, (unsigned long long)round_now);

	if (n > 0 && write(STDERR_FILENO, text, (size_t)n) < 0)
		_exit(3);
}

static void on_abort(int signal_number)
{
	(void)signal_number;
	say_where();
	_exit(3);
}

/* There only when a sanitizer is linked. */
__attribute__((weak)) void __sanitizer_set_death_callback(void (*callback)(void));

static bool replay(const char *path)
{
	FILE *file = fopen(path, "rb");
	size_t n;

	if (!file) {
		fprintf(stderr, "fuzz: %s cannot be read\n", path);
		return false;
	}
	n = fread(input, 1, sizeof input, file);
	fclose(file);
	LLVMFuzzerTestOneInput(input, n);
	return true;
}

static double now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static uint64_t run_for(double seconds)
{
	double end = now() + seconds;
	uint64_t rounds = 0;

	do
		for (int i = 0; i < 1000; i++)
			run_round(rounds++);
	while (now() < end);
	return rounds;
}

int main(int argc, char **argv)
{
	const char *limit = getenv("FUZZ_SECONDS");
	double seconds = limit ? (double)strtoul(limit, NULL, 10) : 10;
	bool one = false, good = true;
	uint64_t number = 0;
	int option;

	while ((option = getopt(argc, argv, "t:s:r:")) != -1) {
		if (option == 't')
			seconds = (double)strtoul(optarg, NULL, 10);
		else if (option == 's')
			seed = strtoull(optarg, NULL, 10);
		else if (option == 'r')
			one = true, number = strtoull(optarg, NULL, 10);
		else
			return 2;
	}
	signal(SIGABRT, on_abort);
	if (__sanitizer_set_death_callback)
		__sanitizer_set_death_callback(say_where);
	for (int i = optind; i < argc; i++)
		good = replay(argv[i]) && good;
	if (one) {
		run_round(number);
		return 0;
	}
	for (size_t i = 0; i < fuzz_n_seeds; i++)
		LLVMFuzzerTestOneInput((const uint8_t *)fuzz_seeds[i].bytes, fuzz_seeds[i].n);
	printf("%llu rounds of seed %llu\n", (unsigned long long)run_for(seconds),
	       (unsigned long long)seed);
	return good ? 0 : 1;
}
