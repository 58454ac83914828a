/* Reads QR symbols out of pictures, by zbarimg. */
#ifndef TESTS_QR_READER_H
#define TESTS_QR_READER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A picture of dark (1) and light (0) dots. */
struct picture {
	int rows, cols;
	uint8_t *dots;
};

/* A light picture. Ends the test run without memory. */
struct picture picture_new(int rows, int cols);
void picture_free(struct picture *p);

/* Darkens a rectangle; what lies outside is left out. */
void picture_fill(struct picture *p, int row, int col, int rows, int cols);

/* The text of the one symbol in the picture, or in the picture's file, into
 * text[size]; "" when there is none that can be read. */
void picture_read(const struct picture *p, char *text, size_t size);
void picture_read_file(const char *path, char *text, size_t size);

#endif
