/* Initials of hanzi, every everyday reading of polyphones. */
#include "text/reading.h"

#include "text/hanzi_initials.inc"

uint32_t text_hanzi_initials(uint32_t cp)
{
	if (cp < HANZI_FIRST || cp > HANZI_LAST)
		return 0;
	return hanzi_sets[hanzi_kind[cp - HANZI_FIRST]];
}
