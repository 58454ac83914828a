# What the stories of guitai's commands share; they source it.
#   a folder that goes at the end, a shop with products, expectations
set -u
: "${GUITAI:?the till}" "${top_srcdir:?the source tree}"

scratch=$(mktemp -d) || exit 2
trap 'rm -rf "$scratch"' EXIT
failures=0
export LANGUAGE=en

fail() {
	echo "FAILED: $*"
	failures=$((failures + 1))
}

# expect STATUS OUT ERR WORD…: guitai with these words; patterns (as in case)
# of both outputs, which stay in $scratch/out and $scratch/err. Its standard
# input is the caller's.
expect() {
	local status=$1 out=$2 err=$3 got
	shift 3
	"$GUITAI" "$@" >"$scratch/out" 2>"$scratch/err"
	got=$?
	[ "$got" -eq "$status" ] || fail "guitai $*: exit status $got, not $status: $(cat "$scratch/err")"
	# shellcheck disable=SC2254
	case $(cat "$scratch/out") in $out) ;; *) fail "guitai $*: said $(cat "$scratch/out")" ;; esac
	# shellcheck disable=SC2254
	case $(cat "$scratch/err") in $err) ;; *) fail "guitai $*: complained $(cat "$scratch/err")" ;; esac
}

# conf LINE…: the configuration of the shop from now on.
conf() {
	printf '%s\n' "$@" >"$scratch/guitai.conf"
}
conf '# all as it comes'
conf=$scratch/guitai.conf
products=$top_srcdir/tests/app/products.csv

# sell DIR LINE…: these lines of batch in a sample shop; replies in $scratch/sold.
sell() {
	local dir=$1
	shift
	printf '%s\n' "$@" | "$GUITAI" batch --config "$conf" --train --dir "$dir" --catalog "$products" \
		>"$scratch/sold" 2>"$scratch/err" ||
		fail "the sample shop refused: $(grep '"ok":false' "$scratch/sold") $(cat "$scratch/err")"
}

# start_till DIR [OPTION…]: a till that stays and answers, on $till_in and $till_out.
start_till() {
	local dir=$1
	shift
	coproc TILL { exec "$GUITAI" batch --config "$conf" --dir "$dir" "$@" 2>>"$scratch/till.err"; }
	till_pid=$TILL_PID
	exec {till_in}>&"${TILL[1]}" {till_out}<&"${TILL[0]}"
	eval "exec ${TILL[1]}>&- ${TILL[0]}<&-"
	till show '{"ok":*'
}

# till LINE PATTERN: one command to it, and what its answer is like.
till() {
	echo "$1" >&"$till_in"
	read -r reply <&"$till_out" || reply='(it has ended)'
	# shellcheck disable=SC2254
	case $reply in $2) ;; *) fail "the till answers $1 with $reply" ;; esac
}

end_till() {
	exec {till_in}>&- {till_out}<&-
	wait "$till_pid"
}

# finish SENTENCE: ends the story, saying it when nothing failed.
finish() {
	[ "$failures" -eq 0 ] && echo "$1"
	exit $((failures > 0))
}
