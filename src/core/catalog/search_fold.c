/* Folding of what people type: the till has no library of the world's
 * scripts, so the everyday part of it stands here. */
#include "catalog/search_key.h"

#include <stdbool.h>
#include <string.h>

/* One ASCII letter for each code point of a block; a space is a separator,
 * a digit stands for two letters. */
static const char *const pairs[] = { "", "ae", "oe", "ss", "th", "ij" };

static const char latin_1[] = /* U+00C0 */
	"aaaaaa1ceeeeiiiidnooooo ouuuuy43"
	"aaaaaa1ceeeeiiiidnooooo ouuuuy4y";

static const char latin_extended_a[] = /* U+0100 */
	"aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiii55jjkkkllllllllll"
	"nnnnnnnnnoooooo22rrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs";

/* Vietnamese: the last code point of each letter's run from U+1EA0. */
static const struct { uint32_t last; char letter; } vietnamese[] = {
	{ 0x1EB7, 'a' }, { 0x1EC7, 'e' }, { 0x1ECB, 'i' },
	{ 0x1EE3, 'o' }, { 0x1EF1, 'u' }, { 0x1EF9, 'y' },
};

static size_t from_letter(char letter, uint32_t ret[2])
{
	if (letter == ' ')
		return 0;
	if (letter >= '1' && letter <= '5') {
		ret[0] = (unsigned char)pairs[letter - '0'][0];
		ret[1] = (unsigned char)pairs[letter - '0'][1];
		return 2;
	}
	ret[0] = (unsigned char)letter;
	return 1;
}

static size_t fold_ascii(uint32_t cp, uint32_t ret[2])
{
	if (cp >= 'A' && cp <= 'Z')
		cp += 'a' - 'A';
	if (!search_letters_of(cp))
		return 0;
	ret[0] = cp;
	return 1;
}

static bool is_separator(uint32_t cp)
{
	return (cp >= 0x80 && cp < 0xC0) || (cp >= 0x2000 && cp <= 0x206F) ||
	       (cp >= 0x3000 && cp <= 0x303F && cp != 0x3005 && cp != 0x3006 && cp != 0x3007) ||
	       cp == 0x30FB || (cp >= 0xFE10 && cp <= 0xFE6F) || (cp >= 0xFF5F && cp <= 0xFF65) ||
	       cp >= 0xFFE0;
}

static uint32_t lower_greek_cyrillic(uint32_t cp)
{
	if ((cp >= 0x0391 && cp <= 0x03A9) || (cp >= 0x0410 && cp <= 0x042F))
		return cp + 0x20;
	if (cp >= 0x0400 && cp <= 0x040F)
		return cp + 0x50;
	return cp;
}

size_t search_fold(uint32_t cp, uint32_t ret[2])
{
	if (cp >= 0xFF01 && cp <= 0xFF5E)
		cp -= 0xFF01 - '!';
	if (cp < 0x80)
		return fold_ascii(cp, ret);
	if (cp >= 0xC0 && cp < 0x100)
		return from_letter(latin_1[cp - 0xC0], ret);
	if (cp >= 0x100 && cp < 0x180)
		return from_letter(latin_extended_a[cp - 0x100], ret);
	if (cp == 0x1A0 || cp == 0x1A1)
		return from_letter('o', ret);
	if (cp == 0x1AF || cp == 0x1B0)
		return from_letter('u', ret);
	if (cp >= 0x1EA0 && cp <= 0x1EF9) {
		size_t i = 0;

		while (vietnamese[i].last < cp)
			i++;
		return from_letter(vietnamese[i].letter, ret);
	}
	if (cp < 0x10000 && is_separator(cp))
		return 0;
	ret[0] = lower_greek_cyrillic(cp);
	return 1;
}
