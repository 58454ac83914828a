# Drives a program in a real terminal (tmux), waiting for what it shows, never
# for time to pass; sourced by the stories and by doc/picture.
#
#   terminal_open COLUMNS LINES COMMAND…   starts the command in a terminal
#   terminal_keys KEY…                     presses keys, by tmux's names (F10, Enter)
#   terminal_type TEXT                     types a text
#   terminal_wait PATTERN                  until the screen matches (grep -E)
#   terminal_wait_gone PATTERN             until it no longer does
#   terminal_wait_end                      until the command has ended; its status
#   terminal_screen [OPTION…]              prints the screen (tmux capture-pane)
#   terminal_resize COLUMNS LINES
#   terminal_close
#
# A wait that lasts TERMINAL_LIMIT seconds (20) fails and shows the screen.

terminal_tmux() { tmux -S "$terminal_socket" "$@"; }

terminal_open() {
	local columns=$1 lines=$2
	shift 2
	terminal_dir=$(mktemp -d "${TMPDIR:-/tmp}/terminal.XXXXXX") || return
	terminal_socket=$terminal_dir/socket
	printf '%s\n' 'set -g status off' 'set -g remain-on-exit on' \
		'set -g default-terminal screen-256color' 'set -sg escape-time 0' >"$terminal_dir/conf"
	env -u TMUX tmux -S "$terminal_socket" -f "$terminal_dir/conf" -u \
		new-session -d -s till -x "$columns" -y "$lines" "$@" || return
	# tmux 3.3 dies of this in its configuration
	terminal_tmux set -w -t till window-size manual
	# a control client is told whenever the program writes
	coproc TERMINAL { env -u TMUX tmux -S "$terminal_socket" -C attach -t till; }
	terminal_pid=$TERMINAL_PID
}

terminal_keys() { terminal_tmux send-keys -t till "$@"; }
terminal_type() { terminal_tmux send-keys -t till -l -- "$1"; }
terminal_screen() { terminal_tmux capture-pane -p -t till "$@"; }
terminal_resize() { terminal_tmux resize-window -t till -x "$1" -y "$2"; }

# Repeats a command until it succeeds: each time the terminal has changed, and
# now and then besides, because a program's end changes nothing on it.
terminal_until() {
	local end=$((SECONDS + ${TERMINAL_LIMIT:-20})) line
	until "$@"; do
		if [ "$SECONDS" -ge "$end" ]; then
			printf 'the terminal does not come to: %s; it shows:\n' "$*"
			terminal_screen
			return 1
		fi
		read -r -t 0.2 -u "${TERMINAL[0]}" line || :
	done
}

terminal_shows() { terminal_screen | grep -qE -- "$1"; }
terminal_hides() { ! terminal_shows "$1"; }
# The command's exit status, or 128 and its signal; nothing while it runs.
terminal_status() {
	terminal_tmux display-message -p -t till \
		'#{?pane_dead_signal,#{e|+:128,#{pane_dead_signal}},#{pane_dead_status}}'
}
terminal_ended() {
	# tmux 3.3 now and then misses a child's end until the next one ends
	terminal_tmux run-shell true
	[ -n "$(terminal_status)" ]
}

terminal_wait() { terminal_until terminal_shows "$1"; }
terminal_wait_gone() { terminal_until terminal_hides "$1"; }
terminal_wait_end() {
	terminal_until terminal_ended || return 125
	return "$(terminal_status)"
}

terminal_close() {
	[ -n "${terminal_dir-}" ] || return 0
	terminal_tmux kill-server 2>/dev/null
	wait "$terminal_pid" 2>/dev/null
	rm -rf "$terminal_dir"
	terminal_dir=
}
