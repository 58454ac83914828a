/* The registry of errors as C tables. */
#include "base/fault.h"

#include <stdio.h>
#include <string.h>

#include "base/mark.h"
#include "base/utf8.h"

static const struct fault_row rows[] = {
#define ERROR(number, name, http, retry, sentence) \
	{ FAULT_##name, #name, http, FAULT_RETRY_##retry, sentence },
#include "base/errors.def"
#undef ERROR
};

enum { ROWS = sizeof rows / sizeof rows[0] };

enum fault_code fault_set(struct fault *fault, enum fault_code code,
			  const char *arg1, const char *arg2)
{
	if (fault) {
		fault->code = code;
		utf8_copy_plain(fault->arg[0], sizeof fault->arg[0], arg1 ? arg1 : "");
		utf8_copy_plain(fault->arg[1], sizeof fault->arg[1], arg2 ? arg2 : "");
	}
	return code;
}

enum fault_code fault_set_number(struct fault *fault, enum fault_code code,
				 long long arg1, const char *arg2)
{
	char text[24];

	snprintf(text, sizeof text, "%lld", arg1);
	return fault_set(fault, code, text, arg2);
}

const struct fault_row *fault_row(enum fault_code code)
{
	for (size_t i = 0; i < ROWS; i++)
		if (rows[i].code == code)
			return &rows[i];
	return NULL;
}

const struct fault_row *fault_rows(size_t *ret_n)
{
	*ret_n = ROWS;
	return rows;
}

const char *fault_name(enum fault_code code)
{
	const struct fault_row *row = fault_row(code);

	if (row)
		return row->name;
	return code == FAULT_NONE ? "NONE" : "UNKNOWN";
}

void fault_render(const struct fault *fault, const char *sentence, char *out, size_t size)
{
	char whole[1024];
	size_t n = 0;

	for (const char *p = sentence; *p && n < sizeof whole - 1; p++) {
		if (p[0] == '{' && (p[1] == '1' || p[1] == '2') && p[2] == '}') {
			const char *arg = fault->arg[p[1] - '1'];
			size_t len = strlen(arg);

			if (len > sizeof whole - 1 - n)
				len = sizeof whole - 1 - n;
			memcpy(whole + n, arg, len);
			n += len;
			p += 2;
		} else {
			whole[n++] = *p;
		}
	}
	whole[n] = '\0';
	utf8_copy(out, size, whole);
}
