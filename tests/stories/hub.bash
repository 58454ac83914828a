# What the stories of the hub share: guitai-hub on a free port of this machine,
# and a till that is nothing but curl and guitai-hub sign.
set -u
: "${top_builddir:?the build folder}"

HUB=${HUB:-$top_builddir/guitai-hub}
scratch=$(mktemp -d) || exit 2
trap hub_story_end EXIT
failures=0
hub_pid='' hub_address=''
export LANGUAGE=en

fail() {
	echo "FAILED: $*"
	failures=$((failures + 1))
}

hub_story_end() {
	[ -z "$hub_pid" ] || hub_kill
	[ "$(type -t story_end)" != function ] || story_end
	rm -rf "$scratch"
}

# hub_init: a merchant with store 001 and till 01.
hub_init() {
	"$HUB" init --data "$scratch/hub" --name 星光 >"$scratch/said" 2>&1 ||
		fail "init: $(cat "$scratch/said")"
}

# first_line FILE PID: waits for what a server prints when it listens.
first_line() {
	local line
	exec 9<>"$1"
	if ! read -r -t 20 line <&9; then
		fail "process $2 does not say where it listens"
		return 1
	fi
	printf '%s\n' "$line"
}

# hub_start OPTION…: serves on the port it had before, or a free one.
hub_start() {
	rm -f "$scratch/listens"
	mkfifo "$scratch/listens"
	${HUB_BEFORE:-} "$HUB" serve --data "$scratch/hub" --listen "${hub_address:-127.0.0.1:0}" "$@" \
		1<>"$scratch/listens" 2>>"$scratch/log" &
	hub_pid=$!
	hub_address=$(first_line "$scratch/listens" "$hub_pid") || cat "$scratch/log"
}

# hub_stop: asks it to end, and expects that it does so well.
hub_stop() {
	kill -TERM "$hub_pid"
	wait "$hub_pid"
	local status=$?
	hub_pid=''
	[ "$status" -eq 0 ] || fail "guitai-hub ended with $status: $(tail -3 "$scratch/log")"
}

hub_kill() {
	kill -9 "$hub_pid"
	wait "$hub_pid" 2>/dev/null
	hub_pid=''
}

hub() {
	"$HUB" "$@" --data "$scratch/hub"
}

# hub_curl PATH OPTION…: the body goes to $scratch/reply, the status to $status.
hub_curl() {
	local path=$1
	shift
	status=$(curl -s --max-time 20 --cacert "${ca:-$scratch/hub/ca.pem}" -o "$scratch/reply" \
		-D "$scratch/reply.head" -w '%{http_code}' "$@" "https://$hub_address$path")
	curl_status=$?
}

# sign METHOD PATH [BODY]: a till's headers in $scratch/head, its body in
# $scratch/body.
sign() {
	printf '%s' "${3-}" >"$scratch/body"
	${SIGN_BEFORE:-} "$HUB" sign --key "${till_key:-$scratch/till.key}" --keyid "$till" \
		${key:+--idempotency-key "$key"} "$1" "https://$hub_address$2" "$scratch/body" \
		>"$scratch/head" || fail "sign $1 $2"
}

# send METHOD PATH: what was signed last.
send() {
	if [ -s "$scratch/body" ]; then
		hub_curl "$2" -X "$1" -H "@$scratch/head" --data-binary "@$scratch/body"
	else
		hub_curl "$2" -X "$1" -H "@$scratch/head"
	fi
}

# ask METHOD PATH [BODY]: a signed request of the till.
ask() {
	sign "$@"
	send "$1" "$2"
}

# says STATUS TEXT: what the last reply was.
says() {
	[ "$status" = "$1" ] || fail "${FUNCNAME[1]} line ${BASH_LINENO[0]}: status $status, not $1: $(cat "$scratch/reply")"
	grep -qF -- "$2" "$scratch/reply" ||
		fail "${FUNCNAME[1]} line ${BASH_LINENO[0]}: no $2 in $(cat "$scratch/reply")"
}

# field NAME: a text of the last reply, the first of that name.
field() {
	sed -n "s/.*\"$1\":\"\([^\"]*\)\".*/\1/p" "$scratch/reply" | head -1
}

# enrol_with SECRET KEYFILE: asks to be the till of a code.
enrol_with() {
	local public
	public=$("$HUB" sign --key "$2" --public GET /)
	hub_curl /v1/enrolments -H "Idempotency-Key: $RANDOM$RANDOM" \
		-d "{\"code\":\"$1\",\"public_key\":\"$public\"}"
}

# enrol: this story's till, in $till.
enrol() {
	local code
	code=$(hub till code 001 01 | tr -d -)
	enrol_with "${code:0:26}" "$scratch/till.key"
	says 201 '"till_number":"01"'
	till=$(field till)
}

# random_id: 26 letters that begin with 0.
random_id() {
	printf '0%s' "$(head -c 64 /dev/urandom | base64 | tr -dc '0-9A-HJKMNP-TV-Z' | head -c 25)"
}

later() {
	date -u -d "+${1:-5 minutes}" +%Y-%m-%dT%H:%M:%SZ
}

# order ID NUMBER AMOUNT
order() {
	ask POST /v1/orders "{\"id\":\"$1\",\"number\":$2,\"currency\":\"CNY\",\"total\":\"$3\",\"lines\":[]}"
}

# pay ORDER ID AMOUNT qr|code [CODE]
pay() {
	ask POST "/v1/orders/$1/payments" "{\"id\":\"$2\",\"kind\":\"$4\",\"currency\":\"CNY\",\"amount\":\"$3\",${5:+\"code\":\"$5\",}\"expires_at\":\"$(later)\"}"
}

# events_until TEXT: follows the till's events until one says so.
events_until() {
	local tries
	for ((tries = 0; tries < 20; tries++)); do
		ask GET "/v1/events?after=${after:-0}&wait=5"
		[ "$status" = 200 ] || break
		after=$(sed -n 's/^{"last":\([0-9]*\).*/\1/p' "$scratch/reply")
		grep -qF -- "$1" "$scratch/reply" && return
	done
	fail "${FUNCNAME[1]}: the events never say $1; last: $(cat "$scratch/reply")"
}

# finish SENTENCE: ends the story, saying it when nothing failed.
finish() {
	[ "$failures" -eq 0 ] && echo "$1"
	[ "$failures" -eq 0 ] || tail -20 "$scratch/log"
	exit $((failures > 0))
}
