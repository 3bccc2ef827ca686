# The packages bring the Node that runs the tests: the same on every machine, whatever the system has.
TOOLS := PATH="$(CURDIR)/node_modules/.bin:$$PATH"

.PHONY: help setup format lint go race build types unit pages cut test test-all release bench microbench bench-visits bench-load search-compare search-scale screens clean
# The parts of a test, one after the other, also with -j: two browsers and a compiler at once make time-outs.
PARTS := setup lint go build types pages
.NOTPARALLEL:

# help: list the targets (what make alone does)
help:
	@sed -n 's/^# \([a-z-]*\): /make \1\t/p' Makefile | expand -t 24

# setup: install the browsers, web servers, LibreOffice, fonts and npm packages that are missing
setup:
	@e2e/setup.sh

# What prettier knows the form of.
FORMED := '{static,e2e,bench}/**/*.{ts,css}'

# format: give Go, TypeScript and styles their form
format: setup
	gofmt -w *.go bench generator
	$(TOOLS) prettier --log-level warn --write $(FORMED)

# lint: check the form of Go, TypeScript and styles, and that the lock file names no registry
lint: setup
	@test -z "$$(gofmt -l *.go bench generator)" || { gofmt -d *.go bench generator; exit 1; }
	go vet ./...
	$(TOOLS) prettier --log-level warn --check $(FORMED)
	@! grep -n '"resolved"' package-lock.json

# go: run the Go tests
go:
	go test ./...

# race: run the Go tests with the race detector, which needs a C compiler and much time
race:
	@command -v $${CC:-cc} >/dev/null || { echo 'race: needs a C compiler, as in the package gcc of Debian'; exit 1; }
	CGO_ENABLED=1 go test -race -timeout 60m ./...

# build: make the site in public/
build:
	go run ./generator build

# types: check the types of all TypeScript
types: setup
	$(TOOLS) tsc
	$(TOOLS) tsc -p static
	$(TOOLS) tsc -p static/offline

# unit: run the tests of the site's scripts alone, without a browser
unit: setup
	$(TOOLS) node e2e/run.ts 'static/**/*.test.ts'

# pages: test the site in public/ (or SITE_DIR) as readers see it, and its scripts
pages: setup
	$(TOOLS) node e2e/run.ts 'static/**/*.test.ts' 'e2e/*.test.ts' 'bench/**/*.test.ts'

# cut: test what readers do there when the network is cut after their first visit
cut: setup
	E2E_NETWORK=cut $(TOOLS) node e2e/run.ts $(foreach name,$(CUT),'e2e/$(name).test.ts')

CUT := calendar checklist compare copy-link excel flow forms library linking print search show store use workspace

# test: install what is missing, build, and run every test; the last line says how long each part took
test:
	@times=; for part in $(PARTS); do \
		start=$$(date +%s); \
		$(MAKE) --no-print-directory $$part; status=$$?; \
		times="$${times:+$$times, }$$part $$(($$(date +%s) - start)) s"; \
		[ $$status -eq 0 ] || { echo "$$times: $$part failed"; exit $$status; }; \
	done; \
	echo "$$times"

# test-all: the same with all tests in all browsers and editions, all pages in all widths and colours, more cases, no network, and the race detector
test-all: export E2E_GRID = all
test-all: export CASES = 2000
test-all: PARTS += race cut
test-all: test

# release: make programs that need neither Go nor this repository, in dist/, with their SHA-256 sums
release:
	rm -rf dist
	@set -e; for system in windows darwin linux; do for machine in amd64 arm64; do \
		case $$system in windows) ending=.exe;; *) ending=;; esac; \
		name=tebiki-$$(echo $$system | sed s/darwin/macos/)-$$machine$$ending; \
		CGO_ENABLED=0 GOOS=$$system GOARCH=$$machine go build $(RELEASE) -o dist/$$name ./generator; \
		wc -c dist/$$name; \
	done; done
	@cd dist && sha256sum tebiki-* > SHA256SUMS && cat SHA256SUMS

# How a release is built: it knows its own name, and nothing of the machine that made it.
RELEASE = -trimpath -ldflags '-s -w -X main.program=tebiki'

# bench: measure the generator, built as releases are, beside Hugo and on the real site (FLAGS='-pages 150,1500 -rounds 3' is quick)
bench: bench/.bin/hugo
	CGO_ENABLED=0 go run ./bench $(FLAGS)

bench/.bin/hugo:
	CGO_ENABLED=0 GOBIN=$(CURDIR)/bench/.bin go install github.com/gohugoio/hugo@v0.165.0

# microbench: measure the parts of the generator, with what each allocates
microbench:
	go test -run '^$$' -bench . -benchmem ./generator/...

# search-compare: measure the search of the site in public/ beside others (FLAGS=--misses lists what each did not find)
search-compare: setup
	$(TOOLS) node bench/search/compare.ts $(FLAGS)

# search-scale: measure the search with thousands of pages more (FLAGS=3000 for another number than 0, 3,000 and 10,000)
search-scale: setup
	$(TOOLS) node bench/search/scale.ts $(FLAGS)

# bench-visits: measure what visits to the site in public/ cost its server
bench-visits: setup
	$(TOOLS) node bench/visits.ts

# bench-load: measure how fast one nginx sends the site in public/, beside an empty file (wants wrk, a Debian package)
bench-load: setup
	$(TOOLS) node bench/load.ts $(FLAGS)

# screens: take pictures of one page of each kind into e2e/screens/ (FLAGS=--firefox for the other browser)
screens: setup
	$(TOOLS) node e2e/screens.ts $(FLAGS)

# clean: remove everything that these targets made
clean:
	rm -rf public dist node_modules e2e/screens bench/.bin bench/.work
