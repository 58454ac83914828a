#!/bin/sh
# Replays a real shop's sales lines through guitai batch and holds every
# order's total against the sum computed apart; ends with the journal verified.
#
# usage: replay.sh SALES.csv[.gz] [--dir DIR]
#
# Without --dir the shop is thrown away. GUITAI names the program; without it
# build/guitai of this source tree is run.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
guitai=${GUITAI:-$here/../../build/guitai}
dir=

usage() {
	echo "usage: replay.sh SALES.csv[.gz] [--dir DIR]" >&2
	exit 2
}

[ $# -ge 1 ] || usage
sales=$1
shift
while [ $# -gt 0 ]; do
	case $1 in
	--dir) [ $# -ge 2 ] || usage; dir=$2; shift 2 ;;
	*) usage ;;
	esac
done
[ -r "$sales" ] || { echo "replay.sh: $sales cannot be read" >&2; exit 1; }
[ -x "$guitai" ] || { echo "replay.sh: $guitai is not built: run make, or set GUITAI" >&2; exit 1; }

work=$(mktemp -d "${TMPDIR:-/tmp}/guitai-replay.XXXXXX")
trap 'rm -rf "$work"' EXIT
trap 'exit 1' HUP INT TERM
: "${dir:=$work/shop}"

perl "$here/sales_to_batch.pl" "$sales" "$work"
echo "replaying $(wc -l < "$work/commands.txt") commands into $dir"

# batch ends with 1 when a command was refused: some are meant to be, and the
# comparison says which. Any other end is a failure of the program.
{
	status=0
	"$guitai" batch --train --dir "$dir" --catalog "$work/products.csv" \
		< "$work/commands.txt" || status=$?
	echo "$status" > "$work/status"
} | perl "$here/compare_replies.pl" "$work/expected.tsv"
status=$(cat "$work/status")
[ "$status" -le 1 ] || { echo "replay.sh: guitai batch ended with $status" >&2; exit 1; }
"$guitai" journal verify --dir "$dir"
