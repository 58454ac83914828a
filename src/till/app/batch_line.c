/* Splitting a line of guitai batch into words. */
#include "app/batch_words.h"

#include <stdbool.h>
#include <string.h>

#include "base/utf8.h"

static bool is_blank(char c)
{
	return c == ' ' || c == '\t';
}

/* Reads one word from *p, writing it at *out, which never overtakes *p.
 * False when a quote is not closed. */
static bool read_word(const char **p, char **out)
{
	const char *in = *p;
	char *to = *out;
	bool quoted = false;

	for (; *in && (quoted || !is_blank(*in)); in++) {
		if (*in == '"') {
			quoted = !quoted;
			continue;
		}
		if (quoted && in[0] == '\\' && (in[1] == '"' || in[1] == '\\'))
			in++;
		*to++ = *in;
	}
	*p = in + (*in != '\0');
	*to++ = '\0';
	*out = to;
	return !quoted;
}

static enum fault_code split(struct batch_line *line, struct fault *fault)
{
	const char *p = line->text;
	char *out = line->text;
	bool may_be_id = false;

	for (;;) {
		while (is_blank(*p))
			p++;
		if (*p == '\0' || *p == '#')
			break;
		may_be_id = *p == 'i';
		line->words[line->n_words++] = out;
		if (!read_word(&p, &out)) {
			line->n_words = 0;
			return fault_set(fault, FAULT_INPUT_BAD_QUOTES, NULL, NULL);
		}
	}
	if (may_be_id && strncmp(line->words[line->n_words - 1], "id=", 3) == 0)
		line->id = line->words[--line->n_words] + 3;
	return FAULT_NONE;
}

enum fault_code batch_line_split(struct batch_line *ret, const char *bytes, size_t n,
				 struct fault *fault)
{
	char shown[FAULT_ARG_SIZE];

	ret->n_words = 0;
	ret->id = NULL;
	if (n && bytes[n - 1] == '\n')
		n--;
	if (n && bytes[n - 1] == '\r')
		n--;
	if (n > BATCH_LINE_MAX)
		return fault_set_number(fault, FAULT_INPUT_LINE_TOO_LONG, BATCH_LINE_MAX, NULL);
	memcpy(ret->text, bytes, n);
	ret->text[n] = '\0';
	if (strlen(ret->text) != n)
		return fault_set(fault, FAULT_INPUT_BAD_TEXT, "line", "8192");
	if (!utf8_valid(bytes, n)) {
		utf8_copy_plain(shown, sizeof shown, ret->text);
		return fault_set(fault, FAULT_INPUT_NOT_UTF8, shown, NULL);
	}
	return split(ret, fault);
}
