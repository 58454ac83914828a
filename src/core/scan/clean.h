/* From the bytes of a device to the characters of a code. Inside the room only. */
#ifndef SCAN_CLEAN_H
#define SCAN_CLEAN_H

#include <stdint.h>

#include "scan/scan.h"

/* The code once more for GS1's sake, with FNC1 where the scanner sent it or a
 * wedge typed its stand-in; other control characters are left out. */
struct scan_elements {
	char bytes[SCAN_BYTES_MAX];
	size_t n;
	size_t fnc1;  /* how many 0x1D were left out of the code for it, unreported */
};

/* Takes framing, prefix and suffix, the AIM identifier and control characters
 * off bytes[0..n) (n ≤ SCAN_BYTES_MAX). Fills code, length, aim, stripped and
 * stripped_shown of *scan, whose `way` is set and whose rest is zero. */
void scan_clean(const char *bytes, size_t n, const struct scan_rules *rules, struct scan *scan,
		struct scan_elements *ret_elements);

/* Counts one character as left out and adds it to stripped_shown. */
void scan_report(struct scan *scan, uint32_t what);

#endif
