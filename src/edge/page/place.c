/* Reads a template's markup as far as values need: strictly, and lost in doubt
 * (an unknown place takes no value). */
#include "page/place.h"

#include <string.h>

void place_init(struct place *p)
{
	memset(p, 0, sizeof *p);
	p->in = IN_TEXT;
}

static bool is_space(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
}

static char lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static void append(char *name, size_t *n, char c)
{
	if (*n < PLACE_NAME_MAX)
		name[(*n)++] = lower(c);
	name[*n] = '\0';
}

static void begin_tag(struct place *p)
{
	p->in = IN_TAG;
	p->n_tag = p->n_name = 0;
	p->tag[0] = p->name[0] = '\0';
	p->tag_ended = p->name_ended = false;
}

static bool is_raw(const char *tag)
{
	return strcmp(tag, "script") == 0 || strcmp(tag, "style") == 0;
}

/* Within a tag, outside quotes. */
static void step_tag(struct place *p, char c)
{
	if (c == '>') {
		p->in = is_raw(p->tag) ? IN_RAW : IN_TEXT;
	} else if (!p->tag_ended && !is_space(c)) {
		append(p->tag, &p->n_tag, c);
		if (strcmp(p->tag, "!--") == 0)
			p->in = IN_COMMENT;
	} else if (is_space(c)) {
		p->tag_ended = true;
		p->name_ended = true;
	} else if (c == '=') {
		p->name_ended = true;
	} else if ((c == '"' || c == '\'') && p->last[1] == '=') {
		p->in = IN_VALUE;
		p->quote = c;
		p->n_value = 0;
	} else {
		if (p->name_ended)
			p->n_name = 0;
		p->name_ended = false;
		append(p->name, &p->n_name, c);
	}
}

void place_step(struct place *p, char c)
{
	switch (p->in) {
	case IN_TEXT:
		if (c == '<')
			begin_tag(p);
		break;
	case IN_TAG:
		step_tag(p, c);
		break;
	case IN_VALUE:
		p->n_value++;
		if (c == p->quote)
			p->in = IN_TAG;
		break;
	case IN_COMMENT:
		if (c == '>' && p->last[0] == '-' && p->last[1] == '-')
			p->in = IN_TEXT;
		break;
	case IN_RAW:
		/* Left by its end tag alone; its name is not looked at again. */
		if (c == '/' && p->last[1] == '<') {
			begin_tag(p);
			append(p->tag, &p->n_tag, c);
		}
		break;
	}
	p->last[0] = p->last[1];
	p->last[1] = c;
}

void place_value(struct place *p)
{
	p->n_value++;
	p->last[0] = p->last[1] = '\0';
}

static bool leads_somewhere(const char *name)
{
	return strcmp(name, "href") == 0 || strcmp(name, "src") == 0 || strcmp(name, "action") == 0 ||
	       strcmp(name, "formaction") == 0;
}

/* Attributes whose value a browser reads as more than text. */
static bool runs(const char *name)
{
	return strncmp(name, "on", 2) == 0 || strcmp(name, "style") == 0 || strcmp(name, "srcset") == 0 ||
	       strcmp(name, "srcdoc") == 0 || strcmp(name, "http-equiv") == 0;
}

enum place_kind place_kind(const struct place *p)
{
	if (p->in == IN_TEXT)
		return PLACE_TEXT;
	if (p->in != IN_VALUE || p->quote != '"' || runs(p->name))
		return PLACE_NONE;
	if (!leads_somewhere(p->name))
		return PLACE_ATTRIBUTE;
	return p->n_value == 0 ? PLACE_ADDRESS_BEGIN : PLACE_ADDRESS_PART;
}
