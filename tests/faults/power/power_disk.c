/* The disk in memory: names, files, and the log of what was done to them. */
#include "power_disk.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void *power_memory(void *old, size_t n)
{
	void *p = realloc(old, n ? n : 1);

	if (!p) {
		fprintf(stderr, "power-cut: out of memory\n");
		exit(1);
	}
	return p;
}

static char *copy_text(const char *text)
{
	size_t n = strlen(text) + 1;

	return memcpy(power_memory(NULL, n), text, n);
}

uint64_t power_random(uint64_t *state)
{
	uint64_t z = *state += UINT64_C(0x9e3779b97f4a7c15);

	z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
	z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
	return z ^ (z >> 31);
}

void power_disk_init(struct power_disk *disk)
{
	memset(disk, 0, sizeof *disk);
}

static void release_file(struct power_file *file)
{
	for (size_t i = 0; i < file->shm_n; i++)
		free(file->shm[i]);
	free(file->shm);
	free(file->bytes);
}

void power_disk_release(struct power_disk *disk)
{
	if (!disk)
		return;
	for (size_t i = 0; i < disk->files_n; i++)
		release_file(&disk->files[i]);
	for (size_t i = 0; i < disk->names_n; i++)
		free(disk->names[i].path);
	free(disk->files);
	free(disk->names);
	power_disk_init(disk);
}

void power_log_release(struct power_log *log)
{
	if (!log)
		return;
	for (size_t i = 0; i < log->n; i++) {
		free(log->events[i].bytes);
		free(log->events[i].path);
		free(log->events[i].from);
	}
	free(log->events);
	memset(log, 0, sizeof *log);
}

/* ---- steps that nobody records ------------------------------------------- */

static void reserve_bytes(struct power_file *file, size_t size)
{
	if (size <= file->cap)
		return;
	file->cap = size < 4096 ? 8192 : size * 2;
	file->bytes = power_memory(file->bytes, file->cap);
}

void power_file_resize(struct power_file *file, uint64_t size)
{
	reserve_bytes(file, size);
	if (size > file->size)
		memset(file->bytes + file->size, 0, size - file->size);
	file->size = size;
}

void power_file_put(struct power_file *file, uint64_t offset, const void *bytes, size_t len)
{
	if (offset + len > file->size)
		power_file_resize(file, offset + len);
	memcpy(file->bytes + offset, bytes, len);
}

static struct power_name *find_name(const struct power_disk *disk, const char *path)
{
	for (size_t i = 0; i < disk->names_n; i++)
		if (strcmp(disk->names[i].path, path) == 0)
			return &disk->names[i];
	return NULL;
}

size_t power_disk_find(const struct power_disk *disk, const char *path)
{
	const struct power_name *name = find_name(disk, path);

	return name ? name->file : POWER_NO_FILE;
}

void power_name_set(struct power_disk *disk, const char *path, size_t file)
{
	struct power_name *name = find_name(disk, path);

	if (name) {
		name->file = file;
		return;
	}
	if (disk->names_n == disk->names_cap) {
		disk->names_cap = disk->names_cap * 2 + 4;
		disk->names = power_memory(disk->names, disk->names_cap * sizeof *disk->names);
	}
	disk->names[disk->names_n].path = copy_text(path);
	disk->names[disk->names_n++].file = file;
}

void power_name_drop(struct power_disk *disk, const char *path)
{
	struct power_name *name = find_name(disk, path);

	if (!name)
		return;
	free(name->path);
	*name = disk->names[--disk->names_n];
}

static size_t add_file(struct power_disk *disk)
{
	if (disk->files_n == disk->files_cap) {
		disk->files_cap = disk->files_cap * 2 + 4;
		disk->files = power_memory(disk->files, disk->files_cap * sizeof *disk->files);
	}
	memset(&disk->files[disk->files_n], 0, sizeof *disk->files);
	return disk->files_n++;
}

void power_disk_copy(struct power_disk *to, const struct power_disk *from)
{
	power_disk_init(to);
	for (size_t i = 0; i < from->files_n; i++) {
		size_t file = add_file(to);

		if (from->files[i].size)
			power_file_put(&to->files[file], 0, from->files[i].bytes,
				       from->files[i].size);
	}
	for (size_t i = 0; i < from->names_n; i++)
		power_name_set(to, from->names[i].path, from->names[i].file);
	to->acknowledged = from->acknowledged;
	to->random = from->random;
}

/* ---- steps of a program, recorded ------------------------------------------ */

static struct power_event *record(struct power_disk *disk, enum power_event_kind kind, size_t file,
				  uint64_t offset)
{
	struct power_log *log = disk->log;
	struct power_event *event;

	if (!log || (file != POWER_NO_FILE && disk->files[file].unrecorded))
		return NULL;
	if (log->n == log->cap) {
		log->cap = log->cap * 2 + 64;
		log->events = power_memory(log->events, log->cap * sizeof *log->events);
	}
	event = &log->events[log->n++];
	memset(event, 0, sizeof *event);
	event->kind = kind;
	event->file = file;
	event->offset = offset;
	return event;
}

size_t power_disk_create(struct power_disk *disk, const char *path, bool unrecorded)
{
	size_t file = add_file(disk);
	struct power_event *event;

	disk->files[file].unrecorded = unrecorded;
	if (!path)
		return file;
	power_name_set(disk, path, file);
	event = record(disk, POWER_CREATE, file, 0);
	if (event)
		event->path = copy_text(path);
	return file;
}

void power_disk_delete(struct power_disk *disk, const char *path)
{
	size_t file = power_disk_find(disk, path);
	struct power_event *event;

	if (file == POWER_NO_FILE)
		return;
	event = record(disk, POWER_DELETE, file, 0);
	if (event)
		event->path = copy_text(path);
	power_name_drop(disk, path);
}

void power_disk_rename(struct power_disk *disk, const char *from, const char *to)
{
	size_t file = power_disk_find(disk, from);
	struct power_event *event = record(disk, POWER_RENAME, file, 0);

	if (event) {
		event->path = copy_text(to);
		event->from = copy_text(from);
	}
	power_name_drop(disk, from);
	power_name_set(disk, to, file);
}

/* Counts down to a fault that is to happen; true when it is now. */
static bool falls_due(uint64_t *countdown)
{
	return *countdown && --*countdown == 0;
}

bool power_disk_write(struct power_disk *disk, size_t file, uint64_t offset, const void *bytes,
		      size_t len)
{
	struct power_event *event;

	if (!disk->files[file].unrecorded && falls_due(&disk->fail_write)) {
		disk->fail_write = disk->full_writes && --disk->full_writes ? 1 : 0;
		return false;
	}
	event = record(disk, POWER_WRITE, file, offset);
	if (event) {
		event->len = len;
		event->bytes = memcpy(power_memory(NULL, len), bytes, len);
	}
	power_file_put(&disk->files[file], offset, bytes, len);
	return true;
}

void power_disk_resize(struct power_disk *disk, size_t file, uint64_t size)
{
	record(disk, POWER_RESIZE, file, size);
	power_file_resize(&disk->files[file], size);
}

bool power_disk_sync(struct power_disk *disk, size_t file)
{
	if (falls_due(&disk->fail_sync)) {
		record(disk, POWER_SYNC_FAILED, file, 0);
		return false;
	}
	if (!disk->ignores_syncs)
		record(disk, POWER_SYNC, file, 0);
	return true;
}

void power_disk_sync_directory(struct power_disk *disk)
{
	if (!disk->ignores_syncs)
		record(disk, POWER_SYNC_DIRECTORY, POWER_NO_FILE, 0);
}

void power_disk_acknowledge(struct power_disk *disk, uint64_t value)
{
	disk->acknowledged = value;
	record(disk, POWER_ACKNOWLEDGE, POWER_NO_FILE, value);
}
