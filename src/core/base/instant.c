/* Civil time without the C library's clock: days by the 400-year cycle. */
#include "base/instant.h"

#include <stdio.h>
#include <string.h>

/* Days since 1970-01-01 to a proleptic Gregorian date and back, counting in
 * eras of 400 years that begin on 1 March. */
static int64_t days_from_date(int64_t y, int m, int d)
{
	int64_t era, yoe, doy;

	if (m <= 2)
		y--;
	era = (y >= 0 ? y : y - 399) / 400;
	yoe = y - era * 400;
	doy = (153 * (m + (m > 2 ? -3 : 9)) + 2) / 5 + d - 1;
	return era * 146097 + yoe * 365 + yoe / 4 - yoe / 100 + doy - 719468;
}

static void date_from_days(int64_t days, struct instant_civil *c)
{
	int64_t z = days + 719468;
	int64_t era = (z >= 0 ? z : z - 146096) / 146097;
	int64_t doe = z - era * 146097;
	int64_t yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
	int64_t doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
	int64_t mp = (5 * doy + 2) / 153;

	c->day = (int)(doy - (153 * mp + 2) / 5 + 1);
	c->month = (int)(mp < 10 ? mp + 3 : mp - 9);
	c->year = (int)(yoe + era * 400 + (c->month <= 2 ? 1 : 0));
}

void instant_civil(struct instant t, struct instant_civil *ret_civil)
{
	const int64_t day_ms = 86400000;
	int64_t local = t.utc_ms + (int64_t)t.offset_min * 60000;
	int64_t days = local / day_ms;
	int64_t rest = local % day_ms;

	if (rest < 0) {
		rest += day_ms;
		days--;
	}
	date_from_days(days, ret_civil);
	ret_civil->ms = (int)(rest % 1000);
	ret_civil->second = (int)(rest / 1000 % 60);
	ret_civil->minute = (int)(rest / 60000 % 60);
	ret_civil->hour = (int)(rest / 3600000);
}

void instant_format(struct instant t, instant_text out)
{
	struct instant_civil c;

	instant_civil(t, &c);
	snprintf(out, sizeof(instant_text), "%04d-%02u-%02u %02u:%02u:%02u", c.year,
		 (unsigned)c.month % 100, (unsigned)c.day % 100, (unsigned)c.hour % 100,
		 (unsigned)c.minute % 100, (unsigned)c.second % 100);
}

void instant_format_rfc3339(struct instant t, instant_text out)
{
	struct instant_civil c;
	unsigned off = (unsigned)(t.offset_min < 0 ? -t.offset_min : t.offset_min);

	instant_civil(t, &c);
	snprintf(out, sizeof(instant_text), "%04d-%02u-%02uT%02u:%02u:%02u.%03u%c%02u:%02u",
		 c.year, (unsigned)c.month % 100, (unsigned)c.day % 100, (unsigned)c.hour % 100,
		 (unsigned)c.minute % 100, (unsigned)c.second % 100, (unsigned)c.ms % 1000,
		 t.offset_min < 0 ? '-' : '+', off / 60 % 100, off % 60);
}

static bool read_digits(const char **p, int n, int *ret)
{
	int value = 0;

	for (int i = 0; i < n; i++, (*p)++) {
		if (**p < '0' || **p > '9')
			return false;
		value = value * 10 + (**p - '0');
	}
	*ret = value;
	return true;
}

static bool read_char(const char **p, char c)
{
	if (**p != c)
		return false;
	(*p)++;
	return true;
}

static bool read_offset(const char **p, int *ret_min)
{
	int sign, h, m;

	if (read_char(p, 'Z')) {
		*ret_min = 0;
		return true;
	}
	sign = **p == '-' ? -1 : 1;
	if (!read_char(p, '+') && !read_char(p, '-'))
		return false;
	if (!read_digits(p, 2, &h) || !read_char(p, ':') || !read_digits(p, 2, &m))
		return false;
	if (h > 18 || m > 59)
		return false;
	*ret_min = sign * (h * 60 + m);
	return true;
}

bool instant_parse_rfc3339(const char *text, struct instant *ret_t)
{
	const char *p = text;
	struct instant_civil c = { 0 }, back;
	struct instant t;
	int offset;

	if (!read_digits(&p, 4, &c.year) || !read_char(&p, '-') ||
	    !read_digits(&p, 2, &c.month) || !read_char(&p, '-') ||
	    !read_digits(&p, 2, &c.day) || !read_char(&p, 'T') ||
	    !read_digits(&p, 2, &c.hour) || !read_char(&p, ':') ||
	    !read_digits(&p, 2, &c.minute) || !read_char(&p, ':') ||
	    !read_digits(&p, 2, &c.second))
		return false;
	if (read_char(&p, '.') && !read_digits(&p, 3, &c.ms))
		return false;
	if (!read_offset(&p, &offset) || *p)
		return false;
	if (c.month < 1 || c.month > 12 || c.hour > 23 || c.minute > 59 || c.second > 59)
		return false;
	t.offset_min = offset;
	t.utc_ms = ((days_from_date(c.year, c.month, c.day) * 24 + c.hour) * 60 + c.minute -
		    offset) * 60000 + (int64_t)c.second * 1000 + c.ms;
	instant_civil(t, &back);
	if (back.day != c.day)  /* a day the month does not have */
		return false;
	*ret_t = t;
	return true;
}
