/* What the program has to say to a person, said in one place. */
#include <config.h>

#include "command/speech.h"

#include <errno.h>
#include <stdio.h>

#include "base/utf8.h"

/* What a refusal is about may be a reason, marked where it was found. */
void speech_sentence(const struct fault *fault, char *out, size_t size)
{
	const struct fault_row *row = fault_row(fault->code);
	struct fault spoken = { .code = fault->code };

	for (size_t i = 0; i < 2; i++)
		utf8_copy(spoken.arg[i], sizeof spoken.arg[i],
			  fault->arg[i][0] ? _(fault->arg[i]) : "");
	fault_render(&spoken, row ? _(row->sentence) : "", out, size);
}

void speech_refuse(const char *sentence)
{
	fflush(stdout);
	fprintf(stderr, "%s: %s\n", program_invocation_short_name, sentence);
}

void speech_refusal(const struct fault *fault)
{
	char sentence[1024];

	speech_sentence(fault, sentence, sizeof sentence);
	speech_refuse(sentence);
}
