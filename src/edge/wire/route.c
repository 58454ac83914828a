/* Routes from their table. */
#include "wire/wire.h"

#include <string.h>

#include "base/utf8.h"

enum { WHO_ANYONE, WHO_TILL };
enum { KEY_FREE, KEY_KEY };

static const struct wire_route_row rows[] = {
#define ROUTE(id, method, path, who, key, request, reply, status, help) \
	{ ROUTE_##id, #id, #method, path, WHO_##who == WHO_TILL, KEY_##key == KEY_KEY, \
	  WIRE_##request, WIRE_##reply, status, help },
#include "wire/routes.def"
#undef ROUTE
};

const struct wire_route_row *wire_route_row(enum wire_route route)
{
	return &rows[route];
}

/* Whether path fits the pattern; the part in braces goes to ret_part. */
static bool fits(const char *pattern, const char *path, char *ret_part, size_t size)
{
	const char *brace = strchr(pattern, '{'), *behind;
	size_t before, n;
	char part[256];

	if (!brace)
		return strcmp(pattern, path) == 0;
	before = (size_t)(brace - pattern);
	behind = strchr(brace, '}') + 1;
	if (strncmp(pattern, path, before) != 0)
		return false;
	n = strcspn(path + before, "/");
	if (n == 0 || n >= sizeof part || strcmp(path + before + n, behind) != 0)
		return false;
	memcpy(part, path + before, n);
	part[n] = '\0';
	utf8_copy(ret_part, size, part);
	return true;
}

const struct wire_route_row *wire_route_find(const char *method, const char *path, char *ret_part,
					     size_t size, bool *ret_path_known)
{
	*ret_path_known = false;
	ret_part[0] = '\0';
	for (size_t i = 0; i < WIRE_ROUTES; i++) {
		if (!fits(rows[i].path, path, ret_part, size))
			continue;
		*ret_path_known = true;
		if (strcmp(rows[i].method, method) == 0)
			return &rows[i];
	}
	return NULL;
}

void wire_route_path(enum wire_route route, const char *part, char *out, size_t size)
{
	struct buffer path = BUFFER_INIT(512);
	const char *pattern = rows[route].path, *brace = strchr(pattern, '{');

	if (brace) {
		buffer_add(&path, pattern, (size_t)(brace - pattern));
		buffer_add_text(&path, part);
		buffer_add_text(&path, strchr(brace, '}') + 1);
	} else {
		buffer_add_text(&path, pattern);
	}
	utf8_copy(out, size, buffer_text(&path));
	buffer_release(&path);
}
