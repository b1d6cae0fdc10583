# Everything a person does with Kontobro. A fresh machine needs Rust and Node; the rest is set up here.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: always help run test check model fuzz mutants simulation soak bench screenshots package packed reproducible cost keys deploy needed web tools node format lint theme unit templates browser no-figures settings stack-named
export PATH := $(CURDIR)/.tools/venv/bin:$(PATH)
export SAM_CLI_TELEMETRY := 0
# The owner's own colours and logos, if there are any: see docs/branding.md.
export KONTOBRO_THEME := $(abspath $(KONTOBRO_THEME))

ARCH ?= arm64
FUZZ_SECONDS ?= 600
say = @printf '\n\033[1m%s\033[0m\n' '$(1)'
# What each layer of tests has counted: see docs/reliability.md.
figures = @cat target/tmp/figures/*

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' Makefile

run: needed web ## Start everything on this machine; DATA=file.csv imports another file
	cargo build --example local
	@cargo local $(if $(DATA),--data "$(DATA)")

test: no-figures needed web tools node format lint theme unit model simulation templates browser ## Set up and run everything that must pass
	$(call say,All tests passed)
	$(figures)

check: needed web tools format lint templates ## Format, lints and fast tests: under two minutes when warm
	$(call say,Fast tests)
	cargo test --workspace --lib

model: needed ## Every order of events of the merge protocol; SIZE=large goes further, for an hour or so
	$(call say,The merge protocol in every order of events)
	MERGE_MODEL=$(SIZE) cargo test --package merge-model -- --nocapture --test-threads=1

fuzz: needed web .tools/bin/cargo-fuzz ## Look for bytes that break a parser, FUZZ_SECONDS for each of TARGETS="form token"
	$(call say,Fuzzing)
	@tools/need.sh c++ "install a C++ compiler" g++
	tools/fuzz.sh $(FUZZ_SECONDS) $(TARGETS)

mutants: needed web node tools .tools/bin/cargo-mutants ## Turn off each condition, binding and check: does a test notice? FILES="src/oidc/**" for a part
	$(call say,Mutants)
	ONLY="$(ONLY)" TESTS="$(TESTS)" AT_MOST="$(AT_MOST)" cargo run --quiet --package mutants -- $(FILES)

simulation: needed web ## Random histories of the real functions with faults, and a crash at every call
	$(call say,Simulation)
	cargo test --profile simulation --package simulation
	$(figures)

soak: no-figures needed web model ## The long run: SEEDS=1000000 histories FROM=0, every fault at every call, HISTORIES=500, RACES=200
	$(call say,Random histories of the functions and every fault at every call)
	SEEDS=$(or $(SEEDS),100000) FROM=$(FROM) SWEEP=all cargo test --profile simulation --package simulation -- --nocapture
	$(call say,The built functions behind a wire that breaks and many tabs at once)
	HISTORIES=$(or $(HISTORIES),500) RACES=$(or $(RACES),200) cargo test --profile simulation --test kontobro -- black_box races --nocapture
	$(figures)

bench: needed web tools ## Measure size, start, instructions, memory and round trips of each function
	@tools/need.sh valgrind "install valgrind" valgrind
	tools/for-lambda.sh x86-64 cargo lambda build --release --locked --x86-64
	cargo run --quiet --example bench

screenshots: needed web node ## Take a picture of every screen, into screenshots/
	@tools/need.sh chromium "install Chromium" chromium
	cargo build --workspace --example local
	cd tests/browser && npm run screenshots

package: needed web tools ## Build what Lambda runs into target/package/ARCH (arm64 or x86-64), the same bytes each time
	rm -rf target/package/$(ARCH)
	tools/for-lambda.sh $(ARCH) cargo lambda build --release --locked --$(ARCH) --lambda-dir target/package/$(ARCH) $(FUNCTIONS:%=--bin %)
	tools/for-lambda.sh $(ARCH) python tools/package.py $(ARCH)

packed: needed web ## Try what `make package` has packed, as `make test` tries what Cargo built; arm64 in an emulator
	@ls target/package/$(ARCH)/*/bootstrap >/dev/null 2>&1 || { echo "Nothing is packed for $(ARCH): make package ARCH=$(ARCH)" >&2; exit 1; }
	runner=$$(tools/runner.sh $(ARCH)) && PACKAGE=$(CURDIR)/target/package/$(ARCH) RUNNER=$$runner \
		cargo test --test kontobro -- bootstraps black_box

reproducible: ## Build twice from clean clones at different paths and compare every byte; FUNCTIONS="start login" for some
	tools/reproducible.sh $(ARCH) $(FUNCTIONS)

cost: tools ## Reckon what AWS takes for 1,000 moves and for a month at rest; FIGURES=target/bench/figures.json after a bench
	@python tools/cost.py $(FIGURES)

keys: tools stack-named ## Make the keys of a new stack, or the next of one: NAME=link FROM=file STEP=add; see docs/runbooks/keys.md
	@python tools/keys.py $(or $(NAME),all) --stack $(STACK) --folder $(or $(FOLDER),.keys) \
		$(if $(FROM),--from "$(FROM)" --step $(or $(STEP),add)) $(if $(KID),--kid "$(KID)") $(if $(UNTIL),--until $(UNTIL))

settings: tools stack-named ## Make stacks/STACK.toml, the settings of a new stack in AWS_REGION, to be filled in
	@! test -e stacks/$(STACK).toml || { echo "stacks/$(STACK).toml is there already, and was left as it is" >&2; exit 1; }
	@mkdir -p stacks && python tools/settings.py $(STACK) >stacks/$(STACK).toml || { rm -f stacks/$(STACK).toml; exit 1; }
	@echo "Fill in stacks/$(STACK).toml, line by line; then make deploy STACK=$(STACK)"

deploy: needed web tools stack-named ## Build for Lambda and deploy to AWS with the settings of stacks/STACK.toml; see docs/runbooks
	@python tools/deploy.py $(STACK) --check
	tools/for-lambda.sh arm64 sam build
	python tools/deploy.py $(STACK)

# --- What the commands above are made of ---

stack-named:
	@test -n "$(STACK)" || { echo "Say which stack: STACK=kontobro-test, for example" >&2; exit 1; }

no-figures:
	@rm -rf target/tmp/figures

needed:
	@tools/need.sh cargo "install Rust 1.95 or newer with rustup"
	@tools/need.sh npm "install Node 20 or newer"

# The style sheet, from Designsystemet's npm packages; built again only when its sources change.
web: web/dist/.built
web/dist/.built: web/node_modules/.package-lock.json $(shell find web -type f -not -path '*/node_modules/*' -not -path 'web/dist/*') \
		$(if $(KONTOBRO_THEME),$(wildcard $(dir $(KONTOBRO_THEME))*)) web/dist/.theme
	$(call say,Building the style sheet)
	cd web && npm run build
	@touch $@

# Which theme was built: written only when that changes.
web/dist/.theme: always
	@mkdir -p $(@D) && { echo '$(KONTOBRO_THEME)' | cmp -s - $@ || echo '$(KONTOBRO_THEME)' >$@; }

# npm leaves this file behind when it is done; `ci` installs exactly what the lock file says.
%/node_modules/.package-lock.json: %/package-lock.json
	$(call say,Installing npm packages for $*)
	cd $* && npm ci --ignore-scripts --no-audit --no-fund
	@touch $@

node: $(patsubst %package-lock.json,%node_modules/.package-lock.json,$(shell find tests -name package-lock.json -not -path '*/node_modules/*'))

tools:
	@tools/install.sh

.tools/bin/cargo-fuzz:
	cargo install --quiet --locked --root .tools --version 0.13.1 cargo-fuzz

.tools/bin/cargo-mutants:
	cargo install --quiet --locked --root .tools --version 27.1.0 cargo-mutants

format:
	$(call say,Format)
	cargo fmt --all --check

lint:
	$(call say,Lints)
	cargo clippy --workspace --all-targets -- -D warnings

theme: web/node_modules/.package-lock.json
	$(call say,Colours and logos of an owner)
	cd web && npm test

# Includes the journeys over all functions, and each function as a real Lambda process.
unit:
	$(call say,Unit tests and journeys)
	cargo test --workspace --exclude merge-model --exclude simulation

templates:
	$(call say,Templates)
	sam validate --lint
	cfn-lint --append-rules cfn_lint_serverless.rules -- template.yaml infra/*.yaml
	python tools/check_template.py
	python tools/check_runbooks.py
	python tools/check_switch.py
	python tools/check_deploy.py
	python tools/components.py check
	python tools/check_cost.py

browser: needed web node
	$(call say,Journeys and every screen in a real browser)
	@tools/need.sh chromium "install Chromium" chromium
	@tools/need.sh java "install Java 17 or newer" default-jre-headless
	cargo build --workspace --example local
	cd tests/browser && npm test
