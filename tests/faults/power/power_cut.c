/* The enumeration: a durable disk walks along the log, the pieces since the
 * last sync wait beside it, and each step tries what of them might survive. */
#include "power_cut.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The least that survives or is lost as a whole. */
struct piece {
	const struct power_event *event;
	uint64_t serial;
	uint64_t offset;
	size_t len;           /* of a WRITE: bytes of this sector */
};

struct walk {
	const struct power_options *options;
	struct power_report *report;
	struct power_disk durable;
	struct piece *pieces;
	size_t n;
	size_t cap;
	uint64_t serial;      /* pieces ever made */
	uint64_t epoch;       /* changes with the durable disk */
	uint64_t *seen;       /* states already checked, open addressing */
	size_t seen_n;
	size_t seen_cap;
	bool nested;
};

/* ---- subsets -------------------------------------------------------------------- */

static const char *const subset_names[] = { "none", "all", "prefix", "lose", "keep", "random" };

void power_subset_format(struct power_subset subset, char *out, size_t size)
{
	if (subset.kind == POWER_KEEP_NONE || subset.kind == POWER_KEEP_ALL)
		snprintf(out, size, "%s", subset_names[subset.kind]);
	else
		snprintf(out, size, "%s:%llu", subset_names[subset.kind],
			 (unsigned long long)subset.which);
}

bool power_subset_parse(const char *text, struct power_subset *ret)
{
	size_t n = strcspn(text, ":");

	for (size_t i = 0; i < sizeof subset_names / sizeof subset_names[0]; i++) {
		if (strlen(subset_names[i]) != n || strncmp(subset_names[i], text, n) != 0)
			continue;
		ret->kind = (enum power_subset_kind)i;
		ret->which = text[n] ? strtoull(text + n + 1, NULL, 10) : 0;
		return true;
	}
	return false;
}

/* Random subsets lose a half, a quarter or an eighth of the pieces. */
static bool keeps_random(uint64_t seed, uint64_t piece)
{
	uint64_t state = seed * UINT64_C(0x2545f4914f6cdd1d) + piece;
	uint64_t draw = power_random(&state);

	return (draw & ((2u << (seed % 3)) - 1)) != 0;
}

static bool keeps(struct power_subset subset, uint64_t piece)
{
	switch (subset.kind) {
	case POWER_KEEP_NONE:
		return false;
	case POWER_KEEP_ALL:
		return true;
	case POWER_KEEP_PREFIX:
		return piece < subset.which;
	case POWER_LOSE_ONE:
		return piece != subset.which;
	case POWER_KEEP_ONE:
		return piece == subset.which;
	case POWER_KEEP_RANDOM:
		return keeps_random(subset.which, piece);
	}
	return false;
}

/* ---- pieces ----------------------------------------------------------------------- */

static void add_piece(struct walk *w, const struct power_event *event, uint64_t offset, size_t len)
{
	if (w->n == w->cap) {
		w->cap = w->cap * 2 + 64;
		w->pieces = power_memory(w->pieces, w->cap * sizeof *w->pieces);
	}
	w->pieces[w->n++] = (struct piece){ event, w->serial++, offset, len };
}

/* A write falls apart at the sectors' borders. */
static void add_write(struct walk *w, const struct power_event *event)
{
	uint64_t at = event->offset, end = event->offset + event->len;

	while (at < end) {
		uint64_t border = (at / w->options->sector + 1) * w->options->sector;
		uint64_t to = border < end ? border : end;

		add_piece(w, event, at, (size_t)(to - at));
		at = to;
	}
}

static void apply_piece(struct power_disk *disk, const struct piece *piece)
{
	const struct power_event *event = piece->event;

	switch (event->kind) {
	case POWER_WRITE:
		power_file_put(&disk->files[event->file], piece->offset,
			       event->bytes + (piece->offset - event->offset), piece->len);
		break;
	case POWER_RESIZE:
		power_file_resize(&disk->files[event->file], event->offset);
		break;
	case POWER_CREATE:
		power_name_set(disk, event->path, event->file);
		break;
	case POWER_DELETE:
		power_name_drop(disk, event->path);
		break;
	case POWER_RENAME:
		power_name_drop(disk, event->from);
		power_name_set(disk, event->path, event->file);
		break;
	case POWER_SYNC:
	case POWER_SYNC_FAILED:
	case POWER_SYNC_DIRECTORY:
	case POWER_ACKNOWLEDGE:
		break;
	}
}

static bool is_about_names(const struct power_event *event)
{
	return event->kind == POWER_CREATE || event->kind == POWER_DELETE ||
	       event->kind == POWER_RENAME;
}

/* A sync takes its pieces, in their order, from those that wait to the disk; one
 * that failed drops them: the system holds them for written. */
static void settle(struct walk *w, const struct power_event *sync)
{
	size_t left = 0;

	for (size_t i = 0; i < w->n; i++) {
		const struct power_event *event = w->pieces[i].event;
		bool settled = sync->kind == POWER_SYNC_DIRECTORY
			? is_about_names(event)
			: !is_about_names(event) && event->file == sync->file;

		if (!settled)
			w->pieces[left++] = w->pieces[i];
		else if (sync->kind != POWER_SYNC_FAILED)
			apply_piece(&w->durable, &w->pieces[i]);
	}
	w->n = left;
	w->epoch++;
}

/* Files are made empty on the durable disk at once: nothing shows of them
 * until a name or a byte of theirs survives. */
static void step(struct walk *w, const struct power_event *event)
{
	switch (event->kind) {
	case POWER_WRITE:
		add_write(w, event);
		break;
	case POWER_CREATE:
		while (w->durable.files_n <= event->file)
			power_disk_create(&w->durable, NULL, false);
		add_piece(w, event, 0, 0);
		break;
	case POWER_RESIZE:
	case POWER_DELETE:
	case POWER_RENAME:
		add_piece(w, event, 0, 0);
		break;
	case POWER_SYNC:
	case POWER_SYNC_FAILED:
	case POWER_SYNC_DIRECTORY:
		settle(w, event);
		break;
	case POWER_ACKNOWLEDGE:
		w->durable.acknowledged = event->offset;
		break;
	}
}

/* ---- states ------------------------------------------------------------------------ */

static uint64_t state_hash(const struct walk *w, struct power_subset subset)
{
	uint64_t hash = w->epoch * 3 + w->durable.acknowledged * 7 + 1;

	for (size_t i = 0; i < w->n; i++)
		if (keeps(subset, i)) {
			hash ^= w->pieces[i].serial + 1;
			hash = power_random(&hash);
		}
	return hash ? hash : 1;
}

static bool insert_hash(uint64_t *seen, size_t cap, uint64_t hash)
{
	size_t at = hash & (cap - 1);

	while (seen[at]) {
		if (seen[at] == hash)
			return false;
		at = (at + 1) & (cap - 1);
	}
	seen[at] = hash;
	return true;
}

static bool first_time(struct walk *w, uint64_t hash)
{
	if (w->seen_n * 2 >= w->seen_cap) {
		size_t cap = w->seen_cap ? w->seen_cap * 2 : 1024;
		uint64_t *grown = power_memory(NULL, cap * sizeof *grown);

		memset(grown, 0, cap * sizeof *grown);
		for (size_t i = 0; i < w->seen_cap; i++)
			if (w->seen[i])
				insert_hash(grown, cap, w->seen[i]);
		free(w->seen);
		w->seen = grown;
		w->seen_cap = cap;
	}
	if (!insert_hash(w->seen, w->seen_cap, hash))
		return false;
	w->seen_n++;
	return true;
}

static void survive(const struct walk *w, struct power_subset subset, struct power_disk *ret)
{
	power_disk_copy(ret, &w->durable);
	for (size_t i = 0; i < w->n; i++)
		if (keeps(subset, i))
			apply_piece(ret, &w->pieces[i]);
}

static void enumerate(const struct power_disk *base, const struct power_log *log,
		      const struct power_options *options, struct power_report *report,
		      bool nested);

/* The power fails once more while the survivor is repaired. */
static void cut_repair(struct walk *w, const struct power_disk *survivor)
{
	struct power_disk base, repaired;
	struct power_log log = { 0 };
	char reason[256];

	power_disk_copy(&base, survivor);
	power_disk_copy(&repaired, survivor);
	repaired.log = &log;
	if (w->options->check(w->options->context, &repaired, base.acknowledged, reason,
			      sizeof reason))
		enumerate(&base, &log, w->options, w->report, true);
	power_disk_release(&repaired);
	power_disk_release(&base);
	power_log_release(&log);
}

static void try_state(struct walk *w, size_t cut, struct power_subset subset)
{
	struct power_report *report = w->report;
	uint64_t every = w->options->nested_every;
	struct power_disk survivor;
	char reason[200] = "";

	if (w->options->states_max && report->states >= w->options->states_max)
		return;
	if (!first_time(w, state_hash(w, subset)))
		return;
	survive(w, subset, &survivor);
	report->states++;
	if (w->nested)
		report->nested++;
	if (!w->nested && every && report->states % every == 0)
		cut_repair(w, &survivor);
	if (!w->options->check(w->options->context, &survivor, w->durable.acknowledged, reason,
			       sizeof reason) &&
	    report->violations++ == 0) {
		report->cut = cut;
		report->subset = subset;
		snprintf(report->reason, sizeof report->reason, "%s%s",
			 w->nested ? "(in the repair after a cut) " : "", reason);
	}
	power_disk_release(&survivor);
}

static void try_all(struct walk *w, size_t cut)
{
	size_t from = w->n > w->options->window ? w->n - w->options->window : 0;

	try_state(w, cut, (struct power_subset){ POWER_KEEP_NONE, 0 });
	try_state(w, cut, (struct power_subset){ POWER_KEEP_ALL, 0 });
	for (size_t i = from; i < w->n; i++) {
		try_state(w, cut, (struct power_subset){ POWER_KEEP_PREFIX, i });
		try_state(w, cut, (struct power_subset){ POWER_LOSE_ONE, i });
		try_state(w, cut, (struct power_subset){ POWER_KEEP_ONE, i });
	}
	for (unsigned i = 0; w->n > 2 && i < w->options->random; i++)
		try_state(w, cut, (struct power_subset){ POWER_KEEP_RANDOM,
							cut * w->options->random + i });
}

static void walk_init(struct walk *w, const struct power_disk *base,
		      const struct power_options *options, struct power_report *report)
{
	memset(w, 0, sizeof *w);
	w->options = options;
	w->report = report;
	power_disk_copy(&w->durable, base);
}

static void walk_release(struct walk *w)
{
	power_disk_release(&w->durable);
	free(w->pieces);
	free(w->seen);
}

static void enumerate(const struct power_disk *base, const struct power_log *log,
		      const struct power_options *options, struct power_report *report,
		      bool nested)
{
	struct walk w;

	walk_init(&w, base, options, report);
	w.nested = nested;
	for (size_t i = 0; i < log->n; i++) {
		step(&w, &log->events[i]);
		try_all(&w, i + 1);
	}
	walk_release(&w);
}

void power_enumerate(const struct power_disk *base, const struct power_log *log,
		     const struct power_options *options, struct power_report *report)
{
	enumerate(base, log, options, report, false);
}

bool power_replay(const struct power_disk *base, const struct power_log *log,
		  const struct power_options *options, size_t cut, struct power_subset subset,
		  char *ret_reason, size_t reason_size)
{
	struct power_report unused = { 0 };
	struct power_disk survivor;
	struct walk w;
	bool good;

	walk_init(&w, base, options, &unused);
	for (size_t i = 0; i < cut && i < log->n; i++)
		step(&w, &log->events[i]);
	survive(&w, subset, &survivor);
	good = options->check(options->context, &survivor, w.durable.acknowledged, ret_reason,
			      reason_size);
	power_disk_release(&survivor);
	walk_release(&w);
	return good;
}
