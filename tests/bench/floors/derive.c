/* The least a log-in needs: one key derivation as slow as a PIN's hash is meant
 * to be (scrypt, N = 2^14, r = 8, p = 1), then a word on the screen.
 *
 * usage: derive   (Enter derives, q ends it) */
#include <curses.h>
#include <openssl/evp.h>
#include <string.h>

#include "floor.h"

int main(void)
{
	static const char pin[] = "135790";
	static const unsigned char salt[] = "0123456789abcdef";
	unsigned char key[32];
	int pressed;

	floor_screen();
	mvaddstr(22, 1, "PIN >");
	refresh();
	while ((pressed = getch()) != 'q') {
		if (pressed != '\r')
			continue;
		if (EVP_PBE_scrypt(pin, strlen(pin), salt, 16, 1 << 14, 8, 1, 64 * 1024 * 1024,
				   key, sizeof key) != 1)
			break;
		mvaddstr(0, 0, "To pay");
		refresh();
	}
	endwin();
	return 0;
}
