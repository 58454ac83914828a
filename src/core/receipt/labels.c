/* The words of receipts, in English. */
#include "receipt/receipt.h"

#include "base/mark.h"

static const char *const english[RECEIPT_LABELS] = {
#define LABEL(id, text) text,
#include "receipt/labels.def"
#undef LABEL
};

const char *receipt_label_english(enum receipt_label label)
{
	return english[label];
}

struct receipt_labels receipt_labels_english(void)
{
	struct receipt_labels labels;

	for (size_t i = 0; i < RECEIPT_LABELS; i++)
		labels.text[i] = english[i];
	return labels;
}
