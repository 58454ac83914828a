/* Line breaking by display columns: behind blanks and around wide characters. */
#include "term/wrap.h"

#include <string.h>

#include "base/utf8.h"
#include "base/width.h"

/* Columns a character takes in a grid, where control characters are shown. */
static size_t columns(uint32_t cp)
{
	return utf8_is_control(cp) ? 1 : (size_t)width_of_codepoint(cp);
}

bool wrap_next(const char **p, size_t cols, const char **ret_line, size_t *ret_len)
{
	const char *s = *p;
	size_t n = strcspn(s, "\n"), i = 0, used = 0, break_at = 0;

	if (*s == '\0')
		return false;
	while (i < n) {
		uint32_t cp;
		size_t len = utf8_decode(s + i, n - i, &cp), width = columns(cp);

		if (width == 2)
			break_at = i;
		if (used + width > cols && cp != ' ')
			break;
		used += width;
		i += len;
		if (cp == ' ' || width == 2)
			break_at = i;
	}
	if (i < n && i == 0) /* wider than a whole line: shown cut */
		i = utf8_decode(s, n, &(uint32_t){ 0 });
	else if (i < n && break_at > 0)
		i = break_at;
	*p = s + i + (i == n && s[i] == '\n');
	while (i > 0 && s[i - 1] == ' ' && (i < n || used > cols))
		i--;
	*ret_line = s;
	*ret_len = i;
	return true;
}

size_t wrap_count(const char *text, size_t cols)
{
	const char *line;
	size_t len, n = 0;

	while (wrap_next(&text, cols, &line, &len))
		n++;
	return n;
}
