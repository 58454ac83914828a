/* Printing and judging the rows. */
#include "ledger.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

void ledger_add(struct ledger *ledger, const struct ledger_row *row)
{
	if (ledger->n < LEDGER_MAX)
		ledger->rows[ledger->n++] = *row;
}

static double ratio(const struct ledger_row *row)
{
	return row->floor > 0 ? row->figure / row->floor : 0;
}

bool ledger_row_ok(const struct ledger_row *row)
{
	if (row->reason)
		return false;
	switch (row->bound) {
	case AT_MOST_RATIO:
		return row->figure <= row->limit * row->floor;
	case AT_LEAST_RATIO:
		return row->figure >= row->limit * row->floor;
	case AT_MOST:
		return row->figure <= row->limit;
	case AT_MOST_PLUS_RATIO:
		return row->figure <= row->plus + row->limit * row->floor;
	}
	return false;
}

size_t ledger_over(const struct ledger *ledger)
{
	size_t over = 0;

	for (size_t i = 0; i < ledger->n; i++)
		over += !ledger_row_ok(&ledger->rows[i]);
	return over;
}

static void budget_text(const struct ledger_row *row, char *out, size_t size)
{
	switch (row->bound) {
	case AT_MOST_RATIO:
		snprintf(out, size, "<= %g x floor", row->limit);
		break;
	case AT_LEAST_RATIO:
		snprintf(out, size, ">= %g x floor", row->limit);
		break;
	case AT_MOST:
		snprintf(out, size, "<= %g %s", row->limit, row->unit);
		break;
	case AT_MOST_PLUS_RATIO:
		snprintf(out, size, "<= %.1f + %g x floor", row->plus, row->limit);
		break;
	}
}

static void print_row(const struct ledger_row *row)
{
	char budget[64], against[64] = "";

	budget_text(row, budget, sizeof budget);
	if (row->reason) {
		printf("%-44s %s\n", row->what, row->reason);
		return;
	}
	if (row->floor > 0)
		snprintf(against, sizeof against, "%10.3f %7.2f", row->floor, ratio(row));
	printf("%-44s %11.3f %-7s %-18s %-22s %s\n", row->what, row->figure, row->unit, against,
	       budget, ledger_row_ok(row) ? "ok" : "OVER");
}

void ledger_print(const struct ledger *ledger)
{
	printf("\n%-44s %11s %-7s %10s %7s %-22s\n", "what", "figure", "unit", "floor", "ratio",
	       "budget");
	for (size_t i = 0; i < ledger->n; i++)
		print_row(&ledger->rows[i]);
	printf("\n%zu rows, %zu over budget\n", ledger->n, ledger_over(ledger));
}

static void write_row(FILE *out, const struct ledger_row *row, bool last)
{
	char budget[64];

	budget_text(row, budget, sizeof budget);
	fprintf(out, " {\"what\":\"%s\",\"unit\":\"%s\",\"budget\":\"%s\",\"ok\":%s", row->what,
		row->unit, budget, ledger_row_ok(row) ? "true" : "false");
	if (row->reason)
		fprintf(out, ",\"reason\":\"%s\"", row->reason);
	else
		fprintf(out, ",\"figure\":%.6g", row->figure);
	if (!row->reason && row->floor > 0)
		fprintf(out, ",\"floor\":%.6g,\"ratio\":%.4g", row->floor, ratio(row));
	fprintf(out, "}%s\n", last ? "" : ",");
}

bool ledger_write_json(const struct ledger *ledger, const char *path)
{
	FILE *out = fopen(path, "w");
	bool good;

	if (!out) {
		fprintf(stderr, "%s cannot be written: %s\n", path, strerror(errno));
		return false;
	}
	fprintf(out, "{\"rows\":[\n");
	for (size_t i = 0; i < ledger->n; i++)
		write_row(out, &ledger->rows[i], i + 1 == ledger->n);
	fprintf(out, "]}\n");
	good = !ferror(out);
	if (fclose(out) != 0 || !good) {
		fprintf(stderr, "%s was not written whole\n", path);
		return false;
	}
	return true;
}
