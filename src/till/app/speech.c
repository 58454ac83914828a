/* What the program has to say to a person, said in one place. */
#include "app/speech.h"

#include <stdio.h>

void speech_sentence(const struct fault *fault, char *out, size_t size)
{
	const struct fault_row *row = fault_row(fault->code);

	fault_render(fault, row ? _(row->sentence) : "", out, size);
}

void speech_refusal(const struct fault *fault)
{
	char sentence[1024];

	speech_sentence(fault, sentence, sizeof sentence);
	fflush(stdout);
	fprintf(stderr, "guitai: %s\n", sentence);
}
