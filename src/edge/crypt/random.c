/* Random bytes straight from the kernel: nothing to seed, nothing to fork. */
#include "crypt/crypt.h"

#include <errno.h>
#include <string.h>
#include <sys/random.h>

enum fault_code random_bytes(void *ret_bytes, size_t n)
{
	uint8_t *out = ret_bytes;

	while (n) {
		ssize_t got = getrandom(out, n, 0);

		if (got < 0 && errno == EINTR)
			continue;
		if (got <= 0)
			return FAULT_OUT_OF_MEMORY;
		out += got;
		n -= (size_t)got;
	}
	return FAULT_NONE;
}

void secret_wipe(void *bytes, size_t n)
{
	if (bytes)
		explicit_bzero(bytes, n);
}
