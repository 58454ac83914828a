/* The one place that knows libqrencode. */
#include "qr/qr.h"

#include <errno.h>
#include <qrencode.h>
#include <stdio.h>
#include <string.h>

static enum fault_code refuse(const char *text, struct fault *fault)
{
	char limit[12];

	if (errno == ENOMEM)
		return fault_set(fault, FAULT_OUT_OF_MEMORY, NULL, NULL);
	snprintf(limit, sizeof limit, "%d", QR_TEXT_MAX);
	return fault_set_number(fault, FAULT_QR_TEXT, (long long)strlen(text), limit);
}

static void keep(const QRcode *code, enum qr_level level, struct qr_symbol *ret)
{
	ret->version = code->version;
	ret->level = level;
	ret->size = code->width;
	for (int i = 0; i < code->width * code->width; i++)
		ret->dark[i] = code->data[i] & 1;
}

enum fault_code qr_encode(const char *text, struct qr_symbol *ret, struct fault *fault)
{
	enum fault_code result = FAULT_NONE;
	QRcode *low = NULL, *medium = NULL;

	errno = 0;
	if (strlen(text) <= QR_TEXT_MAX)
		low = QRcode_encodeString8bit(text, 0, QR_ECLEVEL_L);
	if (!low || low->version > QR_VERSION_MAX) {
		result = refuse(text, fault);
		goto done;
	}
	medium = QRcode_encodeString8bit(text, low->version, QR_ECLEVEL_M);
	if (medium && medium->version == low->version)
		keep(medium, QR_LEVEL_M, ret);
	else
		keep(low, QR_LEVEL_L, ret);
done:
	QRcode_free(low);
	QRcode_free(medium);
	return result;
}

bool qr_is_dark(const struct qr_symbol *s, int row, int col)
{
	if (row < 0 || col < 0 || row >= s->size || col >= s->size)
		return false;
	return s->dark[row * s->size + col];
}
