/* Where in a template we stand, as a browser would see it. Inside this room
 * only. */
#ifndef PAGE_PLACE_H
#define PAGE_PLACE_H

#include <stdbool.h>
#include <stddef.h>

/* How a value at this place is written. */
enum place_kind {
	PLACE_TEXT,           /* between tags */
	PLACE_ATTRIBUTE,      /* in double quotes of an attribute */
	PLACE_ADDRESS_BEGIN,  /* the same of one that leads somewhere, at its beginning */
	PLACE_ADDRESS_PART,   /* behind its beginning */
	PLACE_NONE,           /* no value may stand here */
};

enum { PLACE_NAME_MAX = 15 };

struct place {
	enum { IN_TEXT, IN_TAG, IN_VALUE, IN_COMMENT, IN_RAW } in;
	char quote;                      /* IN_VALUE */
	size_t n_value;                  /* characters and values in it so far */
	char name[PLACE_NAME_MAX + 1];   /* of the attribute, as far as it fits */
	size_t n_name;
	bool name_ended;
	char tag[PLACE_NAME_MAX + 1];    /* of the element, "!--" for a comment */
	size_t n_tag;
	bool tag_ended;
	char last[2];                    /* the two characters before */
};

void place_init(struct place *p);

/* Goes on by one character of the template, or over a value. */
void place_step(struct place *p, char c);
void place_value(struct place *p);

enum place_kind place_kind(const struct place *p);

#endif
