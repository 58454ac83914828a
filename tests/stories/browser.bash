# A customer's phone: headless Chromium, told by WebDriver what to do
# (https://www.w3.org/TR/webdriver2/), without script, in a window of a phone's size.
driver_pid='' driver_url='' session=''

# driver METHOD PATH [BODY]: the answer goes to $scratch/driver.
driver() {
	curl -s --max-time 60 -X "$1" "$driver_url$2" ${3:+-H 'Content-Type: application/json' -d "$3"} \
		-o "$scratch/driver"
	grep -q '"error":"' "$scratch/driver" || return 0
	fail "the browser refuses $1 $2: $(head -c 600 "$scratch/driver")"
}

# driver_value: the text of the last answer.
driver_value() {
	sed -n 's/.*"value":"\([^"]*\)".*/\1/p' "$scratch/driver" | head -1
}

# browser_open USER_AGENT: a phone that says it is that.
browser_open() {
	local line
	mkfifo "$scratch/driver.says"
	HOME=$scratch chromedriver --port=0 1<>"$scratch/driver.says" 2>>"$scratch/driver.log" &
	driver_pid=$!
	exec 8<>"$scratch/driver.says"
	while read -r -t 30 line <&8; do
		case $line in
		*'started successfully on port '*)
			line=${line##*port }
			driver_url=http://127.0.0.1:${line%.}
			break
			;;
		esac
	done
	[ -n "$driver_url" ] || fail "the browser's driver does not start: $(cat "$scratch/driver.log")"
	# The certificate is the hub's own; that it is the right one, curl checks elsewhere.
	driver POST /session '{"capabilities":{"alwaysMatch":{"acceptInsecureCerts":true,
		"goog:chromeOptions":{"args":["--headless=new","--no-sandbox","--disable-dev-shm-usage",
		"--disable-gpu","--hide-scrollbars","--window-size=390,844","--user-agent='"$1"'",
		"--user-data-dir='"$scratch"'/chromium"],
		"prefs":{"profile.managed_default_content_settings.javascript":2}}}}}'
	session=$(sed -n 's/.*"sessionId":"\([^"]*\)".*/\1/p' "$scratch/driver")
	[ -n "$session" ] || fail 'there is no browser'
	driver POST "/session/$session/timeouts" '{"implicit":20000}'
}

browser_close() {
	[ -n "$driver_pid" ] || return 0
	[ -z "$session" ] || driver DELETE "/session/$session"
	kill -TERM "$driver_pid" 2>/dev/null
	wait "$driver_pid" 2>/dev/null
	exec 8>&-
	rm -f "$scratch/driver.says"
	driver_pid='' session='' driver_url=''
}

browser_go() {
	driver POST "/session/$session/url" "{\"url\":\"$1\"}"
}

# browser_press CSS: waits for it and clicks; a click ends when the next page is there.
browser_press() {
	local element
	driver POST "/session/$session/element" "{\"using\":\"css selector\",\"value\":\"$1\"}"
	element=$(sed -n 's/.*"element-[^"]*":"\([^"]*\)".*/\1/p' "$scratch/driver")
	driver POST "/session/$session/element/$element/click" '{}'
}

# browser_is_at URL: what the address bar says begins with it.
browser_is_at() {
	driver GET "/session/$session/url"
	case $(driver_value) in
	"$1"*) ;;
	*) fail "the browser is at $(driver_value), not at $1" ;;
	esac
}

# browser_shows CSS: the page has it.
browser_shows() {
	driver POST "/session/$session/element" "{\"using\":\"css selector\",\"value\":\"$1\"}"
}

# browser_picture FILE.png: for whoever wants to look at it.
browser_picture() {
	driver GET "/session/$session/screenshot"
	driver_value | base64 -d >"$1"
	[ "$(head -c 4 "$1" | tail -c 3)" = PNG ] || fail 'the browser takes no picture'
}
