/* Stand-ins for a terminal that shows ASCII alone: the frame stays a frame,
 * what has no likeness is a question mark. */
#include <stddef.h>

#include "term/paint.h"

static const struct {
	uint16_t first, last;
	char ascii;
} likeness[] = {
	{ 0x00A0, 0x00A0, ' ' }, { 0x00A5, 0x00A5, 'Y' }, { 0x00AB, 0x00AB, '<' },
	{ 0x00B7, 0x00B7, '.' }, { 0x00BB, 0x00BB, '>' }, { 0x00D7, 0x00D7, 'x' },
	{ 0x2010, 0x2015, '-' }, { 0x2018, 0x2019, '\'' }, { 0x201C, 0x201D, '"' },
	{ 0x2022, 0x2022, '*' }, { 0x2026, 0x2026, '.' }, { 0x2190, 0x2190, '<' },
	{ 0x2191, 0x2191, '^' }, { 0x2192, 0x2192, '>' }, { 0x2193, 0x2193, 'v' },
	{ 0x2212, 0x2212, '-' }, { 0x2500, 0x2501, '-' }, { 0x2502, 0x2503, '|' },
	{ 0x250C, 0x254B, '+' }, { 0x2550, 0x2550, '=' }, { 0x2551, 0x2551, '|' },
	{ 0x2552, 0x256C, '+' }, { 0x2588, 0x2588, '#' }, { 0x25B2, 0x25B3, '^' },
	{ 0x25B6, 0x25B8, '>' }, { 0x25BC, 0x25BD, 'v' }, { 0x25C0, 0x25C2, '<' },
	{ 0x25CF, 0x25CF, '*' }, { 0x2713, 0x2714, 'v' }, { 0x2717, 0x2718, 'x' },
	{ 0xFFE5, 0xFFE5, 'Y' },
};

char painter_ascii(uint32_t cp)
{
	if (cp < 0x80)
		return (char)cp;
	for (size_t i = 0; i < sizeof likeness / sizeof likeness[0]; i++)
		if (cp >= likeness[i].first && cp <= likeness[i].last)
			return likeness[i].ascii;
	/* Fullwidth forms of ASCII. */
	return cp >= 0xFF01 && cp <= 0xFF5E ? (char)(cp - 0xFF01 + '!') : '?';
}
