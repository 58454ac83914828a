# The practice provider beside the stories' hub: guitai-sandbox, made quick.
SANDBOX=${SANDBOX:-$top_builddir/guitai-sandbox}
sandbox_pid='' sandbox_url=''

story_end() {
	[ -z "$sandbox_pid" ] || sandbox_kill
}

# sandbox_start OPTION…: on the port it had before, or a free one.
sandbox_start() {
	local url=${sandbox_url#https://} said
	rm -f "$scratch/sandbox.says"
	mkfifo "$scratch/sandbox.says"
	"$SANDBOX" --data "$scratch/sandbox" --listen "${url:-127.0.0.1:0}" \
		--merchant "1000=$scratch/hub/sandbox.pub,星光" --notify-ca "$scratch/hub/ca.pem" \
		--wait-ms 400 --pin-ms 400 --again-ms 100 --notice-ms 100,200,500,1000,1000,1000 "$@" \
		1<>"$scratch/sandbox.says" 2>>"$scratch/sandbox.log" &
	sandbox_pid=$!
	said=$(first_line "$scratch/sandbox.says" "$sandbox_pid") || cat "$scratch/sandbox.log"
	sandbox_url=${said#listen }
}

sandbox_kill() {
	kill -9 "$sandbox_pid"
	wait "$sandbox_pid" 2>/dev/null
	sandbox_pid=''
}

# serve OPTION…: the hub that pays by the provider, in a hurry.
serve() {
	hub_start --sandbox "$sandbox_url" --sandbox-ca "$scratch/sandbox/ca.pem" \
		--sandbox-key "$scratch/sandbox/sandbox.pub" \
		--timings answer_ms=700,first_wait_ms=100,interval_ms=150,total_ms=2500,earliest_reverse_ms=0,reverse_retry_ms=200 \
		"$@"
}

# sandbox_curl PATH OPTION…: as a customer's browser.
sandbox_curl() {
	local path=$1
	shift
	status=$(curl -s --max-time 20 --cacert "$scratch/sandbox/ca.pem" -o "$scratch/reply" \
		-D "$scratch/reply.head" -w '%{http_code}' "$@" "$sandbox_url$path")
}

location() {
	sed -n 's/^[Ll]ocation: \([^\r]*\).*/\1/p' "$scratch/reply.head"
}

# form_csrf: the hidden field of the page in the last reply.
form_csrf() {
	sed -n 's/.*name="csrf" value="\([^"]*\)".*/\1/p' "$scratch/reply"
}

# new_order AMOUNT: an order of its own in $order.
new_order() {
	order=$(random_id)
	number=$((${number:-0} + 1))
	order "$order" "$number" "$1"
	says 201 '"state":"open"'
}

# pay_code AMOUNT CODE: an order and a payment of its own, in $order and $payment.
pay_code() {
	new_order "$1"
	payment=$(random_id)
	pay "$order" "$payment" "$1" code "$2"
	says 201 '"kind":"code"'
}

# ends STATE: the payment in $payment comes to that state, says the hub.
ends() {
	events_until "{\"id\":\"$payment\",\"order\":\"$order\",\"kind\":\"${kind:-code}\",\"state\":\"$1\""
}
