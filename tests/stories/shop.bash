# A shop for stories at the till: made once a language, opened in a terminal;
# sourced by them.
#
#   shop_make LANGUAGE           a till with products in $shop: cashier 1, PIN 2468
#   shop_open                    the register in a terminal of 80 by 24
#   shop_log_in                  cashier 1 comes in; the till must be locked
#   shop_enter TEXT PATTERN      types, presses Enter, waits for the pattern
#   shop_keys KEY… PATTERN       presses keys, waits for the pattern
#   shop_pid                     the process of the register
#   shop_close
. "${top_srcdir:?the source tree}/tests/stories/terminal.bash"

fail() {
	printf '%s: %s\n' "$0" "$*"
	terminal_screen
	exit 1
}

shop_make() {
	shop=$(mktemp -d "$TMPDIR/shop.XXXXXX") || exit 1
	export LANGUAGE=$1 LC_ALL=C.UTF-8
	echo 2468 | "$GUITAI" init --dir "$shop" --name '星光店' >/dev/null || exit 1
	"$GUITAI" catalog import "$top_srcdir/tests/screens/products.csv" --dir "$shop" >/dev/null || exit 1
}

# Says at the end how the register ended, and whether the terminal's modes are
# as they were. Then it waits to be closed: tmux scrolls when a program has ended,
# and now and then away what it said last.
shop_program='before=$(stty -g); "$GUITAI" --dir "$shop"; status=$?
[ "$(stty -g)" = "$before" ] && modes=given || modes="not given"
printf '"'\\n\\nended with %s, terminal %s back\\n'"' "$status" "$modes"
read -r _'

shop_open() {
	export shop
	terminal_open 80 24 bash -c "$shop_program" || exit 1
	terminal_wait '█' || fail 'the till does not come up locked'
}

shop_enter() {
	terminal_type "$1"
	terminal_keys Enter
	terminal_wait "$2" || fail "after \"$1\" and Enter"
}

shop_keys() {
	terminal_keys "${@:1:$#-1}"
	terminal_wait "${!#}" || fail "after the keys $*"
}

shop_log_in() {
	shop_enter 1 'PIN|密码|密碼'
	shop_enter 2468 '>( [0-9.]*)?$'
	terminal_wait_gone '█' || fail 'the till stays locked'
}

shop_pid() {
	local shell
	shell=$(terminal_tmux display-message -p -t till '#{pane_pid}')
	cat "/proc/$shell/task/$shell/children"
}

shop_close() {
	terminal_close
	rm -rf "${shop:?}"
}
