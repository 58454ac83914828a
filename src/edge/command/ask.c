/* Questions go to stderr: stdout is for what a command answers. */
#include "command/ask.h"

#include <stdio.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

bool ask_line(char *out, size_t size)
{
	if (!fgets(out, (int)size, stdin))
		return false;
	out[strcspn(out, "\r\n")] = '\0';
	return true;
}

bool ask_hidden(const char *question, char *out, size_t size)
{
	struct termios shown, hidden;
	bool ok;

	if (tcgetattr(STDIN_FILENO, &shown) < 0)
		return ask_line(out, size);
	hidden = shown;
	hidden.c_lflag &= ~(tcflag_t)ECHO;
	/* Hidden first: what is typed once the question stands is the answer. */
	tcsetattr(STDIN_FILENO, TCSAFLUSH, &hidden);
	fprintf(stderr, "%s", question);
	ok = ask_line(out, size);
	tcsetattr(STDIN_FILENO, TCSAFLUSH, &shown);
	fputc('\n', stderr);
	return ok;
}
