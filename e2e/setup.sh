#!/usr/bin/env bash
# Installs what the tests need and this machine lacks: two browsers, three web servers, LibreOffice, Japanese fonts, Node with npm, and the npm packages.
# It does nothing, and asks no network, when everything is there.
# CHROMIUM and FIREFOX name browsers that are installed elsewhere, SOFFICE the program of LibreOffice.
set -eu
cd "$(dirname "$0")/.."

chromium=${CHROMIUM:-chromium}
firefox=${FIREFOX:-firefox-esr}
office=${SOFFICE:-soffice}
brotli=/usr/lib/nginx/modules/ngx_http_brotli
PATH="$PATH:/usr/sbin" # of servers

has() { command -v "$1" >/dev/null; }
has_japanese_font() { has fc-list && [ -n "$(fc-list :lang=ja family)" ]; }

missing=()
has "$chromium" || missing+=(chromium)
has "$firefox" || missing+=(firefox-esr)
# It opens what the site makes for offices: without windows, and without Java, it takes 300 MB.
has "$office" || missing+=(libreoffice-calc-nogui libreoffice-writer-nogui)
has_japanese_font || missing+=(fontconfig fonts-noto-cjk)
# The servers that the site comes with files for.
has nginx || missing+=(nginx)
[ -e ${brotli}_filter_module.so ] || missing+=(libnginx-mod-http-brotli-filter)
[ -e ${brotli}_static_module.so ] || missing+=(libnginx-mod-http-brotli-static)
has caddy || missing+=(caddy)
has apache2 || missing+=(apache2-bin)
has node || missing+=(nodejs)
has npm || missing+=(npm)

if [ ${#missing[@]} -gt 0 ] && has apt-get; then
	as_root=()
	[ "$(id -u)" -eq 0 ] || as_root=(sudo)
	echo "setup: installing ${missing[*]}"
	"${as_root[@]}" apt-get update -qq
	for package in "${missing[@]}"; do
		# One by one: Ubuntu lacks some of these packages, and the checks below then say what to do.
		"${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
			apt-get install -y -qq --no-install-recommends "$package" >/dev/null || echo "setup: apt-get has no $package" >&2
		case $package in
		nginx | caddy)
			# The package starts it, now and with the machine. The tests start their own.
			"${as_root[@]}" invoke-rc.d --quiet "$package" stop >/dev/null 2>&1 || true
			"${as_root[@]}" update-rc.d "$package" disable >/dev/null 2>&1 || true
			;;
		esac
	done
	hash -r
fi

ok=yes
complain() {
	echo "setup: $*" >&2
	ok=no
}
advice="Debian's packages chromium and firefox-esr are what the tests want. Ubuntu has these browsers only as snaps, which cannot read the tests' temporary folders: install one from another source (a .deb of Google Chrome, Mozilla's apt repository)"
has "$chromium" || complain "no Chromium ($chromium). $advice, and name its program in CHROMIUM, for example CHROMIUM=/usr/bin/google-chrome."
has "$firefox" || complain "no Firefox ($firefox). $advice, and name its program in FIREFOX, for example FIREFOX=/usr/bin/firefox."
has "$office" || complain "no LibreOffice ($office): install it, and name its program in SOFFICE."
has_japanese_font || complain "no Japanese font: install fonts-noto-cjk."
for server in nginx caddy apache2; do
	has $server || complain "no $server: install it."
done
for kind in filter static; do
	[ -e ${brotli}_${kind}_module.so ] || complain "no ${brotli}_${kind}_module.so: install libnginx-mod-http-brotli-$kind."
done
has npm || complain "no npm: install Node.js with npm."
[ "$ok" = yes ] || exit 1

# The copy of the lock file is the stamp: npm ci removes node_modules, and with it the stamp, before it begins.
stamp=node_modules/.installed-lock.json
if ! cmp -s package-lock.json "$stamp"; then
	echo "setup: npm ci"
	# Errors only: the system's npm is often older than the packages ask for, but it runs none of them.
	npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
	for node in node_modules/node-linux-*/bin/node; do
		# Debian 12's npm (9.2) leaves this link out.
		[ ! -x "$node" ] || ln -sf "../${node#node_modules/}" node_modules/.bin/node
	done
	cp package-lock.json "$stamp"
fi

# The packages bring their own Node for Linux; anywhere else the system's must do.
PATH="$PWD/node_modules/.bin:$PATH"
node -e 'if (parseInt(process.versions.node) < 24) { console.error(`setup: the tests need Node 24 or newer, this is ${process.version}`); process.exit(1) }'
