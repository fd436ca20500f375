#!/usr/bin/env bash
# Builds everything and runs all tests. The last line says how many passed and failed.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
. eng/prerequisites.sh

usage() {
  cat <<'TEXT'
Usage: ./test.sh [--long] [PROJECT...]

  --long     204 faults instead of 12 while shoppers order, about 40 minutes
  PROJECT    such as Orders.Tests; all projects in tests/ unless told
TEXT
}

# How long a run may go without a test that ends.
patience=12m
projects=()
for argument in "$@"; do
  case $argument in
    --long) export STORE_TESTS=long; patience=80m ;;
    -h | --help) usage; exit 0 ;;
    *.Tests) projects+=("$argument") ;;
    *) usage >&2; exit 1 ;;
  esac
done
if [ ${#projects[@]} -eq 0 ]; then
  for folder in tests/*.Tests; do projects+=("${folder#tests/}"); done
fi

require_sdk
require_packages "the tests" rabbitmq-server redis-server chromium fonts-liberation

say "Building"
dotnet build PlayStationStore.sln --nologo --verbosity minimal -warnaserror -consoleLoggerParameters:NoSummary ||
  fail "the build failed; the errors stand above."

# The number that a test run's summary gives for a word.
count() { sed -n "s/^ *$1: *\([0-9][0-9]*\)$/\1/p" "$2" | tail -n 1; }

# What a test run's log says of each test that failed, without the pages that its processes may have logged, and which test hung.
excerpts() {
  awk '/^failed / { left = 25 } /^(\/|skipped |Test run)/ || /^  Standard output/ { left = 0 } left-- > 0' "$log"
  find "$results" -name '*_hang.log' -exec sed 's/^/still running: /' {} +
}

passed=0 failed=0 lines=()
log=$(mktemp) failures=$(mktemp) results=$(mktemp -d)
trap 'rm -rf "$log" "$failures" "$results"' EXIT
for project in "${projects[@]}"; do
  say "" "$project"
  seconds=$SECONDS
  rm -rf "${results:?}"/*
  # A run that hangs is ended, and says where; should that hang as well, it is ended all the same.
  timeout --kill-after=30 90m \
    dotnet test --project "tests/$project" --no-build --no-progress --output Normal --results-directory "$results" \
      --hangdump --hangdump-type None --hangdump-timeout "$patience" 2>&1 | tee "$log" | grep -vE '^ *(from|Discovering|Starting|Finished) '
  status=${PIPESTATUS[0]}
  excerpts >> "$failures"
  project_passed=$(count succeeded "$log") project_failed=$(count failed "$log") skipped=$(count skipped "$log")
  : "${project_passed:=0}" "${project_failed:=0}" "${skipped:=0}"
  note=
  if [ $status -ne 0 ] && [ "$project_failed" -eq 0 ]; then
    # It did not end as a run of passed tests does: it crashed, hung, or had no test.
    project_failed=1
    note=" (ended with $status)"
  elif [ $((project_passed + project_failed)) -eq 0 ]; then
    project_failed=1
    note=" (ran no test)"
  fi
  passed=$((passed + project_passed)) failed=$((failed + project_failed))
  lines+=("$(printf '%-18s %4d passed, %d failed, %d skipped, %d s%s' "$project" "$project_passed" "$project_failed" "$skipped" $((SECONDS - seconds)) "$note")")
done

if [ -s "$failures" ]; then
  say "" "What failed:"
  cat "$failures"
fi
say "" "${lines[@]}" ""
say "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
