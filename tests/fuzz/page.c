/* Any template with any value: what comes out holds no more markup than the
 * template had, and a refusal leaves nothing behind. */
#include "fuzz.h"

#include <string.h>

#include "base/utf8.h"
#include "page/page.h"

/* The template and the value, with a zero between them. */
#define PAIR(template, value) SEED(template "\0" value)

const struct fuzz_seed fuzz_seeds[] = {
	PAIR("<p title=\"{v}\">{v}</p>", "a<b>&\"'"), PAIR("<a href=\"{v}\">x</a>", "https://a.example/"),
	PAIR("<a href=\"/w/{v}\">x</a>", "../%00"), PAIR("<style>{v}</style>", "x"), PAIR("<!-- {v} --> {v}", "-->"),
	PAIR("<p onclick=\"{v}\" class='{v}' {v}>", "x"), PAIR("{{v}}{v", "\xFF\xE2\x80\xAE"),
};
const size_t fuzz_n_seeds = sizeof fuzz_seeds / sizeof fuzz_seeds[0];

static size_t count(const char *text, size_t n, char c)
{
	size_t found = 0;

	for (size_t i = 0; i < n; i++)
		found += text[i] == c;
	return found;
}

static void render(const char *template, const char *text)
{
	struct page_value value = { "v", text, NULL };
	struct page_piece piece;
	size_t n = strlen(template), len;

	page_piece_init(&piece);
	if (page_render(template, &value, 1, &piece, NULL)) {
		FUZZ_RULE(piece.markup.len == 0);
	} else {
		const char *page = buffer_text(&piece.markup);

		len = piece.markup.len;
		FUZZ_RULE(len <= PAGE_MAX);
		FUZZ_RULE(count(page, len, '<') == count(template, n, '<'));
		FUZZ_RULE(count(page, len, '>') == count(template, n, '>'));
		FUZZ_RULE(count(page, len, '"') == count(template, n, '"'));
		FUZZ_RULE(count(page, len, '\'') == count(template, n, '\''));
		FUZZ_RULE(!utf8_valid(template, n) || utf8_valid(page, len));
	}
	page_piece_release(&piece);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	char *both = malloc(n + 2);
	size_t first;

	if (!both)
		return 0;
	if (n)
		memcpy(both, data, n);
	both[n] = both[n + 1] = '\0';
	first = strlen(both);
	render(both, first < n ? both + first + 1 : "");
	free(both);
	return 0;
}
