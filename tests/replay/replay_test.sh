#!/bin/sh
# Tests the replay itself: what it makes of a small file of sales lines, that
# it finds each kind of difference, and the sample through the till.
#
# usage: replay_test.sh   (GUITAI names the till's program)
set -eu
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d "${TMPDIR:-/tmp}/guitai-replay-test.XXXXXX")
trap 'rm -rf "$work"' EXIT
failed=0

fail() {
	echo "replay: $1" >&2
	failed=1
}

same() {
	diff -u "$here/$1" "$work/$2" || fail "$2 differs from $1"
}

# Runs the comparison over the sample's replies after a change that it must
# find, and looks for the sentence that names it.
finds() {
	what=$1 sentence=$2
	shift 2
	sed "$@" "$here/sample.replies" > "$work/changed"
	if perl "$here/compare_replies.pl" "$work/expected.tsv" < "$work/changed" > "$work/out" 2>&1; then
		fail "$what is not found"
	fi
	grep -qF "$sentence" "$work/out" || fail "$what is not named: $(cat "$work/out")"
}

perl "$here/sales_to_batch.pl" "$here/sample.csv" "$work"
same sample.commands commands.txt
same sample.expected expected.tsv
same sample.products products.csv

perl "$here/compare_replies.pl" "$work/expected.tsv" < "$here/sample.replies" > "$work/out" ||
	fail "equal replies are called different: $(cat "$work/out")"
grep -q '^7 invoices compared: 7 equal, 0 different$' "$work/out" || fail "the summary is wrong"
grep -q '^1 negative totals, 2 zero totals$' "$work/out" || fail "negative and zero totals are miscounted"

finds "a total one minor unit off" "total -1299, expected -1300" \
	's/"closed","lines":\[{"n":1},{"n":2}\],"total":"-13.00"/"closed","lines":[{"n":1},{"n":2}],"total":"-12.99"/'
finds "a lost line" "1 lines, expected 2" '9s/{"n":1},//'
finds "an order left open" "the order is open" '6s/closed/open/'
finds "a lost reply" "reply 9 does not belong to invoice R1001" 8d
finds "a missing end" "reply 18, to invoice A1006, is missing" '$d'
finds "a reply too many" "more replies than commands" '$p'
finds "a line accepted that must be refused" "line 1 is accepted, expected MONEY_TOO_MANY_DECIMALS" \
	'12s/^{"ok":false/{"ok":true/'
finds "another refusal" "line 1 is MONEY_NEGATIVE" '15s/MONEY_TOO_MANY_DECIMALS/MONEY_NEGATIVE/'

gzip -c "$here/sample.csv" > "$work/sample.csv.gz"
sh "$here/replay.sh" "$work/sample.csv.gz" || fail "the till differs over the sample"
exit $failed
